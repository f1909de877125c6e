import { expect, it } from 'vitest'
import { dayOfNumber, isRealDate } from './time.ts'

it('every day that the calendar has is real, from 1900 to 2100', () => {
  for (let number = -25_567; number < 47_847; number += 1)
    expect(isRealDate(dayOfNumber(number))).toBe(true)
})

it.each([
  '2026-02-29',
  '2100-02-29',
  '2026-04-31',
  '2026-00-10',
  '2026-13-01',
  '2026-01-00',
  '2026-01-32',
  '2026-1-1',
  '2026-01-01T00:00:00Z',
  '',
])('%j is no day', (text) => {
  expect(isRealDate(text)).toBe(false)
})
it('a leap day is real in a leap year', () => {
  expect(isRealDate('2024-02-29')).toBe(true)
  expect(isRealDate('2000-02-29')).toBe(true)
})
