/** The soak's own count is a second opinion only while it can be right and wrong: held against what was published. */
import { describe, expect, test } from 'vitest'
import type { Event } from '../../protocol/events.ts'
import { sayAs } from '../../mock-feeds/platform.ts'
import { randomOf } from '../../mock-feeds/random.ts'
import { platforms } from '../../mock-feeds/registry.ts'
import { holds, publishedFigures } from '../support/figures.ts'
import { sumBeneath } from './check.ts'
import { countAll } from './count.ts'
import { figuresOfCounts } from './figures.ts'
import { checkpoints, readPlan } from './plan.ts'
import { createTold } from './told.ts'

const asOfMs = Date.parse('2026-06-18T09:41:26+08:00')

async function figuresFrom(events: Iterable<Event>, scope: string) {
  const told = createTold()
  for (const event of events) told.add(event)
  return figuresOfCounts(sumBeneath(await countAll(told.holding(), asOfMs), scope))
}

describe.each(platforms)('$platform', { timeout: 180_000 }, ({ platform, divisions, tell }) => {
  const [scope = ''] = divisions
  const published = () => tell({ seed: 1, asOfMs }).published()
  const lines = publishedFigures.filter(
    (line) => line.platform === platform && line.key !== 'townships',
  )

  test('counted plainly, its events add up to what it published', async () => {
    const figures = await figuresFrom(published(), scope)
    const missed = lines.filter(({ key, op, value }) => !holds[op](figures[key] ?? NaN, value))
    expect(missed).toEqual([])
  })

  // A province is half a million events, and counted once is enough.
  test.skipIf(scope.endsWith('0000'))(
    'one event in a hundred lost shows in the count',
    async () => {
      const random = randomOf('lost')
      const lossy = [...published()].filter(() => !random.chance(0.01))
      expect(await figuresFrom(lossy, scope)).not.toEqual(await figuresFrom(published(), scope))
    },
  )
})

test('warnings by what was checked of members are counted, and those of an earlier month are not', async () => {
  const say = sayAs('sanyuan')
  const at = (id: string, day: string) => ({
    id,
    county: '610422',
    subject: 'b',
    atMs: Date.parse(`2026-06-${day}T09:00:00+08:00`),
  })
  const none = { lost: 0, lostLong: 0, away: 0, quitting: 0, abroad: 0, belowHours: 0, exempt: 0 }
  const branch = {
    name: '支部',
    kind: 'branch',
    group: 'floating',
    foundedOn: '2026-05-20',
  } as const
  const events = [
    say(at('o', '01'), 'organization.recorded', branch),
    say(at('c', '02'), 'members.checked', { ...none, lost: 1, away: 2, quitting: 1, abroad: 1 }),
    say(at('d', '03'), 'dues.checked', { month: '2026-06', members: 5, below: 2 }),
    say(at('e', '04'), 'dues.checked', { month: '2026-05', members: 5, below: 0 }),
  ]
  expect(await figuresFrom(events, '610422')).toMatchObject({ 'warnings.other': 5 })
  const settled = say(at('f', '05'), 'dues.checked', { month: '2026-06', members: 5, below: 0 })
  expect(await figuresFrom([...events, settled], '610422')).toMatchObject({ 'warnings.other': 4 })
})

describe('the plan of a soak', () => {
  const nowMs = Date.parse('2026-11-24T15:00:00+08:00')
  test('a minute crosses a midnight and is over by now', () => {
    const plan = readPlan(['--minutes', '1'], nowMs)
    expect(plan?.beginMs).toBe(Date.parse('2026-11-23T23:30:00+08:00'))
    expect(plan?.endMs).toBe(Date.parse('2026-11-24T00:30:00+08:00'))
  })
  test('an hour stops at every midnight, every six hours, and at its end', () => {
    const plan = readPlan(['--at', '2026-10-30T18:00'], nowMs)
    const moments = plan === undefined ? [] : checkpoints(plan)
    expect(moments).toHaveLength(10)
    expect(moments[0]).toBe(Date.parse('2026-10-31T00:00:00+08:00'))
    expect(moments.at(-1)).toBe(Date.parse('2026-11-02T06:00:00+08:00'))
  })
  test('a word that it does not know is refused with a sentence', () => {
    expect(() => readPlan(['--lose', 'nobody'], nowMs)).toThrow('--lose knows xintian')
    expect(() => readPlan(['--at', 'noon'], nowMs)).toThrow('--at wants a local time')
    expect(() => readPlan(['--minutes=-1'], nowMs)).toThrow('--minutes wants a number')
  })
})
