import { expect, it } from 'vitest'
import {
  begin,
  cardMs,
  choose,
  closeCard,
  cueMs,
  hear,
  hold,
  inputMs,
  leastMs,
  letGo,
  move,
  openCard,
  restMs,
  touch,
  turnsOf,
  visit,
  wake,
} from './show.ts'
import type { Cue, Show } from './show.ts'

const rotation = [
  { id: 'overview', seconds: 60 },
  { id: 'ranking', seconds: 30 },
  { id: 'warnings', seconds: 30 },
]
const [overview] = rotation
if (overview === undefined) throw new Error('no scene')
const red: Cue = { key: 'warning/w1', scene: 'warnings', weight: 3, why: '红色预警 · 周溪村党支部' }
const first: Cue = {
  key: 'first/b1',
  scene: 'ranking',
  weight: 2,
  why: '榜首易位 · 天地山村党支部',
}

/** One look a second, as the wall has it. */
function play(show: Show, from: number, to: number): Show {
  let on = show
  for (let now = from; now <= to; now += 1_000) on = move(on, rotation, now)
  return on
}

it('shows the overview for a minute and each other scene for half of one', () => {
  const seen: [string, number][] = []
  let show = begin(overview, 0)
  for (let now = 0; now <= 240_000; now += 1_000) {
    const next = move(show, rotation, now)
    if (next.scene !== show.scene) seen.push([next.scene, now])
    show = next
  }
  expect(seen).toEqual([
    ['ranking', 60_000],
    ['warnings', 90_000],
    ['overview', 120_000],
    ['ranking', 180_000],
    ['warnings', 210_000],
    ['overview', 240_000],
  ])
})

it('brings a red warning up before its turn, says why, and goes on with the rotation after it', () => {
  const heard = hear(begin(overview, 0), [first, red], 20_000)
  const led = move(heard, rotation, 20_000)
  expect([led.scene, led.why]).toEqual(['warnings', '红色预警 · 周溪村党支部'])
  expect(play(led, 20_000, 20_000 + cueMs - 1_000).scene).toBe('warnings')
  const then = play(led, 20_000, 20_000 + cueMs)
  expect([then.scene, then.why]).toEqual(['ranking', '榜首易位 · 天地山村党支部'])
})

it('lets a scene that has just come be read before a cue takes it away', () => {
  const show = hear(begin(overview, 0), [red], 1_000)
  expect(play(show, 1_000, leastMs - 1_000).scene).toBe('overview')
  expect(play(show, 1_000, leastMs).scene).toBe('warnings')
})

it('does not let the same thing lead twice within ten minutes', () => {
  const led = move(hear(begin(overview, 0), [red], 20_000), rotation, 20_000)
  expect(hear(led, [red], 30_000)).toBe(led)
  expect(hear(led, [red], 20_000 + restMs).waiting).toEqual([red])
})

it('keeps what somebody chose for two minutes, whatever happens, and then rotates on', () => {
  const chosen = hear(choose(begin(overview, 0), 'ranking', 5_000), [red], 6_000)
  expect(play(chosen, 5_000, 5_000 + inputMs - 1_000).scene).toBe('ranking')
  expect(play(chosen, 5_000, 5_000 + inputMs).scene).toBe('warnings')
})

it('holds a scene until it is let go', () => {
  const held = hear(hold(begin(overview, 0)), [red], 1_000)
  expect(play(held, 1_000, 3_600_000).scene).toBe('overview')
  expect(play(letGo(held, 3_600_000), 3_600_000, 3_600_000 + leastMs).scene).not.toBe('overview')
})

it('comes back from a township by itself to what was on, once nobody touches it any more', () => {
  const there = visit(choose(begin(overview, 0), 'warnings', 0), 'township/431128101', 10_000)
  expect(play(there, 10_000, 10_000 + inputMs - 1_000).scene).toBe('township/431128101')
  expect(play(there, 10_000, 10_000 + inputMs).scene).toBe('warnings')
  const touched = touch(there, 60_000)
  expect(play(touched, 60_000, 10_000 + inputMs).scene).toBe('township/431128101')
})

it('comes back to a held scene and holds it on; a second township does not forget where the way began', () => {
  const there = visit(visit(hold(begin(overview, 0)), 'township/1', 1_000), 'township/2', 2_000)
  const back = play(there, 2_000, 2_000 + inputMs)
  expect([back.scene, back.until, back.back]).toEqual(['overview', null, null])
})

it('lets a cue bring a township, and then rotates on', () => {
  const cue = { ...red, scene: 'township/431128101' }
  const led = move(hear(begin(overview, 0), [cue], 20_000), rotation, 20_000)
  expect([led.scene, led.back]).toEqual(['township/431128101', null])
  expect(play(led, 20_000, 20_000 + cueMs).scene).toBe('overview')
})

it('takes a card away after half a minute without a touch, and changes no scene under it', () => {
  const open = openCard(hear(begin(overview, 0), [red], 0), 'b1', 50_000)
  expect(play(open, 50_000, 50_000 + cardMs - 1_000)).toBe(open)
  const touched = touch(open, 70_000)
  expect(play(touched, 70_000, 50_000 + cardMs).card?.id).toBe('b1')
  const closed = play(touched, 70_000, 70_000 + cardMs)
  expect([closed.card, closed.scene]).toEqual([null, 'overview'])
})

it('takes a card away from a held scene too, and leaves time to find the scene again', () => {
  expect(move(openCard(hold(begin(overview, 0)), 'b1', 0), rotation, cardMs)).toMatchObject({
    card: null,
    until: null,
  })
  const late = closeCard(openCard(begin(overview, 0), 'b1', 50_000), 59_000)
  expect(late.until).toBe(59_000 + leastMs)
})

it('passes over a scene that this county has nothing for, unless somebody is looking at it', () => {
  const turns = rotation.map((turn) => ({ ...turn, isTold: (told: string) => told === turn.id }))
  const ids = (on: string) => turnsOf(turns, 'warnings', on).map(({ id }) => id)
  expect(ids('overview')).toEqual(['overview', 'warnings'])
  expect(ids('ranking')).toEqual(['ranking', 'warnings'])
  expect(turnsOf(rotation, 'nothing', 'overview')).toEqual(rotation)
})

it('wakes from the night for two minutes from the last touch, and rests again', () => {
  const night = [{ id: 'night', seconds: 60 }]
  let on = wake(begin({ id: 'night', seconds: 60 }, 0), 'overview', 10_000)
  expect(on.scene).toBe('overview')
  on = touch(move(on, night, 60_000), 60_000)
  expect(move(on, night, 60_000 + inputMs - 1).scene).toBe('overview')
  expect(move(on, night, 60_000 + inputMs).scene).toBe('night')
})
