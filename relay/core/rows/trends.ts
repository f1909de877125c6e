/** The points of the leaders over the last twelve weeks. Pure. */
import type { Row } from '../../../protocol/board.ts'
import { mostRows, trendWeeks } from '../../../protocol/board-domain.ts'
import { pointsOf } from '../points.ts'
import type { FlatTally } from '../tally.ts'

const weekDays = 7

/** `day` is the last one of the last week. */
export function trendRows(
  branches: readonly Row<'branches'>[],
  pointsBy: (id: string) => FlatTally,
  day: number,
): readonly Row<'trends'>[] {
  return branches
    .filter(({ rank, points }) => rank <= mostRows.trends && points > 0)
    .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
    .slice(0, mostRows.trends)
    .map(({ id }) => ({
      id,
      weeks: Array.from({ length: trendWeeks }, (_, at) => {
        const last = day - (trendWeeks - 1 - at) * weekDays
        return pointsOf(pointsBy(id), last - weekDays + 1, last)
      }),
    }))
}
