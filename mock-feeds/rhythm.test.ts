import { expect, test } from 'vitest'
import { dayMs, dayStartMs } from '../protocol/time.ts'
import { sayAs } from './platform.ts'
import { randomOf } from './random.ts'
import { happenings, type Moment, type Rhythm } from './rhythm.ts'
import { shares } from './shares.ts'

const say = sayAs('p')
const fromMs = dayStartMs('2026-06-18')
const rhythm: Rhythm = {
  key: 'k',
  seed: 1,
  fromMs,
  toMs: fromMs + dayMs,
  perDay: 900,
  spillMs: 3_600_000,
}
/** Two events an hour apart. */
function* tell({ id, atMs }: Moment) {
  const at = { county: '431128', subject: 'o' }
  yield say({ ...at, id, atMs }, 'branch.online', {})
  yield say({ ...at, id: `${id}.b`, atMs: atMs + 3_600_000 }, 'branch.offline', {})
}

test('a day holds about what was asked for, more of it in the morning than at night', () => {
  const events = [...happenings(rhythm, tell)].filter(({ kind }) => kind === 'branch.online')
  expect(events.length).toBeGreaterThan(850)
  expect(events.length).toBeLessThan(950)
  const hour = (wanted: string) => events.filter(({ time }) => time.slice(11, 13) === wanted).length
  expect(hour('09')).toBeGreaterThan(5 * hour('03'))
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
})

test('however the day is cut, the same events come, each once', () => {
  const middle = fromMs + dayMs / 2 + 77_000
  const cut = [
    ...happenings({ ...rhythm, toMs: middle }, tell),
    ...happenings({ ...rhythm, fromMs: middle }, tell),
  ]
  const ids = (events: Iterable<{ id: string }>) => [...events].map(({ id }) => id).toSorted()
  expect(ids(cut)).toEqual(ids(happenings(rhythm, tell)))
})

test('shares differ with the seed and add up all the same', () => {
  const sumOf = (parts: Int32Array) => parts.reduce((sum, part) => sum + part, 0)
  for (const seed of [1, 2, 3]) {
    const parts = shares(2_400_000, 132_000, randomOf(seed), 3)
    expect(sumOf(parts)).toBe(2_400_000)
    expect(Math.min(...parts.slice(0, 5_000))).toBeGreaterThanOrEqual(3)
  }
  expect(shares(100, 9, randomOf(1))).not.toEqual(shares(100, 9, randomOf(2)))
  expect(() => shares(5, 3, randomOf(1), 2)).toThrow(RangeError)
})
