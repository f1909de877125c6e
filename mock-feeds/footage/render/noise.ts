/** Mulberry32: the same seed gives the same picture on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function lattice(x: number, y: number, z: number): number {
  let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(z, 1274126177)
  h = Math.imul(h ^ (h >>> 13), 1274126177)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296
}

/** Smooth noise, 0 … 1. */
export function noise(x: number, y: number, z = 0): number {
  const x0 = Math.floor(x)
  const y0 = Math.floor(y)
  const z0 = Math.floor(z)
  const u = ease(x - x0)
  const v = ease(y - y0)
  const w = ease(z - z0)
  const front = plane(x0, y0, z0, u, v)
  return w === 0 ? front : front + (plane(x0, y0, z0 + 1, u, v) - front) * w
}

const ease = (t: number): number => t * t * (3 - 2 * t)
function plane(x: number, y: number, z: number, u: number, v: number): number {
  const a = lattice(x, y, z)
  const b = lattice(x, y + 1, z)
  const near = a + (lattice(x + 1, y, z) - a) * u
  const far = b + (lattice(x + 1, y + 1, z) - b) * u
  return near + (far - near) * v
}

/** Noise at four sizes, 0 … 1, about 0.5. */
export const rough = (x: number, y: number, z = 0): number =>
  noise(x, y, z) * 0.5 +
  noise(x * 2.1, y * 2.1, z * 2.1) * 0.26 +
  noise(x * 4.3, y * 4.3, z * 4.3) * 0.15 +
  noise(x * 8.7, y * 8.7, z * 8.7) * 0.09

/** Smooth wave that returns to its start after the loop: `cycles` must be whole. */
export const wave = (phase: number, cycles: number, offset = 0): number =>
  Math.sin((phase * cycles + offset) * Math.PI * 2)

/** 0 most of the loop, up to 1 for a moment around `at`; `width` as a share of the loop. */
export function bump(phase: number, at: number, width: number): number {
  const apart = Math.abs(((((phase - at) % 1) + 1.5) % 1) - 0.5)
  return apart > width ? 0 : 0.5 + 0.5 * Math.cos((apart / width) * Math.PI)
}

/** Like `bump`, but stays at 1 for most of its width. */
export const hold = (phase: number, at: number, width: number): number =>
  Math.min(1, bump(phase, at, width) * 2.6)
