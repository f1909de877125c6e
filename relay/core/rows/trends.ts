/** The points of the leaders over the last twelve weeks. Pure. */
import type { Row } from '../../../protocol/board.ts'
import { trendWeeks } from '../../../protocol/board-domain.ts'
import { pointsOf } from '../points.ts'
import type { FlatTally } from '../tally.ts'

const weekDays = 7

/** `leaders`: from the first rank down. `day` is the last one of the last week. */
export function trendRows(
  leaders: readonly string[],
  pointsBy: (id: string) => FlatTally,
  day: number,
): readonly Row<'trends'>[] {
  return leaders.map((id) => ({
    id,
    weeks: Array.from({ length: trendWeeks }, (_, at) => {
      const last = day - (trendWeeks - 1 - at) * weekDays
      return pointsOf(pointsBy(id), last - weekDays + 1, last)
    }),
  }))
}
