/** Months and quarters of plain dates. */
import { remembered } from './dates.ts'
import { dayMs, dayNumber, dayOfNumber } from '../../protocol/time.ts'

/** `2026-01` one before → `2025-12`. */
export function monthsBefore(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - count
  const year = String(Math.floor(index / 12)).padStart(4, '0')
  return `${year}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** First day number of the month that lies `ago` months before the one of `day`. */
export function monthStart(day: number, ago = 0): number {
  return ago === 0 ? firstOfMonth(day) : monthStartAgo(day, ago)
}

const firstOfMonth = remembered((day: number) => monthStartAgo(day, 0))
const monthOf = remembered((day: number) => new Date(day * dayMs).getUTCMonth())

function monthStartAgo(day: number, ago: number): number {
  const date = new Date(day * dayMs)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - ago) / dayMs
}

/** First day number of the quarter that lies `ago` quarters before the one of `day`. */
export function quarterStart(day: number, ago = 0): number {
  return monthStart(day, (monthOf(day) % 3) + 3 * ago)
}

/** The same date so many years later; of 29 February, the last of that month where there is none. */
export function yearsAfter(day: number, years: number): number {
  return laterBy(years)(day)
}

const laterBy = remembered((years: number) =>
  remembered((day: number) => sameDateAfter(day, years)),
)

function sameDateAfter(day: number, years: number): number {
  const date = new Date(day * dayMs)
  const month = date.getUTCMonth()
  const later = Date.UTC(date.getUTCFullYear() + years, month, date.getUTCDate())
  const isThere = new Date(later).getUTCMonth() === month
  return later / dayMs - (isThere ? 0 : 1)
}

export const yearStart = remembered((day: number) =>
  dayNumber(`${dayOfNumber(day).slice(0, 4)}-01-01`),
)
