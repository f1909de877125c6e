/** Everything that stands still, traced once: its colours, its shadows, and how far away each pixel is. */
import { createRandom } from './noise.ts'
import { towards, type Lights } from './lights.ts'
import type { Solid, Traced } from './solids.ts'
import { toByte } from './tone.ts'
import { plant } from './tree.ts'
import { add, cross, dot, scale, unit, type V } from './vector.ts'
import type { View } from './view.ts'

export interface Stage {
  readonly view: View
  readonly lights: Lights
  readonly solids: readonly Solid[]
  /** Cast shadows but are drawn by others, anew in every frame. */
  readonly casters?: readonly Solid[]
  /** What is seen where nothing stands, by direction. */
  readonly backdrop?: (way: V) => V
  /** Metres within which corners and feet darken. */
  readonly nearness?: number
}

export interface Still {
  /** RGBA. */
  readonly pixels: Uint8ClampedArray
  /** Metres along the view. */
  readonly depths: Float32Array
  /** Whether nothing stands between a point and what is `far` metres away. */
  isFree(at: V, way: V, far: number): boolean
}

/** Rays a pixel for what surrounds it, and for each lamp: few, since neighbours are averaged. */
const AROUND = 5
const PER_LAMP = 1
const BLUR = 3
/** Metres off the surface, so that it does not shade itself. */
const OFF = 2e-3
const SUN_FAR = 80

export function traceStage(stage: Stage): Still {
  const { view, lights, nearness = 1.2 } = stage
  const { width, height, eye } = view
  const size = width * height
  const random = createRandom(0x51ed)
  const seen = plant(stage.solids)
  const casting = plant(
    [...stage.solids, ...(stage.casters ?? [])].filter(({ isClear }) => isClear !== true),
  )

  const wayOf = (x: number, y: number): V => {
    const [kx, ky] = [(x - width / 2) / view.focal, (height / 2 - y) / view.focal]
    return unit([
      view.forward[0] + view.right[0] * kx + view.up[0] * ky,
      view.forward[1] + view.right[1] * kx + view.up[1] * ky,
      view.forward[2] + view.right[2] * kx + view.up[2] * ky,
    ])
  }

  const index = new Int16Array(size)
  const depths = new Float32Array(size)
  const points = new Float32Array(size * 3)
  const normals = new Float32Array(size * 3)
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const way = wayOf(x + 0.5, y + 0.5)
      const number = seen.nearest(eye, way, Infinity)
      const one = seen.all[number]
      index[at] = number
      if (one === undefined) {
        depths[at] = 1e6
        continue
      }
      const t = seen.met()
      const point = add(eye, scale(way, t))
      const n = one.normal(point)
      const turned = dot(n, way) > 0 ? -1 : 1
      depths[at] = t * dot(way, view.forward)
      points.set(point, at * 3)
      normals.set([n[0] * turned, n[1] * turned, n[2] * turned], at * 3)
    }
  }

  /** Share 0 … 1 of the way to `most` that is free. */
  function free(from: V, way: V, most: number): number {
    return casting.nearest(from, way, most) < 0 ? 1 : casting.met() / most
  }

  // Of every four pixels one is asked; what has no such neighbour is asked itself.
  const raw = new Float32Array(size * 3)
  const isAsked = new Uint8Array(size)
  for (let at = 0; at < size; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)]
    const number = index[at] ?? -1
    const isFlat =
      x > 1 &&
      y > 1 &&
      x < width - 2 &&
      y < height - 2 &&
      index[at - 2] === number &&
      index[at + 2] === number &&
      index[at - 2 * width] === number &&
      index[at + 2 * width] === number
    if (isFlat && (x + y * 2) % 4 !== 0) continue
    isAsked[at] = 1
    const one = seen.all[number]
    if (one === undefined || (one.solid.glow ?? 0) > 0) continue
    const n: V = [normals[at * 3] ?? 0, normals[at * 3 + 1] ?? 0, normals[at * 3 + 2] ?? 0]
    const point: V = [
      (points[at * 3] ?? 0) + n[0] * OFF,
      (points[at * 3 + 1] ?? 0) + n[1] * OFF,
      (points[at * 3 + 2] ?? 0) + n[2] * OFF,
    ]
    const side = unit(cross(n, Math.abs(n[1]) > 0.9 ? [1, 0, 0] : [0, 1, 0]))
    const other = cross(n, side)
    let open = 0
    for (let ray = 0; ray < AROUND; ray += 1) {
      const angle = ((ray + random()) / AROUND) * Math.PI * 2
      const out = Math.sqrt(random())
      const high = Math.sqrt(1 - out * out)
      const [a, b] = [Math.cos(angle) * out, Math.sin(angle) * out]
      open += free(
        point,
        [
          n[0] * high + side[0] * a + other[0] * b,
          n[1] * high + side[1] * a + other[1] * b,
          n[2] * high + side[2] * a + other[2] * b,
        ],
        nearness,
      )
    }
    const dim = open / AROUND
    const up = (0.5 + 0.5 * n[1]) * dim
    const down = dim - up
    let r = lights.above[0] * up + lights.below[0] * down
    let g = lights.above[1] * up + lights.below[1] * down
    let b = lights.above[2] * up + lights.below[2] * down
    for (const lamp of lights.lamps) {
      for (let ray = 0; ray < PER_LAMP; ray += 1) {
        const to = towards(lamp, point, random() * 2 - 1, random() * 2 - 1)
        const share = (dot(n, to.way) * to.share) / PER_LAMP
        if (share < 2e-3) continue
        if (free(point, to.way, to.far === Infinity ? SUN_FAR : to.far - 0.08) < 1) continue
        r += lamp.power[0] * share
        g += lamp.power[1] * share
        b += lamp.power[2] * share
      }
    }
    raw[at * 3] = r
    raw[at * 3 + 1] = g
    raw[at * 3 + 2] = b
  }
  const light = smooth(raw, isAsked, normals, depths, width, height)

  function coloured(one: Traced, point: V, cell: number): V {
    const { look, glow = 0 } = one.solid
    const own = typeof look === 'function' ? look(...one.place(point), point) : look
    if (glow > 0) return scale(own, glow)
    return [
      own[0] * (light[cell * 3] ?? 0),
      own[1] * (light[cell * 3 + 1] ?? 0),
      own[2] * (light[cell * 3 + 2] ?? 0),
    ]
  }

  /** The pixel beside that shows the same solid, whose light is then meant. */
  function cellFor(number: number, x: number, y: number, dx: number, dy: number): number {
    const at = y * width + x
    if (index[at] === number) return at
    for (const [nx, ny] of [
      [x + dx, y],
      [x, y + dy],
      [x + dx, y + dy],
    ] as const) {
      if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue
      if (index[ny * width + nx] === number) return ny * width + nx
    }
    return at
  }

  const pixels = new Uint8ClampedArray(size * 4)
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const number = index[at] ?? -1
      const isEdge =
        (x > 0 && index[at - 1] !== number) ||
        (x < width - 1 && index[at + 1] !== number) ||
        (y > 0 && index[at - width] !== number) ||
        (y < height - 1 && index[at + width] !== number)
      let sum: V = [0, 0, 0]
      const one = seen.all[number]
      if (!isEdge && one?.solid.isFine !== true) {
        sum =
          one === undefined
            ? (stage.backdrop?.(wayOf(x + 0.5, y + 0.5)) ?? sum)
            : coloured(
                one,
                [points[at * 3] ?? 0, points[at * 3 + 1] ?? 0, points[at * 3 + 2] ?? 0],
                at,
              )
      } else {
        for (const [sx, sy] of QUARTERS) {
          const way = wayOf(x + sx, y + sy)
          const hit = seen.nearest(eye, way, Infinity)
          const other = seen.all[hit]
          const own =
            other === undefined
              ? (stage.backdrop?.(way) ?? [0, 0, 0])
              : coloured(
                  other,
                  add(eye, scale(way, seen.met())),
                  cellFor(hit, x, y, sx < 0.5 ? -1 : 1, sy < 0.5 ? -1 : 1),
                )
          sum = add(sum, scale(own as V, 0.25))
        }
      }
      pixels[at * 4] = toByte(sum[0])
      pixels[at * 4 + 1] = toByte(sum[1])
      pixels[at * 4 + 2] = toByte(sum[2])
      pixels[at * 4 + 3] = 255
    }
  }

  return {
    pixels,
    depths,
    isFree: (at, way, far) => free(at, way, far === Infinity ? SUN_FAR : far) === 1,
  }
}

const QUARTERS = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
] as const

/** Averages light over neighbours that face the same way at about the same distance. */
function smooth(
  raw: Float32Array,
  isAsked: Uint8Array,
  normals: Float32Array,
  depths: Float32Array,
  width: number,
  height: number,
): Float32Array {
  let from = raw
  let counts = Float32Array.from(isAsked)
  for (const [dx, dy] of [
    [1, 0],
    [0, 1],
    [2, 0],
    [0, 2],
  ] as const) {
    const to = new Float32Array(from.length)
    const found = new Float32Array(counts.length)
    for (let y = 0, at = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1, at += 1) {
        const nx = normals[at * 3] ?? 0
        const ny = normals[at * 3 + 1] ?? 0
        const nz = normals[at * 3 + 2] ?? 0
        const depth = depths[at] ?? 0
        const apart = 0.04 * depth * (dx + dy) + 0.05
        let r = 0
        let g = 0
        let b = 0
        let all = 0
        for (let off = -BLUR; off <= BLUR; off += 1) {
          const ox = x + off * dx
          const oy = y + off * dy
          if (ox < 0 || oy < 0 || ox >= width || oy >= height) continue
          const cell = oy * width + ox
          const alike =
            nx * (normals[cell * 3] ?? 0) +
            ny * (normals[cell * 3 + 1] ?? 0) +
            nz * (normals[cell * 3 + 2] ?? 0)
          if (alike < 0.9 || Math.abs((depths[cell] ?? 0) - depth) > apart) continue
          const count = counts[cell] ?? 0
          r += (from[cell * 3] ?? 0) * count
          g += (from[cell * 3 + 1] ?? 0) * count
          b += (from[cell * 3 + 2] ?? 0) * count
          all += count
        }
        if (all === 0) continue
        to[at * 3] = r / all
        to[at * 3 + 1] = g / all
        to[at * 3 + 2] = b / all
        found[at] = all
      }
    }
    from = to
    counts = found
  }
  return from
}
