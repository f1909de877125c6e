import { expect, it } from 'vitest'
import { offsetOf, sampleOf, withSample } from './relay-clock.ts'

it('believes the quickest answer, whatever the slow ones say', () => {
  // The relay is 5,000 ms ahead; slow answers are slow on the way back alone.
  const slow = sampleOf(0, 80, 5_001)
  const quick = sampleOf(1_000, 1_002, 6_001)
  expect(offsetOf([slow])).toBe(4_961)
  expect(offsetOf([slow, quick, sampleOf(2_000, 2_060, 7_001)])).toBe(5_000)
})

it('knows it better from two answers than from one, where each was slow another way', () => {
  const [there, back] = [sampleOf(0, 31, 5_030), sampleOf(1_000, 1_031, 6_001)]
  expect([there, back].map((each) => offsetOf([each]))).toEqual([5_015, 4_986])
  expect(offsetOf([there, back])).toBe(5_000)
})

it('forgets what it knew once a clock was set', () => {
  const before = [sampleOf(0, 2, 5_001), sampleOf(1_000, 1_030, 6_001)]
  expect(withSample(before, sampleOf(2_000, 2_040, 7_010))).toHaveLength(3)
  expect(offsetOf(withSample(before, sampleOf(62_000, 62_040, 7_020)))).toBe(-55_000)
})
