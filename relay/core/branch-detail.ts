/** What one organisation is told of when its card is opened: read out of its state, never kept. Pure. */
import type { BranchDetail, Period } from '../../protocol/branch.ts'
import type { ActivityForm } from '../../protocol/events.ts'
import { toInstant } from '../../protocol/time.ts'
import { activityOf, type Activity, type Piece } from './activity.ts'
import { monthStart, quarterStart, yearStart } from './calendar.ts'
import { dayNumberOf, dayTextOf } from './dates.ts'
import { duesMonthOf, paidBy } from './dues.ts'
import { daysHeld, heldOn, lastHeld, type HeldDays } from './held-days.ts'
import { pointsByReason } from './points.ts'
import type { Entries } from './register.ts'
import { thresholdsOf, type RulesConfig } from './rules/config.ts'
import type { Organization, Recorded } from './state.ts'
import { sumWithin } from './tally.ts'

/** Days are day numbers. */
interface Around {
  readonly day: number
  readonly held: HeldDays
  /** The first day of which an activity of the division is told. */
  readonly toldFrom: number | undefined
  readonly rules: RulesConfig
}

/** 53 weeks: a whole year and the week that runs. */
const calendarDays = 371
const activitiesMost = 6
const stepsMost = 6

/** 三会一课 and 主题党日, each with its period. */
const meetings = [
  { form: 'general-meeting', every: 'quarter', start: quarterStart },
  { form: 'branch-committee', every: 'month', start: monthStart },
  { form: 'group-meeting', every: 'month', start: monthStart },
  { form: 'lecture', every: 'quarter', start: quarterStart },
  { form: 'theme-day', every: 'month', start: monthStart },
] as const

/** Throws where the organisation is not recorded. */
export function detailOf(id: string, told: Organization, around: Around): BranchDetail {
  const recorded = told.records.at(-1)?.value.data
  if (!recorded) throw new Error(`${id} is not recorded`)
  const { day, held, rules } = around
  const counted = told.members.at(-1)?.value
  const { month } = duesMonthOf(day, thresholdsOf(rules, 'dues'))
  const year = yearStart(day)
  return {
    id,
    day: dayTextOf(day),
    parent: recorded.parent ?? null,
    foundedOn: recorded.foundedOn,
    termEndsOn: recorded.termEndsOn ?? null,
    members: counted?.members ?? 0,
    away: (counted?.away ?? []).reduce((sum, { members }) => sum + members, 0),
    dues: { month, paid: Math.max(0, paidBy(told.dues, month, day)) },
    minutesMonth: Math.max(0, sumWithin(told.minutes, monthStart(day), day)),
    volunteering: [...daysHeld(held, 'volunteering')].filter((on) => on >= year && on <= day)
      .length,
    meetings: meetingsOf(recorded, counted, around),
    calendar: Array.from({ length: calendarDays }, (_, index) =>
      heldOn(held, day - calendarDays + 1 + index),
    ),
    points: pointsByReason(told.points, monthStart(day), day),
    activities: latest(told.activities, day).map(([activity, pieces, row]) => ({
      id: activity,
      at: toInstant(row.at),
      form: row.form,
      title: row.title,
      present: row.present,
      expected: row.expected,
      townshipReview: row.townshipReview,
      countyReview: row.countyReview,
      steps: stepsOf(pieces),
    })),
  }
}

/** Committees act through their branches; a branch without groups or committee owes them no meeting. */
function meetingsOf(
  recorded: Recorded,
  counted: { readonly members: number; readonly groups?: number } | undefined,
  { day, held, toldFrom, rules }: Around,
): BranchDetail['meetings'] {
  if (recorded.kind !== 'branch') return []
  const knownFrom = Math.max(dayNumberOf(recorded.foundedOn), toldFrom ?? day)
  const isDue = (form: ActivityForm & (typeof meetings)[number]['form']): boolean => {
    if (!rules.thresholds.has(form)) return false
    if (form === 'group-meeting') return (counted?.groups ?? 0) > 0
    if (form !== 'branch-committee') return true
    return (counted?.members ?? 0) >= thresholdsOf(rules, 'branch-committee').fromMembers
  }
  return meetings
    .filter(({ form }) => isDue(form))
    .map(({ form, every, start }) => {
      const periods: Period[] = []
      for (let from = start(day); from >= yearStart(day); from = start(from - 1)) {
        const isRunning = periods.length === 0
        const last = lastHeld(held, form, isRunning ? day : nextStart(start, from) - 1)
        if (last !== undefined && last >= from) periods.push('held')
        else if (isRunning) periods.push('running')
        else periods.push(from < knownFrom ? 'untold' : 'missed')
      }
      return { form, every, periods: periods.toReversed() }
    })
}

/** A period has at most 92 days. */
function nextStart(start: (day: number) => number, from: number): number {
  let day = from + 28
  while (start(day) === from) day += 1
  return start(day)
}

type Held = readonly [id: string, pieces: Entries<Piece>, activity: Activity]

function latest(activities: Organization['activities'], day: number): readonly Held[] {
  return [...activities]
    .flatMap(([id, pieces]): Held[] => {
      const activity = activityOf(pieces)
      return activity === undefined || activity.day > day ? [] : [[id, pieces, activity]]
    })
    .sort((a, b) => b[2].at - a[2].at || (a[0] < b[0] ? -1 : 1))
    .slice(0, activitiesMost)
}

function stepsOf(pieces: Entries<Piece>): BranchDetail['activities'][number]['steps'] {
  return pieces
    .flatMap(({ at, value }): BranchDetail['activities'][number]['steps'] => {
      const told = toInstant(at)
      if (value.kind === 'reviewed')
        return [{ step: value.level, verdict: value.verdict, at: told }]
      return value.kind === 'signed' ? [] : [{ step: value.kind, verdict: null, at: told }]
    })
    .slice(-stepsMost)
}
