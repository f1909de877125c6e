/** From board rows to marks: only rows that are not the same object are looked at. Pure. */
import type { Row, Table } from '../../../protocol/board.ts'
import { heightOf, lookOf, type Mark } from './flag-mark.ts'
import type { Point } from './geometry.ts'

export type Rows = {
  readonly organizations: Table<'organizations'>
  readonly branches: Table<'branches'>
}
export type Change = { readonly put: readonly Mark[]; readonly gone: readonly string[] }

/** Whether any flag's place may have changed between two tables: places are costly, so ask first. */
export function samePlaces(before: Table<'organizations'>, after: Table<'organizations'>): boolean {
  if (before === after) return true
  if (before.size !== after.size) return false
  for (const [id, row] of after) {
    const old = before.get(id)
    if (old === row) continue
    if (
      !old ||
      old.lng !== row.lng ||
      old.lat !== row.lat ||
      old.township !== row.township ||
      old.group !== row.group ||
      old.kind !== row.kind
    )
      return false
  }
  return true
}

export function markOf(
  organization: Row<'organizations'>,
  branch: Row<'branches'> | undefined,
  at: Point,
  u: number,
  base: number,
  isRack = false,
): Mark {
  const look = lookOf(branch)
  return {
    id: organization.id,
    x: at.x,
    y: at.y,
    look,
    height: heightOf(look, organization.kind === 'committee' && !isRack, base) * u,
  }
}

/**
 * The marks to put and to drop so that `drawn` shows `rows` at `places` (px); updates `drawn` in place.
 * In a rack poles stand too close for a committee's larger cloth: all are of one size.
 */
export function followRows(
  before: Rows | null,
  after: Rows,
  places: ReadonlyMap<string, Point>,
  drawn: Map<string, Mark>,
  u: number,
  base: number,
  isRack = false,
): Change {
  const put: Mark[] = []
  const gone: string[] = []
  for (const id of drawn.keys()) {
    if (places.has(id)) continue
    drawn.delete(id)
    gone.push(id)
  }
  for (const [id, at] of places) {
    const organization = after.organizations.get(id)
    if (!organization) continue
    const branch = after.branches.get(id)
    const old = drawn.get(id)
    if (
      old &&
      before?.branches.get(id) === branch &&
      before?.organizations.get(id) === organization &&
      old.x === at.x &&
      old.y === at.y
    )
      continue
    const mark = markOf(organization, branch, at, u, base, isRack)
    if (
      old &&
      old.look === mark.look &&
      old.height === mark.height &&
      old.x === mark.x &&
      old.y === mark.y
    )
      continue
    drawn.set(id, mark)
    put.push(mark)
  }
  return { put, gone }
}
