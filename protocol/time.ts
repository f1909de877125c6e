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

/** False for `2026-02-30` and the like. */
export function isRealDate(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === day
}
