/** The one row of numbers that add up over divisions (protocol/measures.ts). Pure. */
import type { Row } from '../../protocol/board.ts'
import { noTotals, type Totals } from '../../protocol/measures.ts'
import { yearStart } from './calendar.ts'
import { dueOf, type CaseHours } from './case-time.ts'
import type { SumName } from './domain.ts'
import type { FactCounts } from './fact-totals.ts'
import type { JudgedSums } from './judged-sums.ts'
import type { Pipelines, StageName } from './pipelines.ts'
import { learnersOf } from './rows/study.ts'
import type { State } from './state.ts'

export interface TotalsFacts {
  /** Day number of the board. */
  readonly day: number
  /** The instant as of which a case is overdue, to the minute, within the day. */
  readonly asOfMs: number
  readonly county: Row<'county'>
  readonly sums: JudgedSums
  readonly counts: FactCounts
  /** Organisations with a stream up. */
  readonly live: number
  readonly state: State
  readonly pipelines: Pipelines
  readonly caseHours: CaseHours
}

const learnerDays = 30

export function totalsOf(id: string, facts: TotalsFacts): Totals {
  const { day, asOfMs, county, sums, counts, state, pipelines } = facts
  const january = yearStart(day)
  const inYear = (stage: StageName) => pipelines.between(stage, january, day)
  const ever = (stage: StageName) => pipelines.between(stage, -Infinity, day)
  const summed = (name: SumName, from: number) => {
    let sum = 0
    for (const [each, [amount]] of state.domain.sums.get(name) ?? [])
      if (each >= from && each <= day) sum += amount
    return sum
  }
  const open = [...pipelines.openCases()]
  let learners30 = 0
  for (let ago = 1; ago <= learnerDays; ago += 1)
    learners30 += learnersOf(state.learners, day - ago)

  return {
    ...noTotals(id),
    ...counts,
    organizations: sums.organizations,
    branches: sums.branches,
    members: sums.members,
    movedIn: sums.movedIn,
    inactive: sums.inactive,
    online: sums.online,
    silent: sums.silent,
    silent60: sums.silent60,
    silent90: sums.silent90,
    activitiesToday: sums.activitiesToday,
    activitiesYesterday: sums.activitiesYesterday,
    standardBranches: sums.standardBranches,
    cadenceDue: sums.cadenceDue,
    cadenceKept: sums.cadenceKept,
    warningsSilence: sums.warningsSilence,
    warningsDues: sums.warningsDues,
    warningsTerm: sums.warningsTerm,
    warningsOther: sums.warningsOther,
    reminders: sums.reminders,
    duesUnpaid: sums.duesUnpaid,
    termOverdue: sums.termOverdue,
    termSoon: sums.termSoon,
    floatingCommittees: sums.floatingCommittees,
    floatingBranches: sums.floatingBranches,
    floatingMembers: county.floatingMembers,
    floatingJoined: sums.floatingJoined,
    floatingExchanges: summed('exchanges', -Infinity),
    streams: county.streams,
    villagesLive: facts.live,
    learnersToday: county.learnersToday,
    learners30,
    minutes30: sums.minutes30,
    minutesMonth: sums.minutes,
    quizParticipants: summed('quizParticipants', january),
    quizAnswered: summed('quizAnswered', january),
    quizRight: summed('quizRight', january),
    reflections: summed('reflections', -Infinity),
    suggestions: ever('suggestion/made'),
    suggestionsReplied: ever('suggestion/replied'),
    suggestionsClosed: ever('suggestion/closed'),
    points: sums.points,
    goldBranches: county.gold,
    silverBranches: county.silver,
    yellowBranches: county.yellow,
    blackBranches: county.black,
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
    casesOverdue: open.filter((one) => dueOf(one, facts.caseHours) < asOfMs).length,
    serviceDone: summed('serviceDone', -Infinity),
    serviceDoneProvince: summed('serviceDoneProvince', -Infinity),
    ratings: summed('ratings', -Infinity),
    ratingScore: summed('ratingScore', -Infinity),
    visits: inYear('visit/visited'),
    visitsFound: inYear('visit/found'),
    visitsSolved: inYear('visit/solved'),
  }
}
