/** The day of a board and the minute of it. Pure. */
import { dayNumber, dayOfNumber, dayStartMs, localDay } from '../../protocol/time.ts'
import type { State } from './state.ts'

export interface Clock {
  /** The latest day that began; the instant's own while none did. */
  readonly day: number
  /** Of the day; an instant outside it counts as its first or last minute. */
  readonly minute: number
  /** The instant of that minute. */
  readonly asOfMs: number
}

export function clockOf(days: State['days'], asOfMs: number): Clock {
  let day = -Infinity
  for (const each of days.keys()) day = Math.max(day, each)
  if (day === -Infinity) day = dayNumber(localDay(asOfMs))
  const midnight = dayStartMs(dayOfNumber(day))
  const minute = Math.floor(Math.min(Math.max(asOfMs - midnight, 0), 86_399_999) / 60_000)
  return { day, minute, asOfMs: midnight + minute * 60_000 }
}
