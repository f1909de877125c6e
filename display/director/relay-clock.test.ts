import { expect, it } from 'vitest'
import { offsetOf, sampleOf, withSample } from './relay-clock.ts'

it('believes the quickest answer, whatever the slow ones say', () => {
  // The relay is 5,000 ms ahead; slow answers are slow on the way back alone.
  const slow = sampleOf(0, 80, 5_001)
  const quick = sampleOf(1_000, 1_002, 6_001)
  expect(offsetOf([slow])).toBe(4_961)
  expect(offsetOf([slow, quick, sampleOf(2_000, 2_060, 7_001)])).toBe(5_000)
})

it('forgets what it knew once a clock was set', () => {
  const before = [sampleOf(0, 2, 5_001), sampleOf(1_000, 1_030, 6_001)]
  expect(withSample(before, sampleOf(2_000, 2_040, 7_010))).toHaveLength(3)
  expect(offsetOf(withSample(before, sampleOf(62_000, 62_040, 7_020)))).toBe(-55_000)
})
