/** "Generally once a month / quarter / year": how many whole periods went by without it. Calendar periods, not days. */
import { Type } from 'typebox'
import type { ActivityForm } from '../../../protocol/events.ts'
import { monthStart, quarterStart, yearStart } from '../calendar.ts'
import type { Finding, RuleFacts } from './rule.ts'

export const Missed = Type.Object(
  {
    /** Missed periods in a row from which the warning is yellow, orange, red. */
    yellowFrom: Type.Integer({ minimum: 1 }),
    orangeFrom: Type.Integer({ minimum: 1 }),
    redFrom: Type.Integer({ minimum: 1 }),
  },
  { additionalProperties: false },
)
export const missedDefaults = { yellowFrom: 1, orangeFrom: 2, redFrom: 3 }

/** First day of the period that lies `ago` periods before the one of `day`; behind it where negative. */
type Start = (day: number, ago?: number) => number
export const month: Start = monthStart
export const quarter: Start = quarterStart
export const year: Start = (day, ago = 0) => monthStart(yearStart(day), 12 * ago)

/** More than this many are one long absence; who is silent so long is warned by other rules too. */
const mostPeriods = 12

/**
 * Whole periods before the running one in which the form was not held, back to the last in which it was,
 * or to the first whole one after the founding, and after the first day that anything is known of. The running period
 * is not judged.
 */
export function missedPeriods(form: ActivityForm, start: Start, facts: RuleFacts): number {
  const last = facts.lastHeld(form, facts.reportedDay) ?? -Infinity
  let missed = 0
  while (missed < mostPeriods) {
    const from = start(facts.reportedDay, missed + 1)
    if (from < facts.knownFrom || last >= from) break
    missed += 1
  }
  return missed
}

/** A finding where too many periods were missed; it was raised when the first of them that warns was over. */
export function findMissed(
  form: ActivityForm,
  start: Start,
  facts: RuleFacts,
  { yellowFrom, orangeFrom, redFrom }: typeof missedDefaults,
): Finding | undefined {
  const missed = missedPeriods(form, start, facts)
  if (missed < yellowFrom) return undefined
  const level = missed >= redFrom ? 4 : missed >= orangeFrom ? 3 : 2
  const last = facts.lastHeld(form, facts.reportedDay) ?? -Infinity
  const known = start(facts.knownFrom) === facts.knownFrom ? 0 : -1
  const first = last >= facts.knownFrom ? start(last, -1) : start(facts.knownFrom, known)
  return { level, amount: missed, since: start(first, -yellowFrom) }
}
