/** A finding's life: raised → reminded → acknowledged → rectified → cleared, who has to act now, and since when. Pure. */
import type { Row } from '../../protocol/board.ts'
import type { WarningRule } from '../../protocol/events.ts'
import { dayStartMs, toInstant } from '../../protocol/time.ts'
import type { Ended } from './cleared.ts'
import { dayOf, dayTextOf } from './dates.ts'
import type { Entry } from './register.ts'
import type { RulesConfig } from './rules/config.ts'
import type { Finding } from './rules/rule.ts'
import type { Handling } from './state.ts'

export interface Found {
  readonly rule: WarningRule
  readonly organization: string
  readonly finding: Finding
  readonly article: string
}

/** What was done about it since it was raised; anything earlier was about an earlier warning. */
function handlingsOf(
  rule: WarningRule,
  since: number,
  handlings: readonly Entry<Handling>[],
): readonly Entry<Handling>[] {
  return handlings.filter(({ at, value }) => value.rule === rule && dayOf(at) >= since)
}

const stages = ['rectified', 'acknowledged', 'reminded'] as const

type Done = readonly Entry<Handling>[]
const lastOf = (done: Done, step: Handling['step']) =>
  done.findLast(({ value }) => value.step === step)

/** Who did what about it, and when. */
function handlingOf(done: Done) {
  const [reminded, acknowledged, rectified] = [
    lastOf(done, 'reminded'),
    lastOf(done, 'acknowledged'),
    lastOf(done, 'rectified'),
  ]
  return {
    reminders: done.filter(({ value }) => value.step === 'reminded').length,
    remindedBy: reminded === undefined || reminded.value.by === 'branch' ? null : reminded.value.by,
    remindedAt: reminded === undefined ? null : toInstant(reminded.at),
    acknowledgedBy: acknowledged?.value.by ?? null,
    acknowledgedAt: acknowledged === undefined ? null : toInstant(acknowledged.at),
    rectifiedBy: rectified?.value.by ?? null,
    rectifiedAt: rectified === undefined ? null : toInstant(rectified.at),
  }
}

export function warningOf(
  { rule, organization, finding, article }: Found,
  day: number,
  handlings: Done,
  { escalation }: RulesConfig,
): Row<'warnings'> {
  const done = handlingsOf(rule, finding.since, handlings)
  const handling = handlingOf(done)
  const age = day - finding.since
  const isAnswered = handling.acknowledgedAt !== null || handling.rectifiedAt !== null
  return {
    id: `${rule}/${organization}`,
    rule,
    organization,
    level: finding.level,
    amount: finding.amount,
    article,
    raisedOn: dayTextOf(finding.since),
    stage: stages.find((step) => lastOf(done, step) !== undefined) ?? 'raised',
    // Unanswered, it climbs: the township hears of it, then the county.
    duty:
      isAnswered || age < escalation.toTownshipAfterDays
        ? 'branch'
        : age < escalation.toCountyAfterDays
          ? 'township'
          : 'county',
    ...handling,
  }
}

/**
 * A warning that is over (销号). `hoursToAction`: from the first reminder to the end of the day that cleared it,
 * since not every act is known by its hour; null where nobody had to remind, and where nobody acted.
 */
export function clearedOf(
  organization: string,
  { rule, finding, clearedOn, end }: Ended,
  handlings: Done,
): Row<'cleared'> {
  const done = handlingsOf(rule, finding.since, handlings).filter(
    ({ at }) => dayOf(at) <= clearedOn,
  )
  const first = done.find(({ value }) => value.step === 'reminded')?.at
  const endMs = dayStartMs(dayTextOf(clearedOn + 1))
  return {
    id: `${rule}/${organization}/${dayTextOf(finding.since)}`,
    rule,
    organization,
    raisedOn: dayTextOf(finding.since),
    ...handlingOf(done),
    clearedOn: dayTextOf(clearedOn),
    clearedBy: end.by,
    clearedAt: end.at === null ? null : toInstant(end.at),
    cause: end.cause,
    hoursToAction:
      first === undefined || end.by === 'lapse' ? null : Math.ceil((endMs - first) / 3_600_000),
  }
}
