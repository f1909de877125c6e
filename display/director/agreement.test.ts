import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Agreed, Proposal } from '../../protocol/agreement.ts'
import { createWall, type Wall } from '../board.ts'
import type { Socket } from '../link.ts'
import { agree } from './agreement.ts'
import { createDirector, type Director } from './direct.ts'
import { everyDay } from './plan.ts'

const noon = Date.parse('2026-06-18T12:30:00+08:00')
const rotation = [
  { id: 'overview', seconds: 60 },
  { id: 'ranking', seconds: 30 },
  { id: 'warnings', seconds: 30 },
]

interface Browser {
  readonly wall: Wall
  readonly director: Director
  readonly proposals: Proposal[]
  readonly drawn: unknown[]
  readonly hear: (agreed: Agreed) => void
  readonly lose: () => void
  readonly stop: () => void
}

/** One browser, of several that are one wall, whose machine's clock is 3 s behind the relay's. */
function browser(leads: boolean, isPart = true): Browser {
  const listeners = new Map<string, (message: unknown) => void>()
  const proposals: Proposal[] = []
  const drawn: unknown[] = []
  const clock = () => Date.now() - 3_000
  const socket = {
    on: (name: string, listener: (message: unknown) => void) => listeners.set(name, listener),
    emit(name: string, ...[first, second]: unknown[]) {
      if (name === 'clock') (first as (atMs: number) => void)(Date.now())
      if (name === 'join') (second as (isJoined: boolean) => void)(true)
      if (name === 'propose') proposals.push(first as Proposal)
      if (name === 'drawn') drawn.push(first)
    },
  } as unknown as Socket
  const wall = createWall({ now: clock() })
  const agreement = agree(wall, { socket, id: '431128/hall', clock })
  const options = {
    rotation,
    apart: [],
    plan: everyDay,
    asked: null,
    isHeld: false,
    agreement,
    isPart,
  }
  const director = createDirector(wall, options)
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  const unfollow = director.follow()
  listeners.get('connect')?.(undefined)
  listeners.get('agreed')?.({ leads, isOwn: false, ordinal: 0, agreed: null })
  return {
    wall,
    director,
    proposals,
    drawn,
    hear: (agreed) => listeners.get('agreed')?.(agreed),
    lose: () => listeners.get('disconnect')?.(undefined),
    stop() {
      unfollow()
      agreement.stop()
    },
  }
}
const comingOf = ({ director }: Browser) => director.coming.getState().coming
const sceneOf = ({ director }: Browser) => director.show.getState().scene

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(noon)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it('proposes what somebody chooses and shows it two seconds later at the latest, not before', async () => {
  const one = browser(false)
  one.director.choose('warnings')
  expect(one.proposals.at(-1)).toMatchObject({ from: noon + 2_000, show: { scene: 'warnings' } })
  expect(comingOf(one)?.scene).toBe('warnings')
  await vi.advanceTimersByTimeAsync(1_999)
  expect(sceneOf(one)).toBe('overview')
  await vi.advanceTimersByTimeAsync(1)
  expect([sceneOf(one), comingOf(one)]).toEqual(['warnings', null])
  one.stop()
})

it('says that a scene stands drawn, and shows it when the relay says that it does in all browsers', async () => {
  const one = browser(false)
  one.director.choose('warnings')
  one.director.drew('ranking')
  expect(one.drawn).toEqual([])
  one.director.drew('warnings')
  expect(one.drawn).toEqual([{ scene: 'warnings' }])
  const { show } = one.proposals.at(-1) as Proposal
  one.hear({ leads: false, isOwn: false, ordinal: 1, agreed: { from: noon + 250, show } })
  await vi.advanceTimersByTimeAsync(249)
  expect(sceneOf(one)).toBe('overview')
  await vi.advanceTimersByTimeAsync(1)
  expect(sceneOf(one)).toBe('warnings')
  one.stop()
})

it('waits for nobody where the wall is one browser that phones steer', () => {
  const one = browser(true, false)
  one.director.choose('warnings')
  expect([sceneOf(one), comingOf(one)]).toEqual(['warnings', null])
  expect(one.proposals.at(-1)).toMatchObject({ from: noon, show: { scene: 'warnings' } })
  one.stop()
})

it("shows what others agreed on at their instant, by the relay's clock", async () => {
  const [one, two] = [browser(true), browser(false)]
  one.director.choose('ranking')
  const proposal = one.proposals.at(-1)
  if (proposal === undefined) throw new Error('nothing was proposed')
  const { from, show } = proposal
  await vi.advanceTimersByTimeAsync(120)
  two.hear({ leads: false, isOwn: false, ordinal: 1, agreed: { from, show } })
  expect(comingOf(two)?.fromMs).toBe(comingOf(one)?.fromMs)
  await vi.advanceTimersByTimeAsync(1_879)
  expect([one, two].map(sceneOf)).toEqual(['overview', 'overview'])
  await vi.advanceTimersByTimeAsync(1)
  expect([one, two].map(sceneOf)).toEqual(['ranking', 'ranking'])
  for (const each of [one, two]) each.stop()
})

it('leaves it to the browser that leads to go on when a scene has had its time', async () => {
  const [one, two] = [browser(true), browser(false)]
  const before = one.proposals.length
  await vi.advanceTimersByTimeAsync(61_000)
  for (const { wall } of [one, two]) wall.tick(Date.now() - 3_000)
  expect(one.proposals.slice(before).map(({ show }) => show.scene)).toEqual(['ranking'])
  expect(two.proposals).toEqual([])
  for (const each of [one, two]) each.stop()
})

it('goes on by itself without the relay', async () => {
  const one = browser(false)
  one.lose()
  for (let second = 0; second <= 61; second += 1) {
    await vi.advanceTimersByTimeAsync(1_000)
    one.wall.tick(Date.now() - 3_000)
  }
  expect(sceneOf(one)).toBe('ranking')
  expect(one.proposals).toEqual([])
  one.stop()
})

it('gives in where another browser was quicker', async () => {
  const one = browser(false)
  one.director.choose('warnings')
  const show = { ...one.proposals.at(-1)?.show, scene: 'ranking' } as Proposal['show']
  one.hear({ leads: false, isOwn: false, ordinal: 1, agreed: { from: noon + 510, show } })
  await vi.advanceTimersByTimeAsync(510)
  expect(sceneOf(one)).toBe('ranking')
  one.stop()
})
