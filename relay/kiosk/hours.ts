/** What a kiosk does by the clock: monitors off for the night, browsers started anew once a day. Pure. */
import { dayMs, dayStartMs, isBetween, localDay } from '../../protocol/time.ts'
import type { KioskSettings } from './settings.ts'

const minuteMs = 60_000
/** Machines of one county do not all come back in the same second. */
export const jitterMs = 10 * minuteMs

/** Whether the monitors are on; hours may go over midnight. */
export function isOn(hours: KioskSettings['hours'], nowMs: number): boolean {
  if (hours === null) return true
  const minute = (nowMs - dayStartMs(localDay(nowMs))) / minuteMs
  return isBetween(hours.on, hours.off, minute)
}

/**
 * The next time browsers are started anew, after `nowMs`: at the minute of the day, and `share` (0 … 1, of this machine) of ten
 * minutes later.
 */
export function nextRestart(restart: number, share: number, nowMs: number): number {
  const offsetMs = restart * minuteMs + Math.floor(share * jitterMs)
  const today = dayStartMs(localDay(nowMs)) + offsetMs
  return today > nowMs ? today : today + dayMs
}
