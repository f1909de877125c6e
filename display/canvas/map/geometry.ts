/** The county as plane geometry: projection, containment, and where each flag may stand. Pure. */

import type { Bounds } from '../../../protocol/web-tiles.ts'

export type Point = { readonly x: number; readonly y: number }
export type Ring = readonly Point[]
/** Outer rings and holes together; containment is even-odd. */
export type Shape = readonly Ring[]
export type Extent = {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

type Position = readonly number[]
type Geometry =
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
  | {
      readonly type: 'MultiPolygon'
      readonly coordinates: readonly (readonly (readonly Position[])[])[]
    }

export type Outline = {
  readonly type: 'FeatureCollection'
  readonly features: readonly {
    readonly type: 'Feature'
    readonly properties: Readonly<Record<string, unknown>>
    readonly geometry: Geometry
  }[]
}
export type Geo = { readonly county: Outline; readonly townships: Outline }

export type Township = { readonly code: string; readonly shape: Shape; readonly center: Point }
export type Land = {
  readonly county: Shape
  readonly townships: ReadonlyMap<string, Township>
  readonly extent: Extent
  project(lng: number, lat: number): Point
  /** Degrees, WGS 84. */
  readonly bounds: Bounds
}

/** Height of every county in its own units: about the pixels it takes on a 4K wall. */
const countyUnits = 1344

const positionsOf = (geometry: Geometry): readonly (readonly Position[])[] =>
  geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()

/** Equirectangular about the county's middle: x east, y **south**, in county units. */
export function layLand(geo: Geo): Land {
  const all = geo.county.features.flatMap((f) => positionsOf(f.geometry).flat())
  const lngs = all.map((p) => p[0] ?? 0)
  const lats = all.map((p) => p[1] ?? 0)
  const south = Math.min(...lats)
  const north = Math.max(...lats)
  const west = Math.min(...lngs)
  const east = Math.max(...lngs)
  const scale = countyUnits / (north - south)
  const shrink = Math.cos((((north + south) / 2) * Math.PI) / 180)
  const project = (lng: number, lat: number): Point => ({
    x: (lng - west) * shrink * scale,
    y: (north - lat) * scale,
  })
  const shapeOf = (geometry: Geometry): Shape =>
    positionsOf(geometry).map((ring) => ring.map((p) => project(p[0] ?? 0, p[1] ?? 0)))

  const county = geo.county.features.flatMap((f) => shapeOf(f.geometry))
  const townships = new Map<string, Township>()
  for (const feature of geo.townships.features) {
    const code = String(feature.properties['code'])
    const shape = shapeOf(feature.geometry)
    townships.set(code, { code, shape, center: middleOf(shape) })
  }
  const bounds = { west, south, east, north }
  return { county, townships, extent: extentOf(county), project, bounds }
}

export function extentOf(shape: Shape): Extent {
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  for (const ring of shape) {
    for (const p of ring) {
      minX = Math.min(minX, p.x)
      maxX = Math.max(maxX, p.x)
      minY = Math.min(minY, p.y)
      maxY = Math.max(maxY, p.y)
    }
  }
  return { minX, minY, maxX, maxY }
}

export function contains(shape: Shape, x: number, y: number): boolean {
  let inside = false
  for (const ring of shape) {
    let b = ring[ring.length - 1]
    for (const a of ring) {
      if (b && a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x)
        inside = !inside
      b = a
    }
  }
  return inside
}

export function areaOf(shape: Shape): number {
  let total = 0
  for (const ring of shape) {
    let sum = 0
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length] ?? a
      sum += a.x * b.y - b.x * a.y
    })
    total += Math.abs(sum) / 2
  }
  return total
}

/** The inner point furthest from every border, on a coarse lattice: a centroid may lie outside. */
function middleOf(shape: Shape): Point {
  const { minX, minY, maxX, maxY } = extentOf(shape)
  const corners = shape.flat()
  let best: Point = { x: (minX + maxX) / 2, y: (minY + maxY) / 2 }
  let reach = -1
  for (let i = 1; i < 24; i++) {
    for (let j = 1; j < 24; j++) {
      const x = minX + ((maxX - minX) * i) / 24
      const y = minY + ((maxY - minY) * j) / 24
      if (!contains(shape, x, y)) continue
      let near = Infinity
      for (const c of corners) near = Math.min(near, (c.x - x) ** 2 + (c.y - y) ** 2)
      if (near > reach) {
        reach = near
        best = { x, y }
      }
    }
  }
  return best
}

/** Where a line from `from` first enters the shape on its way to the middle, `depth` further in. */
export function entryPoint(township: Township, from: Point, depth: number): Point {
  const { center, shape } = township
  const steps = 400
  const length = Math.hypot(center.x - from.x, center.y - from.y)
  for (let i = 0; i <= steps; i++) {
    const t = i / steps
    if (!contains(shape, from.x + (center.x - from.x) * t, from.y + (center.y - from.y) * t))
      continue
    const deeper = Math.min(1, t + depth / length)
    const x = from.x + (center.x - from.x) * deeper
    const y = from.y + (center.y - from.y) * deeper
    return contains(shape, x, y) ? { x, y } : center
  }
  return center
}

export type Site = { readonly id: string; readonly township: string; readonly at: Point | null }

/** Sites are kept this far apart, in county units, wherever their township has the room. */
const apart = 29
const rounds = 90

/** A repeatable number 0 … 1 from a name: a flag stands at the same place after every restart. */
function chance(name: string, salt: number): number {
  let h = 2166136261 ^ salt
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 16777619)
  h = Math.imul(h ^ (h >>> 15), 2246822507)
  h = Math.imul(h ^ (h >>> 13), 3266489909)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296
}

function scatter(id: string, shape: Shape, fallback: Point): Point {
  const { minX, minY, maxX, maxY } = extentOf(shape)
  for (let salt = 0; salt < 80; salt += 2) {
    const x = minX + (maxX - minX) * chance(id, salt)
    const y = minY + (maxY - minY) * chance(id, salt + 1)
    if (contains(shape, x, y)) return { x, y }
  }
  return fallback
}

/**
 * Nudge sites apart so that each flag can be told from its neighbours.
 * A site given outside its township, or without coordinates, starts at a repeatable
 * point inside; no move ever takes a site across its township's border.
 */
export function nudge(
  sites: readonly Site[],
  townships: ReadonlyMap<string, Township>,
): Map<string, Point> {
  type Body = { id: string; home: string; shape: Shape; x: number; y: number; gap: number }
  const counts = new Map<string, number>()
  for (const s of sites) counts.set(s.township, (counts.get(s.township) ?? 0) + 1)
  const gaps = new Map<string, number>()
  for (const [code, n] of counts) {
    const home = townships.get(code)
    if (home) gaps.set(code, Math.min(apart, 0.98 * Math.sqrt(areaOf(home.shape) / n)))
  }
  const bodies: Body[] = []
  for (const s of sites) {
    const home = townships.get(s.township)
    if (!home) continue
    const given =
      s.at && contains(home.shape, s.at.x, s.at.y) ? s.at : scatter(s.id, home.shape, home.center)
    const at = bodies.some((b) => b.x === given.x && b.y === given.y)
      ? { x: given.x + chance(s.id, 5) - 0.5, y: given.y + chance(s.id, 6) - 0.5 }
      : given
    const kept = contains(home.shape, at.x, at.y) ? at : given
    bodies.push({
      id: s.id,
      home: s.township,
      shape: home.shape,
      x: kept.x,
      y: kept.y,
      gap: gaps.get(s.township) ?? apart,
    })
  }

  for (let round = 0; round < rounds; round++) {
    const cells = new Map<number, Body[]>()
    const keyOf = (x: number, y: number) => Math.floor(x / apart) * 4096 + Math.floor(y / apart)
    for (const b of bodies) {
      const key = keyOf(b.x, b.y)
      const cell = cells.get(key)
      if (cell) cell.push(b)
      else cells.set(key, [b])
    }
    let moved = false
    for (const b of bodies) {
      let dx = 0
      let dy = 0
      for (let i = -1; i <= 1; i++) {
        for (let j = -1; j <= 1; j++) {
          for (const other of cells.get(keyOf(b.x + i * apart, b.y + j * apart)) ?? []) {
            if (other === b) continue
            const gap = (b.gap + other.gap) / 2
            const ox = b.x - other.x
            const oy = b.y - other.y
            const d = Math.hypot(ox, oy)
            if (d >= gap) continue
            const push = (gap - d) * 0.35
            const angle = d < 0.01 ? chance(b.id, 9) * 6.283 : Math.atan2(oy, ox)
            dx += Math.cos(angle) * push
            dy += Math.sin(angle) * push
          }
        }
      }
      if (Math.abs(dx) + Math.abs(dy) < 0.05) continue
      const stride = Math.min(1, (apart * 0.5) / Math.hypot(dx, dy))
      for (const [mx, my] of [
        [dx, dy],
        [dx, 0],
        [0, dy],
      ] as const) {
        const x = b.x + mx * stride
        const y = b.y + my * stride
        // A little clearance keeps the pole's foot off the border line itself.
        const clear = [
          [4, 0],
          [-4, 0],
          [0, 3],
          [0, -3],
        ] as const
        if (
          !contains(b.shape, x, y) ||
          (round < rounds / 2 && clear.some(([cx, cy]) => !contains(b.shape, x + cx, y + cy)))
        )
          continue
        b.x = x
        b.y = y
        moved = true
        break
      }
    }
    if (!moved) break
  }
  return new Map(bodies.map((b) => [b.id, { x: b.x, y: b.y }]))
}

/** The median of each site's distance to its nearest neighbour. */
export function medianGap(points: readonly Point[]): number {
  const nearest = points.map((p) => {
    let d = Infinity
    for (const q of points) if (q !== p) d = Math.min(d, (p.x - q.x) ** 2 + (p.y - q.y) ** 2)
    return Math.sqrt(d)
  })
  nearest.sort((a, b) => a - b)
  return nearest[Math.floor(nearest.length / 2)] ?? apart
}

/**
 * Decorative level lines of an invented, repeatable relief (the map is a 示意图):
 * segments by marching squares over the extent, for one level each.
 */
export function contours(
  extent: Extent,
  levels: readonly number[],
  step = 14,
): readonly (readonly [Point, Point])[][] {
  const height = (x: number, y: number) =>
    Math.sin(x / 97 + Math.sin(y / 131) * 1.7) +
    Math.cos(y / 113 - Math.sin(x / 151) * 1.9) +
    0.5 * Math.sin((x + y) / 61) +
    0.35 * Math.cos((x - 1.7 * y) / 47)
  const columns = Math.ceil((extent.maxX - extent.minX) / step) + 1
  const lines = Math.ceil((extent.maxY - extent.minY) / step) + 1
  const at = (i: number, j: number): Point => ({
    x: extent.minX + i * step,
    y: extent.minY + j * step,
  })
  const heights = Array.from({ length: columns + 1 }, (_, i) =>
    Array.from({ length: lines + 1 }, (_, j) => {
      const { x, y } = at(i, j)
      return height(x, y)
    }),
  )
  const found = levels.map((): [Point, Point][] => [])
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < lines; j++) {
      const corners = around.map(([di, dj]) => heights[i + di]?.[j + dj] ?? 0)
      const lowest = Math.min(...corners)
      const highest = Math.max(...corners)
      levels.forEach((level, l) => {
        if (lowest > level || highest <= level) return
        const cuts: Point[] = []
        corners.forEach((corner, k) => {
          const next = (k + 1) % 4
          const ha = corner - level
          const hb = (corners[next] ?? corner) - level
          if (ha > 0 === hb > 0) return
          const [[ai, aj] = [0, 0], [bi, bj] = [0, 0]] = [around[k], around[next]]
          const a = at(i + ai, j + aj)
          const b = at(i + bi, j + bj)
          const t = ha / (ha - hb)
          cuts.push({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t })
        })
        for (let k = 0; k + 1 < cuts.length; k += 2) {
          const a = cuts[k]
          const b = cuts[k + 1]
          if (a && b) found[l]?.push([a, b])
        }
      })
    }
  }
  return found
}

/** The corners of a cell, around it. */
const around = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const
