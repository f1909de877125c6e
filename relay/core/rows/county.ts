/** The one row of a division's headline. Pure. */
import type { Row, Tier } from '../../../protocol/board.ts'
import type { Totals } from '../../../protocol/measures.ts'
import { dayOfNumber } from '../../../protocol/time.ts'
import { yearStart } from '../calendar.ts'
import type { JudgedSums } from '../judged-sums.ts'
import type { Pipelines } from '../pipelines.ts'
import type { State } from '../state.ts'
import { learnersOf, learnersUpTo } from './study.ts'

export interface CountyFacts {
  readonly day: number
  /** Of the day. */
  readonly minute: number
  readonly sums: JudgedSums
  /** Organisations of each tier. */
  readonly tiers: Readonly<Record<Tier, number>>
  readonly floatingMembers: number
  readonly streams: number
  readonly learners: State['learners']
  readonly pipelines: Pipelines
}

/** What does not add up over divisions, made of what does. */
export function averagesOf(
  sums: Pick<Totals, 'cadenceDue' | 'cadenceKept' | 'members' | 'minutesMonth'>,
): Pick<Row<'county'>, 'meetingsRate' | 'minutesPerMemberMonth'> {
  const { cadenceDue, cadenceKept, members, minutesMonth } = sums
  return {
    meetingsRate: cadenceDue === 0 ? 0 : cadenceKept / cadenceDue,
    minutesPerMemberMonth: members === 0 ? 0 : Math.round((10 * minutesMonth) / members) / 10,
  }
}

export function countyRow(county: string, facts: CountyFacts): Row<'county'> {
  const { day, minute, sums, tiers, streams, learners, pipelines } = facts
  const january = yearStart(day)
  return {
    id: county,
    organizations: sums.organizations,
    members: sums.members,
    online: sums.online,
    activitiesToday: sums.activitiesToday,
    activitiesYesterday: sums.activitiesYesterday,
    silent: sums.silent,
    silent60: sums.silent60,
    silent90: sums.silent90,
    silentYesterday: sums.silentYesterday,
    duesUnpaid: sums.duesUnpaid,
    duesUnpaidBranches: sums.duesUnpaidBranches,
    duesUnpaidYesterday: sums.duesUnpaidYesterday,
    termDue: sums.termOverdue + sums.termSoon,
    termOverdue: sums.termOverdue,
    termSoon: sums.termSoon,
    gold: tiers.gold,
    silver: tiers.silver,
    yellow: tiers.yellow,
    black: tiers.black,
    ...averagesOf({ ...sums, minutesMonth: sums.minutes }),
    learnersToday: learnersOf(learners, day),
    learnersYesterdaySameTime: learnersUpTo(learners, day - 1, minute),
    floatingMembers: facts.floatingMembers,
    floatingCommittees: sums.floatingCommittees,
    floatingBranches: sums.floatingBranches,
    ordersYear: pipelines.between('order/any', january, day),
    ordersClosedYear: pipelines.between('order/verified', january, day),
    streams,
    day: dayOfNumber(day),
  }
}
