/** One organisation, judged by the rules as of a day. Pure: facts in, figures out. */
import type { FlagState, Row } from '../../protocol/board.ts'
import type { PointsReason } from '../../protocol/events.ts'
import {
  cadenceDefaults,
  isCadenceKept,
  type CadenceForm,
  type CadenceThresholds,
} from './cadence.ts'
import { monthStart, yearStart } from './calendar.ts'
import { dayNumberOf, dayOf } from './dates.ts'
import {
  duesArticle,
  duesDefaults,
  duesLevelOf,
  duesMonthOf,
  unpaidOf,
  type DuesThresholds,
} from './dues.ts'
import { reasonOf } from './ranking.ts'
import {
  silenceArticle,
  silenceDefaults,
  silenceLevelOf,
  silentDaysOf,
  type SilenceLevel,
  type SilenceThresholds,
} from './silence.ts'
import type { Organization, Recorded } from './state.ts'
import { countOn, lastUpTo, sumOf, sumOfMonth, type DayCounts, type Tally } from './tally.ts'
import {
  termArticle,
  termDefaults,
  termLevelOf,
  termStateOf,
  type TermState,
  type TermThresholds,
} from './term.ts'
import { tierDefaults, type TierThresholds } from './tiers.ts'

export interface Thresholds {
  readonly silence: SilenceThresholds
  readonly dues: DuesThresholds
  readonly term: TermThresholds
  readonly cadence: CadenceThresholds
  readonly tiers: TierThresholds
}

export const defaults: Thresholds = {
  silence: silenceDefaults,
  dues: duesDefaults,
  term: termDefaults,
  cadence: cadenceDefaults,
  tiers: tierDefaults,
}

/** What is not in the organisation's own state. Days are day numbers. */
export interface Surroundings {
  readonly day: number
  /** Its platform's activities are complete up to this day: later days raise no silence. */
  readonly completeUpTo: number
  /** Days of counted activities, in all and by form. */
  readonly held: DayCounts | undefined
  readonly heldByForm: ReadonlyMap<string, DayCounts> | undefined
  /** Days of those that passed review. */
  readonly passed: DayCounts | undefined
  /** An activity started today is not reported yet. */
  readonly hasOpenActivity: boolean
  readonly streams: readonly { readonly activity: string | null }[]
}

export interface Judged {
  readonly recorded: Recorded
  readonly isJudged: boolean
  readonly state: FlagState
  readonly isOnline: boolean
  readonly members: number
  readonly away: readonly { readonly city: string; readonly members: number }[]
  readonly silentDays: number
  readonly level: SilenceLevel
  readonly wasSilent: boolean
  readonly activitiesToday: number
  readonly activitiesYesterday: number
  readonly points: number
  readonly pointsBefore: number
  readonly reason: PointsReason | null
  /** False in the month of its founding. */
  readonly hasMonth: boolean
  readonly unpaid: number
  readonly unpaidYesterday: number
  readonly term: TermState | undefined
  readonly isCadenceKept: boolean | undefined
  readonly minutes: number
  /** Over the last 30 whole days. */
  readonly minutes30: number
  readonly movedIn: number
  readonly inactive: number
  /** Reminders of this year. */
  readonly reminders: number
  /** An activity of the last 90 days passed review. */
  readonly isStandard: boolean
  readonly warnings: readonly Row<'warnings'>[]
}

/** Undefined while the organisation is not recorded, and once it is dissolved. */
export function judge(
  id: string,
  told: Organization,
  around: Surroundings,
  thresholds: Thresholds,
): Judged | undefined {
  const recorded = told.records.at(-1)?.value.data
  if (!recorded) return undefined
  const { day, held } = around
  const counted = told.members.at(-1)?.value
  const members = counted?.members ?? 0
  const foundedOn = dayNumberOf(recorded.foundedOn)
  // 静默支部 is about 支部: committees and general branches act through their branches.
  const isJudged = recorded.kind === 'branch'

  const silentDays = silentDaysOf(
    Math.min(day, around.completeUpTo),
    foundedOn,
    lastUpTo(held, day),
  )
  const level = isJudged ? silenceLevelOf(silentDays, thresholds.silence) : 0
  const daysYesterday = silentDaysOf(
    Math.min(day - 1, around.completeUpTo),
    foundedOn,
    lastUpTo(held, day - 1),
  )
  const wasSilent = isJudged && silenceLevelOf(daysYesterday, thresholds.silence) > 0

  const unpaid = unpaidAsOf(told, members, day, thresholds)
  const daysLeft =
    recorded.termEndsOn === undefined ? undefined : dayNumberOf(recorded.termEndsOn) - day
  const term = daysLeft === undefined ? undefined : termStateOf(daysLeft, thresholds.term)

  const warnings: Row<'warnings'>[] = []
  const warn = (
    rule: 'silence' | 'dues' | 'term',
    warning: Pick<Row<'warnings'>, 'level' | 'amount' | 'article'>,
    since: number,
  ) => {
    const remindedBy = reminderOf(told, rule, since)
    warnings.push({ id: `${rule}/${id}`, rule, organization: id, remindedBy, ...warning })
  }
  if (level > 0) {
    const article = silenceArticle(thresholds.silence)
    const lastAlive = Math.max(foundedOn, lastUpTo(held, day) ?? foundedOn)
    warn('silence', { level: level || 2, amount: silentDays, article }, lastAlive + 1)
  }
  if (unpaid > 0) {
    const { month, warnedSince } = duesMonthOf(day, thresholds.dues)
    warn(
      'dues',
      { level: duesLevelOf(day, month), amount: unpaid, article: duesArticle },
      warnedSince,
    )
  }
  if (term !== undefined && daysLeft !== undefined) {
    const warning = { level: termLevelOf(daysLeft), amount: daysLeft, article: termArticle }
    warn('term', warning, day + daysLeft - thresholds.term.soonDays)
  }

  const isFirst = monthStart(day) === day
  const pointsBefore = sumOfMonth(told.points, day - 1, sizeOf)
  const isOnline = told.online.at(-1)?.value ?? false
  const activitiesToday = countOn(held, day)
  const isLive =
    around.streams.some((stream) => stream.activity !== null) ||
    (around.streams.length > 0 && around.hasOpenActivity)
  const idle = level > 0 ? 'silent' : isOnline ? 'online' : 'offline'
  return {
    recorded,
    isJudged,
    state: isLive ? 'live' : activitiesToday > 0 ? 'active' : idle,
    isOnline,
    members,
    away: counted?.away ?? [],
    silentDays,
    level,
    wasSilent,
    activitiesToday,
    activitiesYesterday: countOn(held, day - 1),
    points: (isFirst ? 0 : pointsBefore) + sizeOf(told.points.get(day)),
    pointsBefore,
    reason: reasonOf(told.points.get(day)),
    hasMonth: foundedOn < monthStart(day),
    unpaid,
    unpaidYesterday: unpaidAsOf(told, members, day - 1, thresholds),
    term,
    isCadenceKept: isJudged
      ? isCadenceKept(
          day,
          {
            foundedOn,
            members,
            lastHeld: (form: CadenceForm) => lastUpTo(around.heldByForm?.get(form), day),
          },
          thresholds.cadence,
        )
      : undefined,
    minutes30: sumBetween(told.minutes, day - 30, day - 1),
    movedIn: counted?.movedIn ?? 0,
    inactive: counted?.inactive ?? 0,
    reminders: remindersSince(told, yearStart(day)),
    isStandard: isJudged && (lastUpTo(around.passed, day) ?? -Infinity) > day - standardDays,
    minutes: (isFirst ? 0 : sumOfMonth(told.minutes, day - 1, firstOf)) + sumOf(told.minutes, day),
    warnings,
  }
}

function unpaidAsOf(
  told: Organization,
  members: number,
  day: number,
  thresholds: Thresholds,
): number {
  if (members === 0) return 0
  const payments = told.dues.get(duesMonthOf(day, thresholds.dues).month)
  let payers = 0
  for (const [paidOn, [sum]] of payments ?? []) if (paidOn <= day) payers += sum
  return unpaidOf(members, payers)
}

/** Who reminded last, unless that was about an earlier warning. */
function reminderOf(told: Organization, rule: string, since: number): 'township' | 'county' | null {
  const last = told.handlings.findLast(
    ({ value }) => value.step === 'reminded' && value.rule === rule,
  )
  return last && dayOf(last.at) >= since && last.value.by !== 'branch' ? last.value.by : null
}

/** How long an activity that passed review keeps a branch standard (规范化): a local rule. */
const standardDays = 90

function remindersSince(told: Organization, since: number): number {
  return told.handlings.reduce(
    (sum, { at, value }) => sum + (value.step === 'reminded' && dayOf(at) >= since ? 1 : 0),
    0,
  )
}

function sumBetween(days: Tally<number>, from: number, to: number): number {
  let sum = 0
  for (let day = from; day <= to; day += 1) sum += sumOf(days, day)
  return sum
}

function sizeOf(day: Tally<PointsReason> | undefined): number {
  let points = 0
  if (day) for (const [sum] of day.values()) points += sum
  return points
}

function firstOf([sum]: readonly [number, number]): number {
  return sum
}
