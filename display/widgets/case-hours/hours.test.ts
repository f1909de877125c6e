import { expect, it } from 'vitest'
import { hoursOf } from './hours.ts'

it('draws two dozen columns at most, whatever the slowest took, and loses nobody', () => {
  const slow = Array.from({ length: 73 }, () => 2)
  const { columns, step, handled } = hoursOf(slow) ?? { columns: [], step: 0, handled: 0 }
  expect(columns.length).toBeLessThanOrEqual(24)
  expect([step, handled]).toEqual([4, 146])
  expect(columns.reduce((sum, count) => sum + count, 0)).toBe(146)
})

it('says within how many hours half were handled', () => {
  expect(hoursOf([1, 5, 1, 1])).toMatchObject({ step: 1, middle: 2, columns: [1, 5, 1, 1] })
})

it('is nothing where nothing was handled', () => {
  expect(hoursOf([])).toBeNull()
  expect(hoursOf([0, 0])).toBeNull()
})
