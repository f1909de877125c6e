/** Where light comes from, and what of it falls on a turned surface. */
import { add, dot, norm, scale, sub, unit, type V } from './vector.ts'

export type Lamp =
  /** A tube, panel or window that shines to one side; `u` and `v` are its half edges, `power` falls off with the square of the metres. */
  | {
      readonly kind: 'area'
      readonly at: V
      readonly u: V
      readonly v: V
      readonly faces: V
      readonly power: V
    }
  | { readonly kind: 'bulb'; readonly at: V; readonly power: V }
  | { readonly kind: 'sun'; readonly towards: V; readonly power: V }

export interface Lights {
  readonly lamps: readonly Lamp[]
  /** What comes from everywhere: on what looks up, and on what looks down. */
  readonly above: V
  readonly below: V
}

/** Direction and distance to a point of the lamp, and how much of it arrives on a surface that faces it. */
export function towards(
  lamp: Lamp,
  at: V,
  s: number,
  t: number,
): { readonly way: V; readonly far: number; readonly share: number } {
  if (lamp.kind === 'sun') {
    const way = unit(add(lamp.towards, [s * 0.03, 0, t * 0.03]))
    return { way, far: Infinity, share: 1 }
  }
  const spread: V =
    lamp.kind === 'area' ? add(scale(lamp.u, s), scale(lamp.v, t)) : [s * 0.08, 0, t * 0.08]
  const d = sub(add(lamp.at, spread), at)
  const far = norm(d)
  const way = scale(d, 1 / far)
  const faced = lamp.kind === 'area' ? Math.max(0, -dot(way, lamp.faces)) : 1
  return { way, far, share: faced / Math.max(0.25, far * far) }
}

/** Light on any surface at a place, by its normal: a constant and three slopes a colour. */
export interface Glow {
  readonly base: V
  readonly x: V
  readonly y: V
  readonly z: V
}

/** `seen` is 0 … 1: how much of a lamp reaches the place. */
export function glowAt(lights: Lights, at: V, seen: (lamp: Lamp) => number): Glow {
  const half = scale(add(lights.above, lights.below), 0.5)
  let base = half
  let x: V = [0, 0, 0]
  let y: V = scale(sub(lights.above, lights.below), 0.5)
  let z: V = [0, 0, 0]
  for (const lamp of lights.lamps) {
    const { way, share } = towards(lamp, at, 0, 0)
    const power = scale(lamp.power, share * seen(lamp))
    base = add(base, scale(power, 0.3))
    x = add(x, scale(power, way[0] * 0.55))
    y = add(y, scale(power, way[1] * 0.55))
    z = add(z, scale(power, way[2] * 0.55))
  }
  return { base, x, y, z }
}
