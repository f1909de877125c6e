/** The one row of numbers that add up over divisions (protocol/measures.ts). Pure. */
import type { Row } from '../../protocol/board.ts'
import { noTotals, type Totals } from '../../protocol/measures.ts'
import { yearStart } from './calendar.ts'
import type { SumName } from './domain.ts'
import type { FactTotals } from './fact-totals.ts'
import type { Judged } from './judge.ts'
import type { Pipelines } from './pipelines.ts'
import type { State } from './state.ts'

export interface TotalsFacts {
  /** Day number of the board. */
  readonly day: number
  /** The instant as of which a case is overdue, to the minute, within the day. */
  readonly asOfMs: number
  readonly row: Row<'county'>
  readonly judged: ReadonlyMap<string, Judged>
  readonly streams: readonly Row<'streams'>[]
  readonly state: State
  readonly pipelines: Pipelines
  readonly factTotals: FactTotals
}

const learnerDays = 30

export function totalsOf(county: string, facts: TotalsFacts): Totals {
  const { day, asOfMs, row, judged, streams, state, pipelines, factTotals } = facts
  const all = [...judged.values()]
  const total = (size: (each: Judged) => number) => all.reduce((sum, each) => sum + size(each), 0)
  const number = (holds: (each: Judged) => boolean) => total((each) => (holds(each) ? 1 : 0))
  const warned = (rule: string) =>
    total((each) => each.warnings.reduce((sum, one) => sum + (one.rule === rule ? 1 : 0), 0))
  const warnings = total((each) => each.warnings.length)
  const silence = warned('silence')
  const dues = warned('dues')
  const term = warned('term')

  const january = yearStart(day)
  const inYear = (stage: Parameters<Pipelines['between']>[0]) =>
    pipelines.between(stage, january, day)
  const ever = (stage: Parameters<Pipelines['between']>[0]) =>
    pipelines.between(stage, -Infinity, day)
  const summed = (name: SumName, from: number) => {
    let sum = 0
    for (const [each, [amount]] of state.domain.sums.get(name) ?? [])
      if (each >= from && each <= day) sum += amount
    return sum
  }
  const open = [...pipelines.openCases()]

  const counted = factTotals.count(day)
  const registered = new Set(factTotals.held('floating').map(({ subject }) => subject))
  const away = [...judged].reduce(
    (sum, [id, { away: cities }]) =>
      registered.has(id) ? sum : sum + cities.reduce((all, { members }) => all + members, 0),
    0,
  )

  return {
    ...noTotals(county),
    ...counted,
    organizations: row.organizations,
    branches: number((each) => each.isJudged),
    members: row.members,
    movedIn: total((each) => each.movedIn),
    inactive: total((each) => each.inactive),
    online: row.online,
    silent: row.silent,
    silent60: row.silent60,
    silent90: row.silent90,
    activitiesToday: row.activitiesToday,
    activitiesYesterday: row.activitiesYesterday,
    standardBranches: number((each) => each.isStandard),
    cadenceDue: number((each) => each.isCadenceKept !== undefined),
    cadenceKept: number((each) => each.isCadenceKept === true),
    warningsSilence: silence,
    warningsDues: dues,
    warningsTerm: term,
    warningsOther: warnings - silence - dues - term,
    reminders: total((each) => each.reminders),
    duesUnpaid: row.duesUnpaid,
    termOverdue: row.termOverdue,
    termSoon: row.termSoon,
    floatingCommittees: row.floatingCommittees,
    floatingBranches: row.floatingBranches,
    floatingMembers: (counted.floatingMembers ?? 0) + away,
    floatingExchanges: summed('exchanges', -Infinity),
    streams: streams.length,
    villagesLive: new Set(streams.map(({ organization }) => organization)).size,
    learnersToday: row.learnersToday,
    learners30: learnersBetween(state, day - learnerDays, day - 1),
    minutes30: total((each) => each.minutes30),
    quizParticipants: summed('quizParticipants', january),
    quizAnswered: summed('quizAnswered', january),
    quizRight: summed('quizRight', january),
    reflections: summed('reflections', -Infinity),
    suggestions: ever('suggestion/made'),
    suggestionsReplied: ever('suggestion/replied'),
    suggestionsClosed: ever('suggestion/closed'),
    points: total((each) => each.points),
    goldBranches: row.gold,
    silverBranches: row.silver,
    yellowBranches: row.yellow,
    blackBranches: row.black,
    redeemed: summed('redeemed', january),
    transfersApplied: inYear('transfer/applied'),
    transfersDone: inYear('transfer/done'),
    ordersRequested: inYear('order/any'),
    ordersVerified: inYear('order/verified'),
    ordersResolved: inYear('order/resolved'),
    casesCollected: inYear('case/collected'),
    casesHandled: inYear('case/handled'),
    casesDisposed: inYear('case/disposed'),
    casesOpen: open.length,
    casesOverdue: open.filter(({ dueAt }) => dueAt !== undefined && dueAt < asOfMs).length,
    serviceDone: summed('serviceDone', -Infinity),
    serviceDoneProvince: summed('serviceDoneProvince', -Infinity),
    ratings: summed('ratings', -Infinity),
    ratingScore: summed('ratingScore', -Infinity),
    visits: inYear('visit/visited'),
    visitsFound: inYear('visit/found'),
    visitsSolved: inYear('visit/solved'),
  }
}

function learnersBetween(state: State, from: number, to: number): number {
  let sum = 0
  for (let day = from; day <= to; day += 1)
    for (const [learners] of state.learners.get(day)?.values() ?? []) sum += learners
  return sum
}
