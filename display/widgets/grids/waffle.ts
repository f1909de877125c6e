/** Every grid as one cell, township by township. Pure; lengths in u. */
import type { Row } from '../../../protocol/board.ts'

export interface GridCell {
  readonly x: number
  readonly y: number
  readonly state: 'calm' | 'open' | 'busy' | 'overdue'
}

export interface Waffle {
  readonly size: number
  readonly cells: readonly GridCell[]
}

const fill = 0.78
/** Two open cases in one grid are seen as more than one. */
const busyFrom = 2

/** As large as they can be in the room; rows from the top, in each the same number. */
export function waffleOf(grids: readonly Row<'grids'>[], width: number, height: number): Waffle {
  if (grids.length === 0) return { size: 0, cells: [] }
  const columns = Math.max(1, Math.ceil(Math.sqrt((grids.length * width) / height)))
  const rows = Math.ceil(grids.length / columns)
  const pitch = Math.min(width / columns, height / rows)
  const cells = [...grids].sort(byPlace).map(({ open, overdue }, index): GridCell => ({
    x: (index % columns) * (width / columns),
    y: Math.floor(index / columns) * pitch,
    state: overdue > 0 ? 'overdue' : open >= busyFrom ? 'busy' : open > 0 ? 'open' : 'calm',
  }))
  return { size: pitch * fill, cells }
}

function byPlace(a: Row<'grids'>, b: Row<'grids'>): number {
  if (a.township !== b.township) return a.township < b.township ? -1 : 1
  return a.id < b.id ? -1 : 1
}

/** The townships with the most open cases, the most first. */
export function busiestOf(
  grids: Iterable<Row<'grids'>>,
  count: number,
): readonly { readonly township: string; readonly open: number }[] {
  const open = new Map<string, number>()
  for (const grid of grids)
    if (grid.open > 0) open.set(grid.township, (open.get(grid.township) ?? 0) + grid.open)
  return [...open]
    .map(([township, number]) => ({ township, open: number }))
    .sort((a, b) => b.open - a.open || (a.township < b.township ? -1 : 1))
    .slice(0, count)
}
