/** Organised life, counted plainly: one organisation after the other, everything it was told, by the words of the rules. */
import type { EventData } from '../../protocol/events.ts'
import type { Measure } from '../../protocol/measures.ts'
import { termEndOf } from './count-term.ts'
import { dateNumberOf, dayOf, dayOfDate, monthOf, monthTextOf, quarterOf, yearOf } from './days.ts'
import type { Heard } from './told.ts'

export type Counts = Partial<Record<Measure, number>>
export type Add = (measure: Measure, amount: number) => void

type Form = EventData<'activity.submitted'>['form']
/** An activity that was begun or reported. */
export interface Held {
  readonly day: number
  /** No reviewer returned it since its last report. */
  readonly isCounted: boolean
  readonly form: Form
  readonly isQuorate: boolean
  readonly isPassed: boolean
  readonly present: number
}

/** `events` of one organisation in order; `reportedDay`: its platform is complete up to this day, at most the present one. */
export interface BranchTold {
  readonly events: readonly Heard[]
  readonly activities: readonly Held[]
  /** The first day of which its division was told an activity: nobody has missed what was before. */
  readonly toldFrom: number
  /** The first month that anyone in the division paid for. */
  readonly duesFrom: string | undefined
  readonly day: number
  readonly reportedDay: (source: string) => number
  readonly add: Add
}

/** What tiers are made of; undefined unless it is a branch that is older than this month. */
export type TierFacts = { readonly points: number; readonly silentDays: number } | undefined
export interface BranchCounted {
  readonly away: number
  readonly tier: TierFacts
}

const last = <K extends Heard['event']['kind']>(events: readonly Heard[], kind: K) =>
  events.findLast(({ event }) => event.kind === kind)?.event.data as EventData<K> | undefined

/** Undefined where it is not recorded, or dissolved: then it is counted nowhere. */
export function countBranch({
  events,
  activities,
  toldFrom,
  duesFrom,
  day,
  reportedDay,
  add,
}: BranchTold): BranchCounted | undefined {
  const record = events.findLast(({ event }) => event.kind.startsWith('organization.'))?.event
  if (record?.kind !== 'organization.recorded') return undefined
  const { kind, group, foundedOn } = record.data
  const isBranch = kind === 'branch'
  const counted = last(events, 'members.counted')
  const members = counted?.members ?? 0
  const founded = dayOfDate(foundedOn)
  const reported = Math.min(day, reportedDay(record.source))
  const held = activities.filter((each) => each.isCounted && each.day <= day)

  add('organizations', 1)
  add('branches', isBranch ? 1 : 0)
  add('members', members)
  add('movedIn', counted?.movedIn ?? 0)
  add('inactive', counted?.inactive ?? 0)
  const line = events.findLast(
    ({ event: { kind } }) => kind === 'branch.online' || kind === 'branch.offline',
  )
  add('online', line?.event.kind === 'branch.online' ? 1 : 0)
  if (group === 'floating') {
    add(kind === 'committee' ? 'floatingCommittees' : 'floatingBranches', 1)
    const ofMonth = held.filter((each) => each.day >= monthOf(day)).map((each) => each.present)
    add('floatingJoined', Math.min(members, Math.max(0, ...ofMonth)))
  }
  add('activitiesToday', held.filter((each) => each.day === day).length)
  add('activitiesYesterday', held.filter((each) => each.day === day - 1).length)

  const latest = Math.max(founded, ...held.map((each) => each.day))
  const silentDays = isBranch ? Math.max(0, reported - latest) : 0
  if (silentDays > 30) {
    for (const measure of ['silent', 'warningsSilence'] as const) add(measure, 1)
    add('silent60', silentDays >= 60 ? 1 : 0)
    add('silent90', silentDays >= 90 ? 1 : 0)
  }
  if (isBranch && held.some((each) => each.isPassed && each.day > day - 90))
    add('standardBranches', 1)

  countDues({ events, day, members, duesFrom }, add)
  const termEnd = termEndOf(record.data, events)
  const left = termEnd === undefined ? Infinity : dayOfDate(termEnd) - day
  add('termOverdue', left < 0 ? 1 : 0)
  add('termSoon', left >= 0 && left <= 90 ? 1 : 0)
  add('warningsTerm', left <= 90 ? 1 : 0)

  const heldLast = (form: Form, upTo: number): number =>
    Math.max(
      -Infinity,
      ...held
        .filter((each) => each.form === form && each.isQuorate && each.day <= upTo)
        .map((each) => each.day),
    )
  const lastOn = (form: Form): number => heldLast(form, day)
  if (isBranch && founded <= monthOf(day, 1)) {
    add('cadenceDue', 1)
    const isKept =
      (founded > quarterOf(day, 1) || lastOn('general-meeting') >= quarterOf(day, 1)) &&
      (members < 7 || lastOn('branch-committee') >= monthOf(day, 1)) &&
      lastOn('theme-day') >= monthOf(day, 1)
    add('cadenceKept', isKept ? 1 : 0)
  }
  if (isBranch) {
    const has = { members, groups: counted?.groups ?? 0, founded, toldFrom, reported, day }
    const on = (form: Form): number => heldLast(form, reported)
    const check = events.findLast(({ event }) => event.kind === 'members.checked')
    const isOfThisYear = check !== undefined && dayOf(check.ms) >= yearOf(day)
    const checked = last(events, 'members.checked')
    const isBelow = belowStandard(events) > 0
    add('warningsOther', otherWarnings(has, on, checked, isOfThisYear) + (isBelow ? 1 : 0))
  }

  let points = 0
  for (const { event, ms } of events) {
    const on = dayOf(ms)
    if (event.kind === 'points.awarded' && on >= monthOf(day) && on <= day)
      points += event.data.points
    if (event.kind === 'study.logged' && on >= day - 30 && on < day)
      add('minutes30', event.data.minutes)
    if (event.kind === 'warning.reminded' && on >= yearOf(day)) add('reminders', 1)
  }
  add('points', points)
  return {
    away: (counted?.away ?? []).reduce((sum, each) => sum + each.members, 0),
    tier: isBranch && founded < monthOf(day) ? { points, silentDays } : undefined,
  }
}

/** After the 20th the running month is asked for, until then the one before; none before the first that anyone in the division paid for. */
function countDues({ events, day, members, duesFrom }: DuesAsked, add: Add): void {
  const month = monthTextOf(dateNumberOf(day) > 20 ? day : monthOf(day) - 1)
  if (duesFrom === undefined || month < duesFrom) return
  let paid = 0
  for (const { event, ms } of events)
    if (event.kind === 'dues.paid' && event.data.month === month && dayOf(ms) <= day)
      paid += event.data.members
  const unpaid = Math.max(0, members - paid)
  add('duesUnpaid', unpaid)
  add('warningsDues', unpaid > 0 ? 1 : 0)
}

/** Members set to pay less than their pay asks for, by the last check of the last month that was checked. */
function belowStandard(events: readonly Heard[]): number {
  let month = ''
  let below = 0
  for (const { event } of events) {
    if (event.kind !== 'dues.checked' || event.data.month < month) continue
    month = event.data.month
    below = event.data.below
  }
  return below
}

export function activitiesOf(events: readonly Heard[]): readonly Held[] {
  const activities = new Map<string, Heard[]>()
  for (const heard of events) {
    if (!heard.event.kind.startsWith('activity.')) continue
    const { activity } = heard.event.data as { readonly activity: string }
    const own = activities.get(activity) ?? []
    activities.set(activity, own)
    own.push(heard)
  }
  const held: Held[] = []
  for (const pieces of activities.values()) {
    const of = <K extends Heard['event']['kind']>(kind: K) =>
      pieces.filter(({ event }) => event.kind === kind)
    const submission = of('activity.submitted').at(-1)
    const report = submission?.event.data as EventData<'activity.submitted'> | undefined
    const start = of('activity.started').at(-1)
    const form =
      report?.form ?? (start?.event.data as EventData<'activity.started'> | undefined)?.form
    if (form === undefined) continue
    const verdict = (level: 'township' | 'county') => {
      const reviews = of('activity.reviewed').filter(
        ({ event }) => event.kind === 'activity.reviewed' && event.data.level === level,
      )
      const review = reviews.at(-1)
      if (review?.event.kind !== 'activity.reviewed') return undefined
      return review.ms < (submission?.ms ?? -Infinity) ? undefined : review.event.data.verdict
    }
    const verdicts = [verdict('township'), verdict('county')]
    const signed = pieces.findLast(
      ({ event }) => event.kind === 'activity.signed' || event.kind === 'activity.submitted',
    )
    const { present, expected } = (signed?.event.data ?? { present: 0, expected: 0 }) as {
      readonly present: number
      readonly expected: number
    }
    const isQuorate =
      form !== 'general-meeting' || report === undefined || expected === 0 || present * 2 > expected
    const atMs = report === undefined ? (start?.ms ?? NaN) : Date.parse(report.heldAt)
    held.push({
      day: dayOf(atMs),
      form,
      isCounted: !verdicts.includes('returned'),
      isQuorate,
      isPassed: isQuorate && verdicts.includes('passed'),
      present,
    })
  }
  return held
}

interface DuesAsked {
  readonly events: readonly Heard[]
  readonly day: number
  readonly members: number
  readonly duesFrom: string | undefined
}

interface Asked {
  readonly members: number
  readonly groups: number
  readonly founded: number
  readonly toldFrom: number
  readonly reported: number
  readonly day: number
}

/** How many warnings of the other rules stand. `heldLast`: the last day, up to the reported one. */
function otherWarnings(
  { members, groups, founded, toldFrom, reported, day }: Asked,
  heldLast: (form: Form) => number,
  checked: EventData<'members.checked'> | undefined,
  isCheckOfThisYear: boolean,
): number {
  const isMissed = (form: Form, start: (day: number, ago?: number) => number): boolean => {
    const from = start(reported, 1)
    return from >= Math.max(founded, toldFrom) && heldLast(form) < from
  }
  const january = yearOf(reported)
  const december = monthOf(january + 345)
  const isLifeDue = reported >= december && heldLast('life-meeting') < january && founded <= january
  const standing = [
    isMissed('general-meeting', quarterOf),
    members >= 7 && isMissed('branch-committee', monthOf),
    groups > 0 && isMissed('group-meeting', monthOf),
    isMissed('lecture', quarterOf),
    isMissed('theme-day', monthOf),
    isMissed('life-meeting', yearOf) || isLifeDue,
    isMissed('appraisal', yearOf),
    isMissed('talk', yearOf),
    isCheckOfThisYear && (checked?.belowHours ?? 0) > 0 && day >= monthOf(yearOf(day) + 310),
    (checked?.lost ?? 0) > 0,
    (checked?.away ?? 0) > 0,
    (checked?.quitting ?? 0) > 0,
    (checked?.abroad ?? 0) > 0,
  ]
  return standing.filter(Boolean).length
}
