import { expect, it } from 'vitest'
import { createTraffic } from './traffic.ts'

const minute = 60_000

it('tells the events a minute over ten minutes, and forgets what is older', () => {
  let nowMs = 1_000 * minute
  const traffic = createTraffic(() => nowMs)
  traffic.counted('xintian', 'accepted', 30)
  nowMs += 2 * minute
  expect(traffic.read('xintian').perMinute.accepted).toBe(15)
  traffic.counted('xintian', 'rejected', 4)
  nowMs += 10 * minute
  expect(traffic.read('xintian').perMinute).toEqual({ accepted: 0, duplicate: 0, rejected: 0 })
  expect(traffic.read('xintian').sinceStart).toEqual({ accepted: 30, duplicate: 0, rejected: 4 })
})

it('takes a refused event for no sign of life, and a clock set back for no burst', () => {
  let nowMs = 1_000 * minute
  const traffic = createTraffic(() => nowMs)
  traffic.counted('grid', 'rejected', 1)
  expect(traffic.read('grid').lastMs).toBeUndefined()
  traffic.counted('grid', 'duplicate', 600)
  expect(traffic.read('grid').lastMs).toBe(nowMs)
  nowMs -= 60 * minute
  expect(traffic.read('grid').perMinute.duplicate).toBe(0)
  expect(traffic.read('nobody').sinceStart.accepted).toBe(0)
})
