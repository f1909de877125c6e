/** A finding's life: raised → reminded → acknowledged → rectified, who has to act now, and since when. Pure. */
import type { Row } from '../../protocol/board.ts'
import type { WarningRule } from '../../protocol/events.ts'
import { dayStartMs, toInstant } from '../../protocol/time.ts'
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

export function warningOf(
  { rule, organization, finding, article }: Found,
  day: number,
  handlings: readonly Entry<Handling>[],
  { escalation }: RulesConfig,
): Row<'warnings'> {
  const done = handlingsOf(rule, finding.since, handlings)
  const last = (step: Handling['step']) => done.findLast(({ value }) => value.step === step)
  const [reminded, acknowledged, rectified] = [
    last('reminded'),
    last('acknowledged'),
    last('rectified'),
  ]
  const age = day - finding.since
  const isAnswered = acknowledged !== undefined || rectified !== undefined
  return {
    id: `${rule}/${organization}`,
    rule,
    organization,
    level: finding.level,
    amount: finding.amount,
    article,
    raisedOn: dayTextOf(finding.since),
    stage: stages.find((step) => last(step) !== undefined) ?? 'raised',
    // Unanswered, it climbs: the township hears of it, then the county.
    duty:
      isAnswered || age < escalation.toTownshipAfterDays
        ? 'branch'
        : age < escalation.toCountyAfterDays
          ? 'township'
          : 'county',
    reminders: done.filter(({ value }) => value.step === 'reminded').length,
    remindedBy: reminded === undefined || reminded.value.by === 'branch' ? null : reminded.value.by,
    remindedAt: reminded === undefined ? null : toInstant(reminded.at),
    acknowledgedBy: acknowledged?.value.by ?? null,
    acknowledgedAt: acknowledged === undefined ? null : toInstant(acknowledged.at),
    rectifiedBy: rectified?.value.by ?? null,
    rectifiedAt: rectified === undefined ? null : toInstant(rectified.at),
  }
}

/**
 * A warning that is over (销号). `hoursToAction`: from the first reminder to the end of the day that cleared it,
 * since an activity is known by its day; null where nobody had to remind.
 */
export function clearedOf(
  { rule, organization, finding }: Found,
  clearedOn: number,
  handlings: readonly Entry<Handling>[],
): Row<'cleared'> {
  const reminders = handlingsOf(rule, finding.since, handlings).filter(
    ({ at, value }) => value.step === 'reminded' && dayOf(at) <= clearedOn,
  )
  const first = reminders[0]?.at
  const endMs = dayStartMs(dayTextOf(clearedOn + 1))
  return {
    id: `${rule}/${organization}/${dayTextOf(finding.since)}`,
    rule,
    organization,
    raisedOn: dayTextOf(finding.since),
    clearedOn: dayTextOf(clearedOn),
    reminders: reminders.length,
    hoursToAction: first === undefined ? null : Math.ceil((endMs - first) / 3_600_000),
  }
}
