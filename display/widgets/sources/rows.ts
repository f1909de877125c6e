/** The sources in their order, and where each stands on the way from fresh to down. Pure. */
import type { Row, Table } from '../../../protocol/board.ts'
import { beatsSince, feedOrder, lateBeats, brokenBeats } from '../../freshness.ts'

export type Source = Row<'sources'>

/** Always the same: a row that jumped because it is late would be looked for. */
export function inOrder(sources: Table<'sources'>): readonly Source[] {
  return [...sources.values()].sort(
    (a, b) =>
      feedOrder.indexOf(a.feed) - feedOrder.indexOf(b.feed) || (a.platform < b.platform ? -1 : 1),
  )
}

/** Shares of the axis at which a source is late, and down: what is fresh has nearly half of it. */
export const lateAt = 0.45
export const brokenAt = 0.75
/** Beyond as many cadences the axis ends. */
const lastBeats = 2 * brokenBeats

/** 0 … 1 of the axis. */
export function shareOf(source: Source, now: number): number {
  const beats = beatsSince(source, now)
  if (beats <= lateBeats) return (beats / lateBeats) * lateAt
  if (beats <= brokenBeats)
    return lateAt + ((beats - lateBeats) / (brokenBeats - lateBeats)) * (brokenAt - lateAt)
  return Math.min(
    1,
    brokenAt + ((beats - brokenBeats) / (lastBeats - brokenBeats)) * (1 - brokenAt),
  )
}
