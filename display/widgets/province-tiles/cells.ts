/** The cells of a tile: how many branches one stands for, and what it shows. Pure. */

export const perRow = 15
/** Rows that fit under a tile's name. */
const rowsMost = 12
const units = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]

/** Branches a cell, so that the largest part fits its tile; the same for all tiles. */
export function unitOf(largest: number): number {
  return units.find((unit) => largest / unit <= perRow * (rowsMost - 1)) ?? 1_000
}

export interface Cells {
  /** Online and heard of. */
  readonly alive: number
  /** Silent for longer than the county allows. */
  readonly silent: number
  readonly offline: number
}

/**
 * A group that is there at all has a cell. Silent branches are taken to be online, as nearly all are; offline ones
 * are never hidden behind them.
 */
export function cellsOf(
  part: { readonly organizations: number; readonly online: number; readonly silent: number },
  unit: number,
): Cells {
  const all = Math.ceil(part.organizations / unit)
  const count = (some: number) => (some === 0 ? 0 : Math.max(1, Math.round(some / unit)))
  const offline = Math.min(all, count(part.organizations - part.online))
  const silent = Math.min(all - offline, count(part.silent))
  return { alive: all - offline - silent, silent, offline }
}
