/** The tiles of the web's maps (EPSG:3857), by zoom, column and row from the north-west. Pure. */

/** Degrees, WGS 84. */
export interface Bounds {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** A village fills a screen; nearer than this no wall looks. */
export const nearestZoom = 16

export const columnOf = (lng: number, z: number): number => Math.floor(((lng + 180) / 360) * 2 ** z)

export function rowOf(lat: number, z: number): number {
  const angle = (lat * Math.PI) / 180
  return Math.floor(((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * 2 ** z)
}

/** Of a column's western edge. */
export const lngOf = (x: number, z: number): number => (x / 2 ** z) * 360 - 180

/** Of a row's northern edge. */
export const latOf = (y: number, z: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI
