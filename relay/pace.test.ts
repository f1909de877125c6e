import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPace } from './pace.ts'

let acts: (readonly string[])[]
const pace = () => createPace<string>(100, (keys) => acts.push(keys))

beforeEach(() => {
  vi.useFakeTimers()
  acts = []
})
afterEach(() => void vi.useRealTimers())

test('what comes after a rest goes at once, with all else of the same turn', () => {
  const { ask } = pace()
  ask('a')
  ask('b')
  ask('a')
  expect(acts).toEqual([])
  vi.advanceTimersByTime(0)
  expect(acts).toEqual([['a', 'b']])
})

test('a key that goes on asking goes ten times a second, and holds up no other', () => {
  const { ask, isAsked } = pace()
  ask('a')
  for (let ms = 0; ms < 1_000; ms += 5) {
    vi.advanceTimersByTime(5)
    ask('a')
  }
  expect(acts.filter(([key]) => key === 'a')).toHaveLength(10)
  expect(isAsked('a')).toBe(true)
  ask('b')
  vi.advanceTimersByTime(1)
  expect(acts.at(-1)).toEqual(['b'])
})

test('the last thing asked for during a rest is not lost, and nothing goes unasked', () => {
  const { ask } = pace()
  ask('a')
  vi.advanceTimersByTime(30)
  ask('a')
  vi.advanceTimersByTime(1_000)
  expect(acts).toEqual([['a'], ['a']])
})

test('nothing goes after a stop', () => {
  const { ask, stop } = pace()
  ask('a')
  vi.advanceTimersByTime(1)
  ask('a')
  stop()
  vi.advanceTimersByTime(1_000)
  expect(acts).toEqual([['a']])
})
