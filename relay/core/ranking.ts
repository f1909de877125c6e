/** 积分排名: rank by the month's points, from 1; equal points share a rank (1, 1, 3). A local rule. */
import type { PointsReason } from '../../protocol/events.ts'
import { sumOf, type Tally } from './tally.ts'

/** Rank of each number of points that occurs. */
export function ranksOf(points: readonly number[]): ReadonlyMap<number, number> {
  const ranks = new Map<number, number>()
  const descending = Float64Array.from(points).sort().reverse()
  descending.forEach((each, index) => {
    if (!ranks.has(each)) ranks.set(each, index + 1)
  })
  return ranks
}

const reasons: readonly PointsReason[] = [
  'activity',
  'review',
  'study',
  'dues',
  'sign-in',
  'quiz',
  'reflection',
  'correction',
]

/** The reason that moved the points of a day most, up or down. */
export function reasonOf(day: Tally<PointsReason> | undefined): PointsReason | null {
  let largest: PointsReason | null = null
  for (const reason of reasons) {
    const size = Math.abs(sumOf(day, reason))
    if (size > (largest === null ? 0 : Math.abs(sumOf(day, largest)))) largest = reason
  }
  return largest
}
