import { expect, it } from 'vitest'
import { yearOf } from './calendar.ts'

it('puts a day in the row of its weekday and today in the last column', () => {
  // 2026-06-18 is a Thursday.
  const { cells, width } = yearOf(
    Array.from({ length: 371 }, () => 0),
    '2026-06-18',
  )
  const [today, yesterday, monday] = [cells.at(-1), cells.at(-2), cells.at(-4)]
  expect(today?.y).toBeGreaterThan(yesterday?.y ?? 99)
  expect(monday?.y).toBe(0)
  expect(Math.max(...cells.map(({ x }) => x))).toBe(today?.x)
  expect(width).toBeLessThanOrEqual(70)
})

it('names each month once, in order, and none for the days left of a first one', () => {
  const { months } = yearOf(
    Array.from({ length: 371 }, () => 0),
    '2026-06-18',
  )
  expect(months.map(({ label }) => label).join(' ')).toBe(
    '7 月 8 月 9 月 10 月 11 月 12 月 1 月 2 月 3 月 4 月 5 月 6 月',
  )
  const gaps = months.slice(1).map(({ x }, index) => x - (months[index]?.x ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThan(3)
})

it('counts all activities of the year', () => {
  expect(yearOf([0, 2, 1], '2026-06-18').activities).toBe(3)
  expect(yearOf([], '2026-06-18')).toMatchObject({ cells: [], months: [], activities: 0 })
})
