import type { Row } from '../../protocol/board.ts'

/** The first by points, of those that are judged or have any. */
export function leaders(branches: Iterable<Row<'branches'>>, count: number): Row<'branches'>[] {
  return [...branches]
    .filter((branch) => branch.tier !== 'none' || branch.points > 0)
    .sort((a, b) => b.points - a.points || (a.id < b.id ? -1 : 1))
    .slice(0, count)
}
