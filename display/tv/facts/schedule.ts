/** What is on at which hour: the calendar and the radio column of the television file. Pure. */
import { dayMs, dayNumber, dayStartMs, localDay } from '../../../protocol/time.ts'

/** On which days, see protocol/television.ts. */
export interface Days {
  readonly on?: string
  readonly monthly?: number
  readonly weekly?: readonly number[]
}
export interface Timed extends Days {
  /** HH:MM */
  readonly at: string
  readonly where?: string
}
export interface Occurrence<T> {
  readonly entry: T
  readonly startMs: number
}

/** The first of January 1970 was a Thursday. */
const weekdayOf = (day: string): number => ((dayNumber(day) + 3) % 7) + 1

function isOn({ on, monthly, weekly }: Days, day: string): boolean {
  if (on !== undefined) return on === day
  if (monthly !== undefined) return Number(day.slice(8)) === monthly
  return weekly === undefined || weekly.includes(weekdayOf(day))
}

/** Of the whole county, or of a place that the village lies in; `village` begins with the digits of its division. */
export function concerns({ where }: { readonly where?: string }, village: string): boolean {
  return where === undefined || village.startsWith(where)
}

const startOf = ({ at }: Timed, day: string): number =>
  dayStartMs(day) + (Number(at.slice(0, 2)) * 60 + Number(at.slice(3))) * 60_000

/** Of one local day, by hour. */
export function ofDay<T extends Timed>(
  entries: readonly T[],
  day: string,
  village: string,
): readonly Occurrence<T>[] {
  return entries
    .filter((entry) => concerns(entry, village) && isOn(entry, day))
    .map((entry) => ({ entry, startMs: startOf(entry, day) }))
    .sort((a, b) => a.startMs - b.startMs)
}

/** The first that begins after `now`, within so many days; undefined where there is none. */
export function nextOf<T extends Timed>(
  entries: readonly T[],
  now: number,
  village: string,
  withinDays = 40,
): Occurrence<T> | undefined {
  for (let ahead = 0; ahead <= withinDays; ahead += 1) {
    const found = ofDay(entries, localDay(now + ahead * dayMs), village).find(
      ({ startMs }) => startMs > now,
    )
    if (found !== undefined) return found
  }
  return undefined
}

/** What is on the air. */
export function onAir<T extends Timed & { readonly minutes: number }>(
  columns: readonly T[],
  now: number,
  village: string,
): Occurrence<T> | undefined {
  return ofDay(columns, localDay(now), village).find(
    ({ entry, startMs }) => now >= startMs && now < startMs + entry.minutes * 60_000,
  )
}

/** 3 天 4 小时, 4 小时 12 分, 12 分钟, 即将开始 */
export function countdown(ms: number): string {
  const minutes = Math.ceil(ms / 60_000)
  if (minutes <= 1) return '即将开始'
  if (minutes < 60) return `${minutes} 分钟`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} 小时 ${minutes % 60} 分`
  return `${Math.floor(hours / 24)} 天 ${hours % 24} 小时`
}
