/** What moves, drawn over the still stage: round shapes and cloth, hidden by what is nearer. */
import type { Glow } from './lights.ts'
import type { Still } from './stage.ts'
import { toByte } from './tone.ts'
import { cross, sub, unit, type V } from './vector.ts'
import { project, type View } from './view.ts'

export interface Frame {
  readonly view: View
  readonly still: Still
  /** RGBA. */
  readonly pixels: Uint8ClampedArray
  readonly depths: Float32Array
}

/** Colour of a surface by its place and the way it faces, in the drawer's own frame of reference; written into `out`. */
export type Skin = (
  out: Float64Array,
  x: number,
  y: number,
  z: number,
  nx: number,
  ny: number,
  nz: number,
) => void
export type Paint = V | Skin

export function createFrame(view: View, still: Still): Frame {
  return {
    view,
    still,
    pixels: new Uint8ClampedArray(still.pixels),
    depths: new Float32Array(still.depths),
  }
}

/** Back to the still picture. */
export function clear(frame: Frame): void {
  frame.pixels.set(frame.still.pixels)
  frame.depths.set(frame.still.depths)
}

const own = new Float64Array(3)

function put(
  pixels: Uint8ClampedArray,
  depths: Float32Array,
  at: number,
  depth: number,
  cover: number,
  r: number,
  g: number,
  b: number,
): void {
  const to = at * 4
  if (cover >= 1) {
    pixels[to] = toByte(r)
    pixels[to + 1] = toByte(g)
    pixels[to + 2] = toByte(b)
    depths[at] = depth
    return
  }
  pixels[to] = (pixels[to] ?? 0) * (1 - cover) + toByte(r) * cover
  pixels[to + 1] = (pixels[to + 1] ?? 0) * (1 - cover) + toByte(g) * cover
  pixels[to + 2] = (pixels[to + 2] ?? 0) * (1 - cover) + toByte(b) * cover
  if (cover > 0.5) depths[at] = depth
}

/** A limb: round, from `a` (radius `ra`, metres) to `b`. `dim` 0 … 1 keeps light off. */
export function drawLimb(
  frame: Frame,
  a: V,
  ra: number,
  b: V,
  rb: number,
  paint: Paint,
  glow: Glow,
  dim = 1,
): void {
  const { view } = frame
  const [ax, ay, az] = project(view, a)
  const [bx, by, bz] = project(view, b)
  if (az < 0.2 || bz < 0.2) return
  const [pa, pb] = [(ra * view.focal) / az, (rb * view.focal) / bz]
  const length = Math.hypot(bx - ax, by - ay)
  if (length < 0.5 * Math.max(pa, pb) && a !== b) {
    // Seen end on, it is two balls.
    const isANearer = az < bz
    drawLimb(
      frame,
      isANearer ? b : a,
      isANearer ? rb : ra,
      isANearer ? b : a,
      isANearer ? rb : ra,
      paint,
      glow,
      dim,
    )
    drawLimb(
      frame,
      isANearer ? a : b,
      isANearer ? ra : rb,
      isANearer ? a : b,
      isANearer ? ra : rb,
      paint,
      glow,
      dim,
    )
    return
  }
  const most = Math.max(pa, pb) + 1
  const left = Math.max(0, Math.floor(Math.min(ax - pa, bx - pb) - 1))
  const right = Math.min(view.width - 1, Math.ceil(Math.max(ax + pa, bx + pb) + 1))
  const top = Math.max(0, Math.floor(Math.min(ay, by) - most))
  const bottom = Math.min(view.height - 1, Math.ceil(Math.max(ay, by) + most))
  const [lx, ly] = [bx - ax, by - ay]
  const length2 = lx * lx + ly * ly || 1
  const { right: R, up: U, forward: F } = view
  const skin = typeof paint === 'function' ? paint : undefined
  if (typeof paint !== 'function') [own[0], own[1], own[2]] = paint
  const [br, bg, bb] = glow.base
  const [xr, xg, xb] = glow.x
  const [yr, yg, yb] = glow.y
  const [zr, zg, zb] = glow.z
  const { pixels, depths } = frame
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const px = x + 0.5 - ax
      const py = y + 0.5 - ay
      const along = (px * lx + py * ly) / length2
      const t = along < 0 ? 0 : along > 1 ? 1 : along
      const r = pa + (pb - pa) * t
      const dx = px - lx * t
      const dy = py - ly * t
      const d2 = dx * dx + dy * dy
      if (d2 >= (r + 0.5) * (r + 0.5)) continue
      const d = Math.sqrt(d2)
      const cover = r - d + 0.5
      const sx = dx / Math.max(r, d)
      const sy = dy / Math.max(r, d)
      const sz = Math.sqrt(Math.max(0, 1 - sx * sx - sy * sy))
      const radius = ra + (rb - ra) * t
      const depth = az + (bz - az) * t - radius * sz
      const at = y * view.width + x
      if (depth >= (depths[at] ?? 0)) continue
      const nx = R[0] * sx - U[0] * sy - F[0] * sz
      const ny = R[1] * sx - U[1] * sy - F[1] * sz
      const nz = R[2] * sx - U[2] * sy - F[2] * sz
      if (skin !== undefined)
        skin(
          own,
          a[0] + (b[0] - a[0]) * t + nx * radius,
          a[1] + (b[1] - a[1]) * t + ny * radius,
          a[2] + (b[2] - a[2]) * t + nz * radius,
          nx,
          ny,
          nz,
        )
      const shade = dim * (0.62 + 0.38 * sz)
      const lr = Math.max(0.02, br + xr * nx + yr * ny + zr * nz) * shade
      const lg = Math.max(0.02, bg + xg * nx + yg * ny + zg * nz) * shade
      const lb = Math.max(0.02, bb + xb * nx + yb * ny + zb * nz) * shade
      put(
        pixels,
        depths,
        at,
        depth,
        cover,
        (own[0] ?? 0) * lr,
        (own[1] ?? 0) * lg,
        (own[2] ?? 0) * lb,
      )
    }
  }
}

/** Looks up a colour by place, 0 … 1 each; nothing where the sheet has a hole. */
export type Print = (u: number, v: number) => V | undefined

/** A flat four-cornered piece: `origin`, and its edges. `glow` lights it; a number makes it shine by itself. */
export function drawSheet(
  frame: Frame,
  origin: V,
  u: V,
  v: V,
  print: Print,
  glow: Glow | number,
): void {
  const { view } = frame
  const n = unit(cross(u, v))
  const corners = [
    origin,
    [origin[0] + u[0], origin[1] + u[1], origin[2] + u[2]],
    [origin[0] + v[0], origin[1] + v[1], origin[2] + v[2]],
    [origin[0] + u[0] + v[0], origin[1] + u[1] + v[1], origin[2] + u[2] + v[2]],
  ].map((corner) => project(view, corner as unknown as V))
  if (corners.some(([, , z]) => z < 0.2)) return
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  const [uu, vv, uv] = [dotOf(u, u), dotOf(v, v), dotOf(u, v)]
  const det = uu * vv - uv * uv
  const off = sub(origin, view.eye)
  const level = dotOf(n, off)
  const away = dotOf(n, view.forward) > 0 ? -1 : 1
  const light: V =
    typeof glow === 'number'
      ? [glow, glow, glow]
      : ([0, 1, 2].map((part) =>
          Math.max(
            0.02,
            (glow.base[part] ?? 0) +
              away *
                ((glow.x[part] ?? 0) * n[0] +
                  (glow.y[part] ?? 0) * n[1] +
                  (glow.z[part] ?? 0) * n[2]),
          ),
        ) as unknown as V)
  for (
    let y = Math.max(0, Math.floor(Math.min(...ys)));
    y <= Math.min(view.height - 1, Math.max(...ys));
    y += 1
  ) {
    for (
      let x = Math.max(0, Math.floor(Math.min(...xs)));
      x <= Math.min(view.width - 1, Math.max(...xs));
      x += 1
    ) {
      const kx = (x + 0.5 - view.width / 2) / view.focal
      const ky = (view.height / 2 - y - 0.5) / view.focal
      const wx = view.forward[0] + view.right[0] * kx + view.up[0] * ky
      const wy = view.forward[1] + view.right[1] * kx + view.up[1] * ky
      const wz = view.forward[2] + view.right[2] * kx + view.up[2] * ky
      const depth = level / (n[0] * wx + n[1] * wy + n[2] * wz)
      if (!(depth > 0.2)) continue
      const qx = wx * depth - off[0]
      const qy = wy * depth - off[1]
      const qz = wz * depth - off[2]
      const a = qx * u[0] + qy * u[1] + qz * u[2]
      const b = qx * v[0] + qy * v[1] + qz * v[2]
      const s = (a * vv - b * uv) / det
      const t = (b * uu - a * uv) / det
      if (s < 0 || t < 0 || s > 1 || t > 1) continue
      const at = y * view.width + x
      if (depth >= (frame.depths[at] ?? 0) + 0.01) continue
      const ink = print(s, t)
      if (ink !== undefined)
        put(
          frame.pixels,
          frame.depths,
          at,
          depth,
          1,
          ink[0] * light[0],
          ink[1] * light[1],
          ink[2] * light[2],
        )
    }
  }
}

const dotOf = (a: V, b: V): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

/** Darkens level ground around a point: the shadow of somebody who walks. `long` and `wide` in metres, `turn` in degrees. */
export function drawShade(
  frame: Frame,
  at: V,
  long: number,
  wide: number,
  turn: number,
  strength: number,
): void {
  const { view, still } = frame
  const reach = Math.max(long, wide)
  const spots = [
    [-reach, -reach],
    [reach, -reach],
    [-reach, reach],
    [reach, reach],
  ].map(([dx = 0, dz = 0]) => project(view, [at[0] + dx, at[1], at[2] + dz]))
  if (spots.some(([, , z]) => z < 0.3)) return
  const xs = spots.map(([x]) => x)
  const ys = spots.map(([, y]) => y)
  const angle = (turn * Math.PI) / 180
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  for (
    let y = Math.max(0, Math.floor(Math.min(...ys)));
    y <= Math.min(view.height - 1, Math.max(...ys));
    y += 1
  ) {
    for (
      let x = Math.max(0, Math.floor(Math.min(...xs)));
      x <= Math.min(view.width - 1, Math.max(...xs));
      x += 1
    ) {
      const cell = y * view.width + x
      const kx = (x + 0.5 - view.width / 2) / view.focal
      const ky = (view.height / 2 - y - 0.5) / view.focal
      const wy = view.forward[1] + view.right[1] * kx + view.up[1] * ky
      const depth = (at[1] - view.eye[1]) / wy
      if (!(depth > 0.3) || Math.abs((still.depths[cell] ?? 0) - depth) > 0.03 * depth) continue
      if ((frame.depths[cell] ?? 0) < depth * 0.98) continue
      const dx =
        view.eye[0] + depth * (view.forward[0] + view.right[0] * kx + view.up[0] * ky) - at[0]
      const dz =
        view.eye[2] + depth * (view.forward[2] + view.right[2] * kx + view.up[2] * ky) - at[2]
      const q = ((c * dx - s * dz) / wide) ** 2 + ((s * dx + c * dz) / long) ** 2
      if (q >= 1) continue
      const keep = 1 - strength * (1 - q)
      for (let part = 0; part < 3; part += 1)
        frame.pixels[cell * 4 + part] = (frame.pixels[cell * 4 + part] ?? 0) * keep
    }
  }
}
