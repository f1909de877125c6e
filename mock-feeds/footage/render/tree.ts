/** Finds what a ray meets among hundreds of solids: a tree of boxes around them. */
import { traced, type Solid, type Traced } from './solids.ts'
import type { V } from './vector.ts'

export interface Tree {
  /** Number of the nearest solid within `most`, or -1; the distance is left in `met`. */
  nearest(o: V, d: V, most: number): number
  /** Distance to the last one found. */
  met(): number
  readonly all: readonly Traced[]
}

const LEAF = 3

export function plant(solids: readonly Solid[]): Tree {
  const all = solids.map(traced)
  const order = all.map((_, at) => at)
  // Each node: its box, then either a first solid and their number, or the place of its second child (the first follows it).
  const boxes: number[] = []
  const links: number[] = []

  function grow(from: number, to: number): void {
    const node = links.length / 2
    links.push(0, 0)
    const low = [Infinity, Infinity, Infinity]
    const high = [-Infinity, -Infinity, -Infinity]
    for (let at = from; at < to; at += 1) {
      const one = all[order[at] ?? 0]
      if (one === undefined) continue
      for (let axis = 0; axis < 3; axis += 1) {
        low[axis] = Math.min(low[axis] ?? 0, one.low[axis] ?? 0)
        high[axis] = Math.max(high[axis] ?? 0, one.high[axis] ?? 0)
      }
    }
    boxes.push(...low, ...high)
    if (to - from <= LEAF) {
      links[node * 2] = from
      links[node * 2 + 1] = -(to - from)
      return
    }
    const spans = [0, 1, 2].map((axis) => (high[axis] ?? 0) - (low[axis] ?? 0))
    const axis = spans.indexOf(Math.max(...spans))
    const middle = (at: number): number => {
      const one = all[at]
      return one === undefined ? 0 : (one.low[axis] ?? 0) + (one.high[axis] ?? 0)
    }
    const part = order.slice(from, to).sort((a, b) => middle(a) - middle(b))
    part.forEach((value, at) => (order[from + at] = value))
    const half = from + ((to - from) >> 1)
    grow(from, half)
    links[node * 2 + 1] = links.length / 2
    grow(half, to)
  }
  if (all.length > 0) grow(0, all.length)
  const bounds = Float64Array.from(boxes)
  const kids = Int32Array.from(links)
  const ordered = order.flatMap((at) => all[at] ?? [])
  const numbers = Int32Array.from(order)
  const stack = new Int32Array(64)
  let distance = Infinity

  return {
    all,
    met: () => distance,
    nearest(o, d, most) {
      let found = -1
      distance = most
      if (ordered.length === 0) return found
      const [ox, oy, oz] = o
      const [ix, iy, iz] = [1 / d[0], 1 / d[1], 1 / d[2]]
      let top = 0
      stack[top++] = 0
      while (top > 0) {
        const node = stack[--top] ?? 0
        const at = node * 6
        let a = ((bounds[at] ?? 0) - ox) * ix
        let b = ((bounds[at + 3] ?? 0) - ox) * ix
        let near = a < b ? a : b
        let far = a < b ? b : a
        a = ((bounds[at + 1] ?? 0) - oy) * iy
        b = ((bounds[at + 4] ?? 0) - oy) * iy
        if (a > b) {
          const swap = a
          a = b
          b = swap
        }
        if (a > near) near = a
        if (b < far) far = b
        a = ((bounds[at + 2] ?? 0) - oz) * iz
        b = ((bounds[at + 5] ?? 0) - oz) * iz
        if (a > b) {
          const swap = a
          a = b
          b = swap
        }
        if (a > near) near = a
        if (b < far) far = b
        if (near > far || far < 0 || near > distance) continue
        const link = kids[node * 2 + 1] ?? 0
        if (link > 0) {
          stack[top++] = link
          stack[top++] = node + 1
          continue
        }
        const first = kids[node * 2] ?? 0
        for (let each = first; each < first - link; each += 1) {
          const t = ordered[each]?.meet(ox, oy, oz, d[0], d[1], d[2]) ?? Infinity
          if (t < distance) {
            distance = t
            found = numbers[each] ?? -1
          }
        }
      }
      return found
    },
  }
}
