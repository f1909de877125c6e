/** One organisation, judged by the rules as of a day. Pure: facts in, figures out. */
import type { FlagState, Row } from '../../protocol/board.ts'
import type { PointsReason } from '../../protocol/events.ts'
import { isCadenceKept, type CadenceForm } from './cadence.ts'
import { monthStart, yearStart } from './calendar.ts'
import { dayNumberOf, dayOf } from './dates.ts'
import { factsAt } from './facts-at.ts'
import { heldOn, heldWithin, lastHeld, lastPassed, type HeldDays } from './held-days.ts'
import { pointsOf, reasonOf } from './points.ts'
import { ruleNames, ruleOf } from './rules/all.ts'
import { thresholdsOf, type RulesConfig } from './rules/config.ts'
import { silenceLevelOf, type SilenceLevel } from './silence.ts'
import type { Checks, DuesChecks } from './rules/rule.ts'
import type { Organization, Recorded } from './state.ts'
import { sumWithin } from './tally.ts'
import { termStateOf, type TermState } from './term.ts'
import { endedLately } from './cleared.ts'
import { clearedOf, warningOf } from './warnings.ts'

/** What is not in the organisation's own state. Days are day numbers. */
export interface Surroundings {
  readonly day: number
  /** Its platform's activities are complete up to this day: later days raise no silence. */
  readonly completeUpTo: number
  readonly held: HeldDays
  /**
   * The first day of which an activity of the division is told. A platform that joined in September says nothing of
   * the years before: nobody has missed what they may have held.
   */
  readonly toldFrom: number | undefined
  /** The first month of which dues are told in the division, see dues-months.ts. */
  readonly duesFrom: number | undefined
  /** What was counted of its members by the long periods. */
  readonly checks: Checks
  /** How what its members are set to pay stood to the standard, the months in order. */
  readonly duesChecks: DuesChecks
  /** An activity started today is not reported yet. */
  readonly hasOpenActivity: boolean
  /** The most that came to one activity of this month; asked of floating organisations alone. */
  readonly mostPresent: number
  readonly streams: readonly { readonly activity: string | null }[]
}

/** How a floating organisation lives this month; nobody asks it of others. */
export interface Gathered {
  readonly activities: number
  /** Members who took part at least. */
  readonly joined: number
  readonly lastOn: number | undefined
}

/** What points, study and flags move from one second to the next. No rule looks at it, so it is judged by itself. */
interface Moving {
  readonly state: FlagState
  readonly isOnline: boolean
  readonly points: number
  readonly pointsBefore: number
  readonly reason: PointsReason | null
  readonly minutes: number
  /** Over the last 30 whole days. */
  readonly minutes30: number
}

export interface Judged extends Moving {
  readonly recorded: Recorded
  readonly isJudged: boolean
  /** Undefined while the flag tells only whether the organisation is online. */
  readonly marked: FlagState | undefined
  readonly members: number
  readonly away: readonly { readonly city: string; readonly members: number }[]
  readonly gathered: Gathered | undefined
  readonly silentDays: number
  readonly level: SilenceLevel
  readonly wasSilent: boolean
  readonly activitiesToday: number
  readonly activitiesYesterday: number
  /** False in the month of its founding. */
  readonly hasMonth: boolean
  readonly unpaid: number
  readonly unpaidYesterday: number
  readonly term: TermState | undefined
  /** The last day of the term of office, as a day number. */
  readonly termEndsOn: number | undefined
  readonly isCadenceKept: boolean | undefined
  readonly movedIn: number
  readonly inactive: number
  /** Reminders of this year. */
  readonly reminders: number
  /** An activity of the last 90 days passed review. */
  readonly isStandard: boolean
  readonly warnings: readonly Row<'warnings'>[]
  /** Warnings that ended lately. */
  readonly cleared: readonly Row<'cleared'>[]
}

/** Undefined while the organisation is not recorded, and once it is dissolved. */
export function judge(
  id: string,
  told: Organization,
  around: Surroundings,
  config: RulesConfig,
): Judged | undefined {
  const recorded = told.records.at(-1)?.value.data
  if (!recorded) return undefined
  const { day, held } = around
  const counted = told.members.at(-1)?.value
  const members = counted?.members ?? 0
  const foundedOn = dayNumberOf(recorded.foundedOn)
  // 静默支部 is about 支部: committees and general branches act through their branches.
  const isJudged = recorded.kind === 'branch'
  const own = { dues: thresholdsOf(config, 'dues'), term: thresholdsOf(config, 'term') }
  const silence = config.thresholds.has('silence') ? thresholdsOf(config, 'silence') : undefined
  const levelOf = (days: number): SilenceLevel =>
    isJudged && silence !== undefined ? silenceLevelOf(days, silence) : 0

  const facts = factsAt(day, told, recorded, around, own)
  const yesterday = factsAt(day - 1, told, recorded, around, own)
  const { silentDays, unpaid, term } = facts
  const level = levelOf(silentDays)

  const warnings: Row<'warnings'>[] = []
  for (const name of ruleNames) {
    const thresholds = config.thresholds.get(name)
    const rule = ruleOf(name)
    if (thresholds === undefined || (rule.isForBranches && !isJudged)) continue
    const finding = rule.find(facts, thresholds)
    if (finding === undefined) continue
    const found = { rule: name, organization: id, finding, article: rule.article(thresholds) }
    warnings.push(warningOf(found, day, told.handlings, config))
  }
  const factsOn = (on: number) => factsAt(on, told, recordedOn(told, on) ?? recorded, around, own)
  const cleared = endedLately(told, around, config, isJudged, factsOn).map((ended) =>
    clearedOf(id, ended, told.handlings),
  )

  const activitiesToday = heldOn(held, day)
  const isLive =
    around.streams.some((stream) => stream.activity !== null) ||
    (around.streams.length > 0 && around.hasOpenActivity)
  const quiet = level > 0 ? 'silent' : undefined
  const marked = isLive ? 'live' : activitiesToday > 0 ? 'active' : quiet
  return {
    ...movingOf(told, day, marked),
    recorded,
    isJudged,
    marked,
    members,
    away: counted?.away ?? [],
    gathered:
      recorded.group === 'floating'
        ? {
            activities: heldWithin(held, monthStart(day), day),
            joined: Math.min(members, around.mostPresent),
            lastOn: lastHeld(held, 'any', day),
          }
        : undefined,
    silentDays,
    level,
    wasSilent: levelOf(yesterday.silentDays) > 0,
    activitiesToday,
    activitiesYesterday: heldOn(held, day - 1),
    hasMonth: foundedOn < monthStart(day),
    unpaid,
    unpaidYesterday: yesterday.unpaid,
    term: term && termStateOf(term, day, own.term),
    termEndsOn: term?.endsOn,
    isCadenceKept: isJudged
      ? isCadenceKept(
          day,
          {
            foundedOn,
            members,
            lastHeld: (form: CadenceForm) => lastHeld(held, form, day),
          },
          { committeeFromMembers: thresholdsOf(config, 'branch-committee').fromMembers },
        )
      : undefined,
    movedIn: counted?.movedIn ?? 0,
    inactive: counted?.inactive ?? 0,
    reminders: remindersSince(told, yearStart(day)),
    isStandard: isJudged && (lastPassed(held, day) ?? -Infinity) > day - standardDays,
    // A list that grew reserves more than it holds.
    warnings: warnings.slice(),
    cleared,
  }
}

/** The same as `judge` on the same day, where only points, study or the online flag were told since. */
export function judgeMoving(before: Judged, told: Organization, day: number): Judged {
  return { ...before, ...movingOf(told, day, before.marked) }
}

function movingOf(told: Organization, day: number, marked: FlagState | undefined): Moving {
  const isOnline = told.online.at(-1)?.value ?? false
  const month = monthStart(day)
  const pointsBefore = pointsOf(told.points, monthStart(day - 1), day - 1)
  return {
    state: marked ?? (isOnline ? 'online' : 'offline'),
    isOnline,
    points: pointsOf(told.points, month, day),
    pointsBefore,
    reason: reasonOf(told.points, day),
    minutes: sumWithin(told.minutes, month, day),
    minutes30: sumWithin(told.minutes, day - 30, day - 1),
  }
}

/** As recorded at the end of a day, where anything was. */
function recordedOn(told: Organization, day: number): Recorded | undefined {
  return told.records.findLast(({ at }) => dayOf(at) <= day)?.value.data ?? undefined
}

/** How long an activity that passed review keeps a branch standard (规范化): a local rule. */
const standardDays = 90

function remindersSince(told: Organization, since: number): number {
  return told.handlings.reduce(
    (sum, { at, value }) => sum + (value.step === 'reminded' && dayOf(at) >= since ? 1 : 0),
    0,
  )
}
