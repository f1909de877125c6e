/** Local time is Asia/Shanghai (UTC+8 without summer time since 1992). Pure: no clock is read here. */

const offsetMs = 8 * 3_600_000
export const dayMs = 86_400_000

/** Milliseconds since the epoch of an RFC 3339 instant. */
export function instantMs(instant: string): number {
  return Date.parse(instant)
}

/** `2026-06-18T09:41:26+08:00` for milliseconds since the epoch. */
export function toInstant(ms: number): string {
  return `${new Date(ms + offsetMs).toISOString().slice(0, 19)}+08:00`
}

/** The local calendar day of milliseconds since the epoch: `2026-06-18`. */
export function localDay(ms: number): string {
  return new Date(ms + offsetMs).toISOString().slice(0, 10)
}

/** Days since 1970-01-01 of a plain date: dates are subtracted as calendar days, not as hours. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / dayMs
}

export function dayOfNumber(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10)
}

/** The instant, in ms, at which a local day begins. */
export function dayStartMs(day: string): number {
  return dayNumber(day) * dayMs - offsetMs
}

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const plainDate = /^(\d{4})-(\d{2})-(\d{2})$/

/** False for `2026-02-30` and the like. */
export function isRealDate(day: string): boolean {
  const match = plainDate.exec(day)
  if (match === null) return false
  const month = Number(match[2])
  const most = month === 2 && isLeap(Number(match[1])) ? 29 : (daysInMonth[month - 1] ?? 0)
  const date = Number(match[3])
  return date >= 1 && date <= most
}
