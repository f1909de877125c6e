/** What a room is made of, and where a ray meets it. */
import { add, cross, dot, scale, sub, unit, type V } from './vector.ts'

/** A colour, or one by place: `u`, `v` 0 … 1 over a panel, and the point in metres. */
export type Look = V | ((u: number, v: number, at: V) => V)

interface Common {
  readonly look: Look
  /** Light of its own, so many times its colour. */
  readonly glow?: number
  /** Letters and fine lines: looked at more closely. */
  readonly isFine?: boolean
  /** Casts no shadow: what is far away, or thin. */
  readonly isClear?: boolean
}
export type Solid = Common &
  (
    | { readonly kind: 'panel'; readonly origin: V; readonly u: V; readonly v: V }
    /** `turn` in degrees about the vertical. */
    | { readonly kind: 'box'; readonly middle: V; readonly size: V; readonly turn?: number }
    | { readonly kind: 'rod'; readonly a: V; readonly b: V; readonly r: number }
    | { readonly kind: 'ball'; readonly middle: V; readonly radii: V }
  )

export interface Traced {
  readonly solid: Solid
  /** Distance along the ray, or Infinity. */
  meet(ox: number, oy: number, oz: number, dx: number, dy: number, dz: number): number
  normal(at: V): V
  /** Place on a panel. */
  place(at: V): readonly [number, number]
  /** Corners of a box around it. */
  readonly low: V
  readonly high: V
}

const FAR = Infinity
const NEAR = 1e-4
/** A panel has no thickness, its box has. */
const FLAT = 1e-3

function around(points: readonly V[], reach: V): { readonly low: V; readonly high: V } {
  const edge = (axis: 0 | 1 | 2, way: 1 | -1): number =>
    way * Math.max(...points.map((point) => way * point[axis])) + way * reach[axis]
  return {
    low: [edge(0, -1), edge(1, -1), edge(2, -1)],
    high: [edge(0, 1), edge(1, 1), edge(2, 1)],
  }
}
const nowhere = (): readonly [number, number] => [0, 0]

function panel(solid: Solid & { kind: 'panel' }): Traced {
  const { origin, u, v } = solid
  const n = unit(cross(u, v))
  const [uu, vv, uv] = [dot(u, u), dot(v, v), dot(u, v)]
  const det = uu * vv - uv * uv
  const place = (px: number, py: number, pz: number): readonly [number, number] => {
    const [x, y, z] = [px - origin[0], py - origin[1], pz - origin[2]]
    const a = x * u[0] + y * u[1] + z * u[2]
    const b = x * v[0] + y * v[1] + z * v[2]
    return [(a * vv - b * uv) / det, (b * uu - a * uv) / det]
  }
  const level = dot(n, origin)
  return {
    solid,
    meet(ox, oy, oz, dx, dy, dz) {
      const towards = n[0] * dx + n[1] * dy + n[2] * dz
      if (Math.abs(towards) < 1e-9) return FAR
      const t = (level - n[0] * ox - n[1] * oy - n[2] * oz) / towards
      if (t < NEAR) return FAR
      const x = ox + t * dx - origin[0]
      const y = oy + t * dy - origin[1]
      const z = oz + t * dz - origin[2]
      const a = x * u[0] + y * u[1] + z * u[2]
      const b = x * v[0] + y * v[1] + z * v[2]
      const s = a * vv - b * uv
      const r = b * uu - a * uv
      return s < 0 || r < 0 || s > det || r > det ? FAR : t
    },
    normal: () => n,
    place: (at) => place(at[0], at[1], at[2]),
    ...around([origin, add(origin, u), add(origin, v), add(origin, add(u, v))], [FLAT, FLAT, FLAT]),
  }
}

function box(solid: Solid & { kind: 'box' }): Traced {
  const { middle, size, turn = 0 } = solid
  const [hx, hy, hz] = [size[0] / 2, size[1] / 2, size[2] / 2]
  const angle = (turn * Math.PI) / 180
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  return {
    solid,
    meet(wx, wy, wz, vx, vy, vz) {
      const px = wx - middle[0]
      const oy = wy - middle[1]
      const pz = wz - middle[2]
      const ox = c * px - s * pz
      const oz = s * px + c * pz
      const dx = c * vx - s * vz
      const dz = s * vx + c * vz
      let near = -FAR
      let far = FAR
      let t1 = (-hx - ox) / dx
      let t2 = (hx - ox) / dx
      near = Math.max(near, Math.min(t1, t2))
      far = Math.min(far, Math.max(t1, t2))
      t1 = (-hy - oy) / vy
      t2 = (hy - oy) / vy
      near = Math.max(near, Math.min(t1, t2))
      far = Math.min(far, Math.max(t1, t2))
      t1 = (-hz - oz) / dz
      t2 = (hz - oz) / dz
      near = Math.max(near, Math.min(t1, t2))
      far = Math.min(far, Math.max(t1, t2))
      if (near > far || far < NEAR) return FAR
      return near > NEAR ? near : far
    },
    normal(at) {
      const p = sub(at, middle)
      const x = (c * p[0] - s * p[2]) / hx
      const y = p[1] / hy
      const z = (s * p[0] + c * p[2]) / hz
      const [ax, ay, az] = [Math.abs(x), Math.abs(y), Math.abs(z)]
      if (ay >= ax && ay >= az) return [0, Math.sign(y), 0]
      if (ax >= az) return [c * Math.sign(x), 0, -s * Math.sign(x)]
      return [s * Math.sign(z), 0, c * Math.sign(z)]
    },
    place: nowhere,
    ...around(
      [middle],
      [Math.abs(c) * hx + Math.abs(s) * hz, hy, Math.abs(s) * hx + Math.abs(c) * hz],
    ),
  }
}

function rod(solid: Solid & { kind: 'rod' }): Traced {
  const { a, b, r } = solid
  const axis = sub(b, a)
  const length2 = dot(axis, axis)
  return {
    solid,
    meet(ox, oy, oz, dx, dy, dz) {
      const x = ox - a[0]
      const y = oy - a[1]
      const z = oz - a[2]
      const along = axis[0] * dx + axis[1] * dy + axis[2] * dz
      const start = axis[0] * x + axis[1] * y + axis[2] * z
      const inline = dx * x + dy * y + dz * z
      const apart = x * x + y * y + z * z
      const qa = length2 - along * along
      const qb = length2 * inline - start * along
      const qc = length2 * apart - start * start - r * r * length2
      const h = qb * qb - qa * qc
      if (h < 0) return FAR
      const t = (-qb - Math.sqrt(h)) / qa
      const y1 = start + t * along
      if (y1 > 0 && y1 < length2) return t > NEAR ? t : FAR
      const isStart = y1 <= 0
      const ex = isStart ? x : x - axis[0]
      const ey = isStart ? y : y - axis[1]
      const ez = isStart ? z : z - axis[2]
      const eb = dx * ex + dy * ey + dz * ez
      const eh = eb * eb - (ex * ex + ey * ey + ez * ez - r * r)
      if (eh < 0) return FAR
      const te = -eb - Math.sqrt(eh)
      return te > NEAR ? te : FAR
    },
    normal(at) {
      const p = sub(at, a)
      const share = Math.max(0, Math.min(1, dot(p, axis) / length2))
      return unit(sub(p, scale(axis, share)))
    },
    place: nowhere,
    ...around([a, b], [r, r, r]),
  }
}

function ball(solid: Solid & { kind: 'ball' }): Traced {
  const { middle, radii } = solid
  const [ix, iy, iz] = [1 / radii[0], 1 / radii[1], 1 / radii[2]]
  return {
    solid,
    meet(ox, oy, oz, dx, dy, dz) {
      const x = (ox - middle[0]) * ix
      const y = (oy - middle[1]) * iy
      const z = (oz - middle[2]) * iz
      const u = dx * ix
      const v = dy * iy
      const w = dz * iz
      const a = u * u + v * v + w * w
      const b = x * u + y * v + z * w
      const h = b * b - a * (x * x + y * y + z * z - 1)
      if (h < 0) return FAR
      const t = (-b - Math.sqrt(h)) / a
      return t > NEAR ? t : FAR
    },
    normal: (at) =>
      unit([
        (at[0] - middle[0]) * ix * ix,
        (at[1] - middle[1]) * iy * iy,
        (at[2] - middle[2]) * iz * iz,
      ]),
    place: nowhere,
    ...around([middle], radii),
  }
}

export function traced(solid: Solid): Traced {
  switch (solid.kind) {
    case 'panel':
      return panel(solid)
    case 'box':
      return box(solid)
    case 'rod':
      return rod(solid)
    case 'ball':
      return ball(solid)
  }
}
