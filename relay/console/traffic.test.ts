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
  expect(traffic.read('grid')).toMatchObject({ lastMs: undefined, lastRefusedMs: nowMs })
  traffic.counted('grid', 'duplicate', 600)
  expect(traffic.read('grid').lastMs).toBe(nowMs)
  nowMs -= 60 * minute
  expect(traffic.read('grid').perMinute.duplicate).toBe(0)
  expect(traffic.read('nobody').sinceStart.accepted).toBe(0)
})

it('tells the last hour by fives of minutes, the running five last, and what was refused in it', () => {
  let nowMs = 1_000 * minute
  const traffic = createTraffic(() => nowMs)
  traffic.counted('grid', 'accepted', 3)
  nowMs += 59 * minute
  traffic.counted('grid', 'duplicate', 2)
  traffic.counted('grid', 'rejected', 1)
  const { lastHour, refusedHour } = traffic.read('grid')
  expect(lastHour).toEqual([3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2])
  expect(refusedHour).toBe(1)
  nowMs += minute
  expect(traffic.read('grid').lastHour[0]).toBe(0)
  expect(traffic.read('nobody').lastHour).toHaveLength(12)
})
