import { expect, test, vi } from 'vitest'
import type { Event, EventKind } from '../../protocol/events.ts'
import { dayMs, dayStartMs } from '../../protocol/time.ts'
import { countyEvents, isInside, makeCounty, townshipShapes } from './xintian-county.ts'
import { eventsBetween, reportsAt } from './xintian-day.ts'
import { batchOf, write, writtenKinds } from './xintian.ts'

interface Reader {
  read(body: unknown): {
    readonly items: readonly (
      { ok: true; events: readonly Event[] } | { ok: false; reason: string }
    )[]
  }
}
// Loaded by address: the mock feeds do not depend on the relay, only this contract meets both.
const address = new URL('../../relay/platforms/xintian.ts', import.meta.url).href
const { xintian } = (await import(/* @vite-ignore */ address)) as { readonly xintian: Reader }

// Two months of the county are 100,000 events: a second alone, far more beside other suites.
vi.setConfig({ testTimeout: 120_000 })

const asOf = '2026-06-18'
const county = makeCounty({ asOf })
const end = dayStartMs(asOf) + dayMs
const envelope = {
  source: 'xintian',
  rev: 1,
  subject: '43112810100101',
  county: '431128',
  time: '2026-06-18T09:41:26+08:00',
} as const

/** What each item became; the message beside it is for the refusals. */
const readBack = (body: unknown) =>
  xintian.read(body).items.map((item) => (item.ok ? item.events : item.reason))

function samples(): readonly Event[] {
  const all = [
    ...countyEvents(county, end - dayMs),
    ...eventsBetween(county, end - 40 * dayMs, end, 1),
    ...reportsAt(end),
  ]
  const byKind = new Map<EventKind, Event>()
  for (const event of all) byKind.set(event.kind, event)
  byKind.set('organization.dissolved', {
    ...envelope,
    id: 'x1',
    kind: 'organization.dissolved',
    data: {},
  })
  return [...byKind.values()]
}

test('the adapter reads back what the writer writes, for every kind', () => {
  const events = samples()
  expect(events.map(({ kind }) => kind).toSorted()).toEqual(writtenKinds.toSorted())
  expect(readBack(batchOf('1', events.map(write)))).toEqual(events.map((event) => [event]))
})

test('corrections and withdrawals keep their revision and what they take back', () => {
  const event: Event = {
    ...envelope,
    id: 'x2',
    rev: 3,
    retracts: 'x1',
    kind: 'branch.online',
    data: {},
  }
  expect(readBack(batchOf('1', [write(event)]))).toEqual([[event]])
})

test('names, phones and amounts are in no event that the adapter makes', () => {
  const submitted = samples()
    .filter(({ kind }) => kind === 'activity.submitted' || kind === 'dues.paid')
    .map(write)
  expect(JSON.stringify(submitted)).toMatch(/lxdh.*|jnje/)
  const events = readBack(batchOf('1', submitted))
  expect(events).toHaveLength(submitted.length)
  expect(JSON.stringify(events)).not.toMatch(/lxdh|jnje|记录员|00000000000/)
})

test('one bad message is refused with a reason and the others pass', () => {
  const good = write({ ...envelope, id: 'x3', kind: 'branch.online', data: {} })
  const bad = [
    { ...good, occurTime: '2026-02-30 09:00:00' },
    { ...good, msgType: 'WZ' },
    { ...good, extra: '1' },
    { ...good, orgCode: 5 },
  ]
  const { items } = xintian.read(batchOf('1', [good, ...(bad as unknown as (typeof good)[])]))
  expect(items.map(({ ok }) => ok)).toEqual([true, false, false, false, false])
  expect(items[1]).toMatchObject({ reason: expect.stringContaining('occurTime') })
})

test.each([1, 2, 77])(
  'the county holds its published totals with seed %i, each flag inside its township',
  (seed) => {
    const { organizations, byId } = makeCounty({ seed, asOf })
    const of = (group: string) => organizations.filter((o) => o.group === group).length
    expect([organizations.length, byId.size]).toEqual([852, 852])
    expect(['territory', 'organ', 'enterprise', 'floating'].map(of)).toEqual([752, 68, 16, 16])
    expect(organizations.reduce((sum, o) => sum + o.members, 0)).toBe(20_138)
    expect(organizations.flatMap((o) => o.away).reduce((sum, a) => sum + a.members, 0)).toBe(2_986)
    expect(organizations.filter((o) => o.online).length).toBe(768)
    expect(organizations.filter((o) => o.quietSince !== undefined).length).toBe(23)
    const shapes = new Map(townshipShapes.map((shape) => [shape.code, shape.polygons]))
    for (const o of organizations) {
      if (o.township)
        expect(isInside([o.lng ?? 0, o.lat ?? 0], shapes.get(o.township) ?? [])).toBe(true)
    }
  },
)

test('the same seed gives the same day, however the hours are cut', () => {
  const whole = [...eventsBetween(county, end - dayMs, end, 1)]
  const again = makeCounty({ asOf })
  const cut = [
    ...eventsBetween(again, end - dayMs, end - dayMs / 2, 1),
    ...eventsBetween(again, end - dayMs / 2, end, 1),
  ]
  expect(cut).toEqual(whole)
  expect([...eventsBetween(county, end - dayMs, end, 2)]).not.toEqual(whole)
})

const daysLong = 60

test('two months are believable and no id comes twice', () => {
  const seen = new Set<string>()
  let started = 0
  let learners = 0
  for (const event of eventsBetween(county, end - daysLong * dayMs, end, 1)) {
    seen.add(`${event.id} ${event.rev}`)
    if (event.kind === 'activity.started') started += 1
    if (event.kind === 'study.logged') learners += event.data.learners
  }
  expect(seen.size).toBeGreaterThan((daysLong / 365) * 500_000)
  expect(seen.size).toBeLessThan((daysLong / 365) * 700_000)
  expect(started / daysLong).toBeGreaterThan(60)
  expect(started / daysLong).toBeLessThan(110)
  expect(learners / daysLong).toBeGreaterThan(2_600)
  expect(learners / daysLong).toBeLessThan(3_200)
})
