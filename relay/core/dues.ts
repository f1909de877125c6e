/**
 * 党费 is paid monthly: 《关于中国共产党党费收缴、使用和管理的规定》(2008) Art. 12.
 * Counts of members only, never an amount or a name.
 */
import { dayNumber, dayOfNumber } from '../../protocol/time.ts'
import { monthsBefore } from './calendar.ts'
import { dayTextOf, remembered } from './dates.ts'
import type { Entries } from './register.ts'
import { sumWithin, type FlatTally } from './tally.ts'

export interface DuesThresholds {
  /** After this day of the month the current month is asked for; until then the one before. */
  readonly graceDay: number
}

export const duesDefaults: DuesThresholds = { graceDay: 20 }
export const duesArticle = '《关于中国共产党党费收缴、使用和管理的规定》第十二条'

/** The month (`2026-06`) asked for on a day, and the day number since which its unpaid members are warned about. */
export function duesMonthOf(
  day: number,
  { graceDay } = duesDefaults,
): { readonly month: string; readonly warnedSince: number } {
  return monthsAfter(graceDay)(day)
}

const monthsAfter = remembered((graceDay: number) =>
  remembered((day: number) => duesMonthFrom(day, graceDay)),
)

function duesMonthFrom(day: number, graceDay: number) {
  const today = dayOfNumber(day)
  const isCurrent = Number(today.slice(8)) > graceDay
  const month = isCurrent ? today.slice(0, 7) : monthsBefore(today.slice(0, 7), 1)
  return { month, warnedSince: dayNumber(`${month}-01`) + graceDay }
}

export function unpaidOf(members: number, payers: number): number {
  return Math.max(0, members - payers)
}

/** 1 attention while the month runs; 2 yellow once it is over. */
export function duesLevelOf(day: number, month: string): 1 | 2 {
  return dayTextOf(day).startsWith(month) ? 1 : 2
}

/** More days than there will be. */
const daysPerMonth = 1_000_000

/** Under which a payment for a month (`2026-06`) is counted that came in on a day. */
export function paymentKey(month: string, day: number): number {
  return monthNumberOf(month) * daysPerMonth + day
}

/** Months one after the other, of `2026-06`. */
export function monthNumberOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5))
}

export function monthOfKey(key: number): number {
  return Math.floor(key / daysPerMonth)
}

/** How many had paid for a month by the end of a day. */
export function paidBy(dues: FlatTally, month: string, day: number): number {
  return sumWithin(dues, paymentKey(month, 0), paymentKey(month, day))
}

/** The days on which anyone paid, in order. */
export function paymentDays(dues: FlatTally): readonly number[] {
  const days = new Set<number>()
  for (let at = 0; at < dues.length; at += 3) days.add((dues[at] ?? 0) % daysPerMonth)
  return [...days].sort((a, b) => a - b)
}

/** Without what was told late of a month that a later one had followed: it says nothing of what is set now. */
export function lastMonths<T extends { readonly month: string }>(checks: Entries<T>): Entries<T> {
  let last = ''
  return checks.filter(({ value: { month } }) => {
    if (month < last) return false
    last = month
    return true
  })
}
