import { expect, test } from 'vitest'
import { hold, turnOf } from './coalesce.ts'

test('a counter shows the first change at once and the rest a second later, together', () => {
  const start = { shown: 47, wanted: 47, changedAt: -Infinity }
  const first = hold(start, 48, 0)
  expect(first.shown).toBe(48)
  const busy = hold(hold(first, 49, 300), 53, 600)
  expect(busy.shown).toBe(48)
  expect(hold(busy, 53, 1_000).shown).toBe(53)
})

test('digits roll for small changes and fade for the first value and great leaps', () => {
  expect(turnOf(47, 48)).toBe('roll')
  expect(turnOf(null, 48)).toBe('fade')
  expect(turnOf(1, 1_001)).toBe('fade')
})
