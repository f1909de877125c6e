/** Townships, and what has no territory, one line each. Pure. */
import type { Board } from '../../../protocol/board.ts'
import { placeOf } from '../../words.ts'

export interface TownshipLine {
  readonly name: string
  readonly organizations: number
  readonly online: number
  readonly activeToday: number
  readonly silent: number
  /** Mean of the month's points. */
  readonly mean: number
}

/** The best mean first. */
export function linesOf(
  board: Pick<Board, 'branches' | 'organizations' | 'townships'>,
): readonly TownshipLine[] {
  const sums = new Map<string, { -readonly [K in keyof TownshipLine]: TownshipLine[K] }>()
  for (const branch of board.branches.values()) {
    const name = placeOf(board, board.organizations.get(branch.id))
    if (name === '') continue
    const line = sums.get(name) ?? {
      name,
      organizations: 0,
      online: 0,
      activeToday: 0,
      silent: 0,
      mean: 0,
    }
    line.organizations += 1
    line.online += branch.state === 'offline' ? 0 : 1
    line.activeToday += branch.activeToday ? 1 : 0
    line.silent += branch.state === 'silent' ? 1 : 0
    line.mean += branch.points
    sums.set(name, line)
  }
  return [...sums.values()]
    .map((line) => ({ ...line, mean: line.mean / line.organizations }))
    .sort((a, b) => b.mean - a.mean || (a.name < b.name ? -1 : 1))
}
