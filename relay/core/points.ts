/** The points of an organisation by day and reason. Days are day numbers. Pure. */
import type { PointsReason } from '../../protocol/events.ts'
import { sumWithin, type FlatTally } from './tally.ts'

/** In this order they are kept: new ones go to the end. */
const reasons: readonly PointsReason[] = [
  'activity',
  'review',
  'study',
  'dues',
  'sign-in',
  'quiz',
  'reflection',
  'correction',
  'video',
  'reading',
  'download',
]
const perDay = 16

export function pointsKey(day: number, reason: PointsReason): number {
  return day * perDay + reasons.indexOf(reason)
}

/** Of the days `from` … `to`, both within. */
export function pointsOf(points: FlatTally, from: number, to: number): number {
  return sumWithin(points, from * perDay, to * perDay + perDay - 1)
}

/** The reason that moved the points of a day most, up or down. */
export function reasonOf(points: FlatTally, day: number): PointsReason | null {
  let found: PointsReason | null = null
  let largest = 0
  for (const reason of reasons) {
    const key = pointsKey(day, reason)
    const size = Math.abs(sumWithin(points, key, key))
    if (size <= largest) continue
    largest = size
    found = reason
  }
  return found
}

/** Of the days `from` … `to`, both within; what moved most first. */
export function pointsByReason(
  points: FlatTally,
  from: number,
  to: number,
): { reason: PointsReason; points: number }[] {
  const sums = new Map<PointsReason, number>()
  for (let at = 0; at < points.length; at += 3) {
    const key = points[at] ?? 0
    const day = Math.floor(key / perDay)
    const reason = reasons[key % perDay]
    if (day < from || day > to || reason === undefined) continue
    sums.set(reason, (sums.get(reason) ?? 0) + (points[at + 1] ?? 0))
  }
  return [...sums]
    .map(([reason, points]) => ({ reason, points }))
    .filter(({ points }) => points !== 0)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.reason < b.reason ? -1 : 1))
}
