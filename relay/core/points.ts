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
