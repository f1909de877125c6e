/** Moments, days and speeds of the time machine. Pure: everything in ms, days are local days. */
import {
  dayMs,
  dayNumber,
  dayOfNumber,
  dayStartMs,
  isRealDate,
  localDay,
} from '../../protocol/time.ts'

const minuteMs = 60_000

/** Seconds of the past in one second at the wall. */
export const speeds = [1, 10, 60, 600] as const
/** A whole day in a minute. */
export const daySpeed = 1_440
/** The wall is given so many boards a second at most: more is not read, and each costs the relay some milliseconds. */
const boardsPerSecond = 10
/** As many as the relay gives for one question. */
const mostFrames = 1_000

/** Between two boards, in whole seconds. */
export function stepSecondsOf(speed: number): number {
  return Math.max(1, Math.round(speed / boardsPerSecond))
}

export interface Asked {
  readonly fromMs: number
  readonly toMs: number
  readonly stepSeconds: number
}

/** What is asked for to play on from a moment, no further than `endMs`; instants on the wire are whole seconds. */
export function askedFor(fromMs: number, speed: number, endMs: number): Asked {
  const stepSeconds = stepSecondsOf(speed)
  const toMs = Math.min(endMs, fromMs + (mostFrames - 1) * stepSeconds * 1_000)
  return { fromMs, toMs: Math.max(fromMs, toMs), stepSeconds }
}

/** A moment that has passed, a whole minute where it is not the last before the present. */
export function pastMoment(ms: number, presentMs: number): number {
  const last = Math.floor(presentMs / 1_000) * 1_000 - 1_000
  return Math.min(Math.round(ms / minuteMs) * minuteMs, last)
}

/** The first and the last moment of a local day that the wall may be asked for. */
export function boundsOf(day: string): { readonly fromMs: number; readonly toMs: number } {
  const next = dayStartMs(dayOfNumber(dayNumber(day) + 1))
  return { fromMs: dayStartMs(day), toMs: next - 1_000 }
}

export function dayBefore(day: string, by = 1): string {
  return dayOfNumber(dayNumber(day) - by)
}

/** The same time of another day. */
export function onDay(ms: number, day: string): number {
  return dayStartMs(day) + (ms - dayStartMs(localDay(ms)))
}

/** 0 … 1 of its local day. */
export function fractionOf(ms: number, day: string): number {
  return Math.min(1, Math.max(0, (ms - dayStartMs(day)) / dayMs))
}

export function momentAt(day: string, fraction: number): number {
  return dayStartMs(day) + Math.min(1, Math.max(0, fraction)) * (dayMs - minuteMs)
}

/** `2026-11-27T09:30` of an address, local time; null for anything else. */
export function readMoment(text: string | null): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)$/.exec(text ?? '')
  const [, day = '', hours, minutes] = match ?? []
  if (match === null || !isRealDate(day)) return null
  return dayStartMs(day) + (Number(hours) * 60 + Number(minutes)) * minuteMs
}

export interface DayBar {
  readonly day: string
  readonly value: number
  /** 0 … 1 of the largest. */
  readonly share: number
}

/** `values`: of each day, the last that of `today`. */
export function barsOf(values: readonly number[], today: string): readonly DayBar[] {
  const most = Math.max(1, ...values)
  return values.map((value, index) => ({
    day: dayBefore(today, values.length - 1 - index),
    value,
    share: value / most,
  }))
}
