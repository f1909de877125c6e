/** What the judged organisations add up to, kept up by the difference of each: nobody walks them all. Pure. */
import type { Judged } from './judge.ts'

type Size = (each: Judged) => number
const one =
  (holds: (each: Judged) => boolean): Size =>
  (each) =>
    holds(each) ? 1 : 0
const warned =
  (isMeant: (rule: string) => boolean): Size =>
  ({ warnings }) =>
    warnings.reduce((sum, { rule }) => sum + (isMeant(rule) ? 1 : 0), 0)
const own = ['silence', 'dues', 'term']

const sizes = {
  organizations: () => 1,
  branches: one((each) => each.isJudged),
  members: (each) => each.members,
  movedIn: (each) => each.movedIn,
  inactive: (each) => each.inactive,
  online: one((each) => each.isOnline),
  silent: one((each) => each.level > 0),
  silent60: one((each) => each.level >= 3),
  silent90: one((each) => each.level >= 4),
  silentYesterday: one((each) => each.wasSilent),
  activitiesToday: (each) => each.activitiesToday,
  activitiesYesterday: (each) => each.activitiesYesterday,
  standardBranches: one((each) => each.isStandard),
  cadenceDue: one((each) => each.isCadenceKept !== undefined),
  cadenceKept: one((each) => each.isCadenceKept === true),
  warningsSilence: warned((rule) => rule === 'silence'),
  warningsDues: warned((rule) => rule === 'dues'),
  warningsTerm: warned((rule) => rule === 'term'),
  warningsOther: warned((rule) => !own.includes(rule)),
  reminders: (each) => each.reminders,
  duesUnpaid: (each) => each.unpaid,
  duesUnpaidBranches: one((each) => each.unpaid > 0),
  duesUnpaidYesterday: (each) => each.unpaidYesterday,
  termOverdue: one((each) => each.term === 'overdue'),
  termSoon: one((each) => each.term === 'soon'),
  floatingCommittees: one(
    ({ recorded }) => recorded.group === 'floating' && recorded.kind === 'committee',
  ),
  floatingBranches: one(
    ({ recorded }) => recorded.group === 'floating' && recorded.kind !== 'committee',
  ),
  floatingJoined: ({ gathered }) => gathered?.joined ?? 0,
  away: awayOf,
  minutes: (each) => each.minutes,
  minutes30: (each) => each.minutes30,
  points: (each) => each.points,
} satisfies Readonly<Record<string, Size>>

type Name = keyof typeof sizes
const names = Object.keys(sizes) as Name[]

export type JudgedSums = { readonly [N in Name]: number }

export function awayOf({ away }: Judged): number {
  return away.reduce((sum, { members }) => sum + members, 0)
}

export interface Sums {
  /** An organisation is judged otherwise than before; undefined where it is not on the board. */
  move(before: Judged | undefined, now: Judged | undefined): void
  now(): JudgedSums
}

export function createSums(): Sums {
  const sums = Object.fromEntries(names.map((name) => [name, 0])) as { [N in Name]: number }
  return {
    move(before, now) {
      for (const name of names) {
        const size: Size = sizes[name]
        sums[name] += (now ? size(now) : 0) - (before ? size(before) : 0)
      }
    },
    now: () => sums,
  }
}
