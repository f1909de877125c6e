/** Tiles of the web's map (EPSG:3857, as 天地图 numbers them): which of them a county needs. Pure. */
import { columnOf, nearestZoom, rowOf, type Bounds } from '../../protocol/web-tiles.ts'

export interface Tile {
  readonly z: number
  readonly x: number
  readonly y: number
}

/** Whether a tile shows any of the bounds: a relay fetches its own county and no other place. */
export function isWithin({ z, x, y }: Tile, { west, south, east, north }: Bounds): boolean {
  if (![z, x, y].every(Number.isInteger) || z < 1 || z > nearestZoom) return false
  return (
    x >= columnOf(west, z) && x <= columnOf(east, z) && y >= rowOf(north, z) && y <= rowOf(south, z)
  )
}

/** The bounds of an outline in GeoJSON; undefined where it has no position. */
export function boundsOf(outline: unknown): Bounds | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  function take(value: unknown): void {
    if (!Array.isArray(value)) return
    const [lng, lat] = value as unknown[]
    if (typeof lng === 'number' && typeof lat === 'number') {
      west = Math.min(west, lng)
      east = Math.max(east, lng)
      south = Math.min(south, lat)
      north = Math.max(north, lat)
    } else for (const each of value) take(each)
  }
  const { features } = outline as { readonly features?: readonly unknown[] }
  for (const feature of features ?? [])
    take((feature as { geometry?: { coordinates?: unknown } }).geometry?.coordinates)
  return west > east ? undefined : { west, south, east, north }
}
