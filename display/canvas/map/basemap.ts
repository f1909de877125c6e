/** Which tiles of the web's map (EPSG:3857) lie under a county, and where their corners are. Pure. */
import {
  columnOf,
  latOf,
  lngOf,
  nearestZoom,
  rowOf,
  type Bounds,
} from '../../../protocol/web-tiles.ts'
import type { Point } from './geometry.ts'

export interface Placed {
  readonly path: string
  /** Top left and bottom right, in county units. */
  readonly from: Point
  readonly to: Point
}

/** Of a tile on the screen; drawn larger it would look washed out. */
const tilePx = 320
const most = 120

/**
 * `pxPerDegree`: device px of a degree of longitude. Each tile is laid by its corners, so that what is within it is off by
 * less than a pixel, though the county is not drawn in the web's projection.
 */
export function tilesUnder(
  { west, south, east, north }: Bounds,
  pxPerDegree: number,
  project: (lng: number, lat: number) => Point,
): readonly Placed[] {
  const wanted = Math.ceil(Math.log2((360 * pxPerDegree) / tilePx))
  for (let z = Math.min(nearestZoom, Math.max(1, wanted)); z > 0; z -= 1) {
    const [left, right] = [columnOf(west, z), columnOf(east, z)]
    const [top, bottom] = [rowOf(north, z), rowOf(south, z)]
    if ((right - left + 1) * (bottom - top + 1) > most) continue
    const placed: Placed[] = []
    for (let x = left; x <= right; x += 1)
      for (let y = top; y <= bottom; y += 1)
        placed.push({
          path: `${z}/${x}/${y}`,
          from: project(lngOf(x, z), latOf(y, z)),
          to: project(lngOf(x + 1, z), latOf(y + 1, z)),
        })
    return placed
  }
  return []
}
