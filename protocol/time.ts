/** Local time is Asia/Shanghai: UTC+8, and UTC+9 in the summers of 1986 to 1991. Pure: no clock is read here. */

const hourMs = 3_600_000
export const dayMs = 86_400_000

/** The first instant of each summer time and the first after it, in ms: two o'clock at night. */
const summers: readonly (readonly [from: number, to: number])[] = (
  [
    ['1986-05-04', '1986-09-14'],
    ['1987-04-12', '1987-09-13'],
    ['1988-04-17', '1988-09-11'],
    ['1989-04-16', '1989-09-17'],
    ['1990-04-15', '1990-09-16'],
    ['1991-04-14', '1991-09-15'],
  ] as const
).map(([from, to]) => [Date.parse(`${from}T02:00+08:00`), Date.parse(`${to}T02:00+09:00`)])
const firstSummer = summers[0]?.[0] ?? 0
const lastSummer = summers.at(-1)?.[1] ?? 0

/** By how many ms local time is ahead of UTC at an instant. */
export function offsetMsAt(ms: number): number {
  // Almost every instant is of this century.
  if (ms >= lastSummer || ms < firstSummer) return 8 * hourMs
  return summers.some(([from, to]) => ms >= from && ms < to) ? 9 * hourMs : 8 * hourMs
}

/** Milliseconds since the epoch of an RFC 3339 instant. */
export function instantMs(instant: string): number {
  return Date.parse(instant)
}

/** `2026-06-18T09:41:26+08:00` for milliseconds since the epoch. */
export function toInstant(ms: number): string {
  const offsetMs = offsetMsAt(ms)
  return `${new Date(ms + offsetMs).toISOString().slice(0, 19)}+0${offsetMs / hourMs}:00`
}

/** The local calendar day of milliseconds since the epoch: `2026-06-18`. */
export function localDay(ms: number): string {
  return new Date(ms + offsetMsAt(ms)).toISOString().slice(0, 10)
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
  const winter = dayNumber(day) * dayMs - 8 * hourMs
  return offsetMsAt(winter - hourMs) === 9 * hourMs ? winter - hourMs : winter
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

/** Whether a time of the day lies from `from` on and before `to`: over midnight where it begins later than it ends. */
export function isBetween<T extends number | string>(from: T, to: T, at: T): boolean {
  return from <= to ? from <= at && at < to : at >= from || at < to
}
