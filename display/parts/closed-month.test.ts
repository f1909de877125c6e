import { expect, it } from 'vitest'
import type { Row } from '../../protocol/board.ts'
import { endOf, isRicher, isYoung, lastDayBefore, scoringIn } from './closed-month.ts'

/** Of ten organisations. */
function boardWith(scoring: number) {
  const rows = Array.from({ length: 10 }, (_, at): Row<'branches'> => ({
    id: `b${at}`,
    state: 'online',
    members: 12,
    silentDays: 3,
    level: 0,
    activeToday: false,
    points: at < scoring ? 30 : 0,
    rank: 1,
    rankBefore: 1,
    reason: null,
    tier: 'none',
  }))
  return { branches: new Map(rows.map((row) => [row.id, row])) }
}

it('ranks a month once half of the organisations have points in it', () => {
  expect(isYoung(boardWith(0), '2026-12-01')).toBe(true)
  expect(isYoung(boardWith(4), '2026-12-02')).toBe(true)
  expect(isYoung(boardWith(5), '2026-12-01')).toBe(false)
})

it('ranks it from the eighth on, however few have points', () => {
  expect(isYoung(boardWith(1), '2026-12-07')).toBe(true)
  expect(isYoung(boardWith(1), '2026-12-08')).toBe(false)
})

it('has nothing to say of a board on which nobody is yet', () => {
  expect(isYoung({ branches: new Map() }, '2026-12-01')).toBe(false)
})

it('looks back to the last day of the month before, over a year and a leap day too', () => {
  expect(['2026-12-01', '2027-01-05', '2028-03-02'].map(lastDayBefore)).toEqual([
    '2026-11-30',
    '2026-12-31',
    '2028-02-29',
  ])
  expect(endOf('2026-11-30')).toBe('2026-11-30T23:59:59+08:00')
})

it('prefers no month of which less is known', () => {
  expect(scoringIn(boardWith(7))).toBe(7)
  expect(isRicher(boardWith(7), boardWith(2))).toBe(true)
  expect(isRicher(boardWith(0), boardWith(0))).toBe(false)
})
