/** What the stage reads out of the outlines and the tables. Pure. */
import type { Table } from '../../../protocol/board.ts'
import { lookOf } from '../../canvas/map/flag-mark.ts'
import type { Geo } from '../../canvas/map/geometry.ts'
import type { Seat } from './label-layout.ts'

/** Seats, or the middle of each township's outline; only their order matters, so plain degrees will do. */
export function seatsOf(geo: Geo): readonly Seat[] {
  return geo.townships.features.map((f) => {
    const seat = f.properties['seat']
    const [lng, lat] = Array.isArray(seat)
      ? (seat as number[])
      : middleOf(f.geometry.coordinates.flat(f.geometry.type === 'Polygon' ? 1 : 2))
    return { code: String(f.properties['code']), x: lng ?? 0, y: -(lat ?? 0) }
  })
}

function middleOf(positions: readonly unknown[]): [number, number] {
  const points = positions.filter((p): p is number[] => Array.isArray(p))
  const lngs = points.map((p) => p[0] ?? 0)
  const lats = points.map((p) => p[1] ?? 0)
  return [(Math.min(...lngs) + Math.max(...lngs)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2]
}

export function namesOf(geo: Geo): ReadonlyMap<string, string> {
  return new Map(
    geo.townships.features.map((f) => [String(f.properties['code']), String(f.properties['name'])]),
  )
}

/** Who is to be named for the outline. */
export function sourceOf(geo: Geo): string {
  const source = geo.county.features[0]?.properties['source']
  return typeof source === 'string' ? (source.split(' (')[0] ?? source) : '来源未注明'
}

export function countGroup(
  group: 'organ' | 'enterprise',
  organizations: Table<'organizations'>,
  branches: Table<'branches'>,
): { readonly all: number; readonly online: number } {
  let all = 0
  let online = 0
  for (const o of organizations.values()) {
    if (o.group !== group) continue
    all++
    const look = lookOf(branches.get(o.id))
    if (look === 'live' || look === 'active' || look === 'online') online++
  }
  return { all, online }
}
