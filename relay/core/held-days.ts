/**
 * The days on which an organisation held what counts, in order: one number an activity, since a province has millions.
 * Days are day numbers. Pure.
 */
import type { ActivityForm } from '../../protocol/events.ts'
import type { Activity } from './activity.ts'
import { formNumber } from './forms.ts'

export type HeldDays = readonly number[]

/** Bits: 4 of the form, 1 for quorate, 1 for passed. */
const perDay = 64
const quorate = 2
const passed = 1

const dayOf = (mark: number): number => Math.floor(mark / perDay)

/** Of an activity that counts. A meeting without a quorum ends a silence and keeps no cadence. */
export function markOf({ day, form, isQuorate, isPassed }: Activity): number {
  const flags = isQuorate ? quorate + (isPassed ? passed : 0) : 0
  return day * perDay + formNumber(form) * 4 + flags
}

export function withMark(held: HeldDays, mark: number, sign: 1 | -1): HeldDays {
  if (sign === -1) return held.toSpliced(held.lastIndexOf(mark), 1)
  return held.toSpliced(held.findLastIndex((each) => each <= mark) + 1, 0, mark)
}

/** Activities of any form. */
export function heldOn(held: HeldDays, day: number): number {
  let count = 0
  for (let at = held.length - 1; at >= 0; at -= 1) {
    const each = dayOf(held[at] ?? 0)
    if (each < day) break
    if (each === day) count += 1
  }
  return count
}

/** Activities of any form on the days from `from` to `to`. */
export function heldWithin(held: HeldDays, from: number, to: number): number {
  return held.filter((mark) => dayOf(mark) >= from && dayOf(mark) <= to).length
}

/** The last day not after `upTo`. */
export function lastHeld(
  held: HeldDays,
  form: ActivityForm | 'any',
  upTo: number,
): number | undefined {
  const found = held.findLast((mark) => dayOf(mark) <= upTo && isOf(mark, form))
  return found === undefined ? undefined : dayOf(found)
}

/** The last day not after `upTo` on which one was held that passed review. */
export function lastPassed(held: HeldDays, upTo: number): number | undefined {
  const found = held.findLast((mark) => dayOf(mark) <= upTo && (mark & passed) !== 0)
  return found === undefined ? undefined : dayOf(found)
}

export function daysHeld(held: HeldDays, form: ActivityForm | 'any'): Iterable<number> {
  return new Set(held.filter((mark) => isOf(mark, form)).map(dayOf))
}

function isOf(mark: number, form: ActivityForm | 'any'): boolean {
  return form === 'any' || ((mark & quorate) !== 0 && ((mark >> 2) & 15) === formNumber(form))
}
