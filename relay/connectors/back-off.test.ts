import { expect, test } from 'vitest'
import { createBackOff } from './back-off.ts'

test('waits twice as long each time, at most a minute, and begins again after a success', () => {
  const backOff = createBackOff(() => 0)
  const waits = Array.from({ length: 10 }, () => backOff.next())
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
  backOff.reset()
  expect(backOff.next()).toBe(500)
})

test('chance takes away up to half of the wait', () => {
  expect(createBackOff(() => 0.999).next()).toBeGreaterThanOrEqual(250)
  expect(createBackOff(() => 0.5).next()).toBe(375)
})
