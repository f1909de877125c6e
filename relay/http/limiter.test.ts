import fc from 'fast-check'
import { expect, it } from 'vitest'
import { effort } from '../core/arbitrary.ts'
import { createLimiter } from './limiter.ts'

function bucketOf(perSecond: number, burst: number) {
  let nowMs = 0
  const limiter = createLimiter({ perSecond, burst, clock: () => nowMs })
  return { ...limiter, wait: (ms: number) => void (nowMs += ms) }
}

it('takes a burst at once, then what comes back each second', () => {
  const bucket = bucketOf(10, 30)
  expect(bucket.take('a', 30)).toBe(0)
  expect(bucket.take('a', 1)).toBe(100)
  bucket.wait(100)
  expect(bucket.take('a', 1)).toBe(0)
  expect(bucket.take('a', 5)).toBe(500)
})

it('is full again after a pause, and never fuller', () => {
  const bucket = bucketOf(10, 30)
  bucket.take('a', 30)
  bucket.wait(3_600_000)
  expect(bucket.take('a', 30)).toBe(0)
  expect(bucket.take('a', 1)).toBe(100)
})

it('does not let one platform pay for another', () => {
  const bucket = bucketOf(10, 10)
  bucket.take('a', 10)
  expect(bucket.waitMs('a')).toBe(100)
  expect(bucket.waitMs('b')).toBe(0)
})

it('lets a batch larger than the bucket pass when it is full, and has it paid back', () => {
  const bucket = bucketOf(10, 10)
  expect(bucket.take('a', 25)).toBe(0)
  expect(bucket.waitMs('a')).toBe(1_600)
})

it('gives nothing back when the clock steps back', () => {
  const bucket = bucketOf(10, 10)
  bucket.take('a', 10)
  bucket.wait(-60_000)
  expect(bucket.take('a', 1)).toBe(100)
})

it('never lets more through than burst and time allow, and tells the truth about the wait', () => {
  const calls = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 20 })), { maxLength: 60 })
  fc.assert(
    fc.property(calls, (asked) => {
      const bucket = bucketOf(10, 20)
      let passed = 0
      let elapsed = 0
      for (const [pause, amount] of asked) {
        bucket.wait(pause)
        elapsed += pause
        const waitMs = bucket.take('a', amount)
        if (waitMs === 0) passed += amount
        else {
          bucket.wait(waitMs)
          elapsed += waitMs
          expect(bucket.take('a', amount)).toBe(0)
          passed += amount
        }
        expect(passed).toBeLessThanOrEqual(20 + (elapsed / 1_000) * 10 + 1e-6)
      }
    }),
    effort(100),
  )
})
