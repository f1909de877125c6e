/** Points in metres (x right, y up, z away) and colours in linear light. */
export type V = readonly [number, number, number]

export const add = (a: V, b: V): V => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
export const sub = (a: V, b: V): V => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
export const scale = (a: V, by: number): V => [a[0] * by, a[1] * by, a[2] * by]
export const dot = (a: V, b: V): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
export const cross = (a: V, b: V): V => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
export const norm = (a: V): number => Math.hypot(a[0], a[1], a[2])
export const unit = (a: V): V => scale(a, 1 / (norm(a) || 1))
export const mix = (a: V, b: V, share: number): V => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
]

export const clamp = (value: number, low = 0, high = 1): number =>
  value < low ? low : value > high ? high : value
/** 0 below `from`, 1 above `to`, smooth between. */
export function ramp(value: number, from: number, to: number): number {
  const t = clamp((value - from) / (to - from))
  return t * t * (3 - 2 * t)
}

/** `#rrggbb` as linear light, 0 … 1. */
export function colour(hex: string): V {
  const value = Number.parseInt(hex.slice(1), 16)
  const part = (shift: number): number => (((value >> shift) & 255) / 255) ** 2.2
  return [part(16), part(8), part(0)]
}
