/** What the rules may look at, of one organisation, as of any day: the past is asked with the same functions as today. Pure. */
import type { ActivityForm } from '../../protocol/events.ts'
import type { Surroundings } from './judge.ts'
import { dayNumberOf, dayOf } from './dates.ts'
import { duesMonthOf, monthNumberOf, paidBy, unpaidOf, type DuesThresholds } from './dues.ts'
import { lastHeld } from './held-days.ts'
import type { Entries } from './register.ts'
import type { RuleFacts } from './rules/rule.ts'
import { silentDaysOf } from './silence.ts'
import type { Organization, Recorded } from './state.ts'
import { termOf, type TermThresholds } from './term.ts'

/** Thresholds that the facts themselves depend on. */
export interface OwnThresholds {
  readonly dues: DuesThresholds
  readonly term: TermThresholds
}

export function factsAt(
  day: number,
  told: Organization,
  recorded: Recorded,
  around: Surroundings,
  { dues, term }: OwnThresholds,
): RuleFacts {
  const isPast = day < around.day
  const counted = (isPast ? countedOn(told, day) : told.members.at(-1))?.value
  const members = counted?.members ?? 0
  const foundedOn = dayNumberOf(recorded.foundedOn)
  const reportedDay = Math.min(day, around.completeUpTo)
  return {
    day,
    reportedDay,
    foundedOn,
    knownFrom: Math.max(foundedOn, around.toldFrom ?? day),
    members,
    groups: counted?.groups ?? 0,
    silentDays: silentDaysOf(reportedDay, foundedOn, lastHeld(around.held, 'any', day)),
    lastHeld: (form: ActivityForm | 'any', before: number) => lastHeld(around.held, form, before),
    unpaid: unpaidAsOf(told, members, day, around.duesFrom, dues),
    term: termOf(recorded, dayOf(told.records[0]?.at ?? 0), term),
    checks: isPast ? toldBy(around.checks, day) : around.checks,
    duesChecks: isPast ? toldBy(around.duesChecks, day) : around.duesChecks,
  }
}

function toldBy<T>(checks: Entries<T>, day: number): Entries<T> {
  return checks.filter(({ at }) => dayOf(at) <= day)
}

/** As counted by the end of a day; before anything was counted, as first counted. */
function countedOn(
  { members }: Organization,
  day: number,
): Organization['members'][number] | undefined {
  return members.findLast(({ at }) => dayOf(at) <= day) ?? members[0]
}

function unpaidAsOf(
  told: Organization,
  members: number,
  day: number,
  duesFrom: number | undefined,
  thresholds: DuesThresholds,
): number {
  const { month } = duesMonthOf(day, thresholds)
  if (members === 0 || monthNumberOf(month) < (duesFrom ?? Infinity)) return 0
  return unpaidOf(members, paidBy(told.dues, month, day))
}
