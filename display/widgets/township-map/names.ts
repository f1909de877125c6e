/** Which flags of a township are named, and at which side, so that no name lies on a flag or on another name. Pure; px. */
import type { Point } from '../../canvas/map/geometry.ts'

export interface Flag {
  readonly id: string
  readonly name: string
  readonly foot: Point
  /** Of the pole. */
  readonly height: number
  /** The heavier is named first. */
  readonly weight: number
}

export interface Name {
  readonly id: string
  readonly name: string
  readonly x: number
  /** The middle of the line. */
  readonly y: number
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const touches = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** `size`: of the letters, which are one em wide; names stay within `width` × `height`. */
export function placeNames(
  flags: readonly Flag[],
  size: number,
  { width, height }: { readonly width: number; readonly height: number },
): readonly Name[] {
  const taken: Box[] = flags.map(({ foot, height: tall }) => ({
    left: foot.x - tall * 0.25,
    right: foot.x + tall * 0.66,
    top: foot.y - tall,
    bottom: foot.y + tall * 0.2,
  }))
  const names: Name[] = []
  const heaviest = [...flags].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
  for (const { id, name, foot, height: tall } of heaviest) {
    const wide = name.length * size
    const right = foot.x + tall * 0.66 + size * 0.35
    const left = foot.x - tall * 0.25 - size * 0.35 - wide
    const middle = foot.x - wide / 2
    const spots = [
      { x: right, y: foot.y - tall * 0.6 },
      { x: right, y: foot.y - size * 0.4 },
      { x: left, y: foot.y - tall * 0.6 },
      { x: middle, y: foot.y + size * 0.95 },
    ]
    for (const { x, y } of spots) {
      const box = { left: x, right: x + wide, top: y - size * 0.58, bottom: y + size * 0.58 }
      const isInside = box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height
      if (!isInside || taken.some((other) => touches(other, box))) continue
      taken.push(box)
      names.push({ id, name, x, y })
      break
    }
  }
  return names
}

/** The kind of the organisation goes without saying on a map. */
export function shortNameOf(name: string): string {
  return name.replace(/(党支部|支部)$/, '') || name
}
