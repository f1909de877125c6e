/** Where the panels of a wall meet, and how far texts step aside so that no letter is cut there. Pure; all in one unit. */
import type { Grid } from './cut.ts'

interface Span {
  readonly from: number
  readonly to: number
}

/** What no letter may touch: between columns of panels along `x`, between rows along `y`. */
export interface Seams {
  readonly x: readonly Span[]
  readonly y: readonly Span[]
}

/** On each side of a seam that has no width of its own. */
const clearance = 0.25

/** Of so many panels of one size, with so much hidden between two of them. */
export function seamsOf(grid: Grid, width: number, height: number, hidden: number): Seams {
  const between = (count: number, length: number) => {
    const panel = (length - (count - 1) * hidden) / count
    return Array.from({ length: count - 1 }, (_, at) => {
      const from = (at + 1) * panel + at * hidden
      return { from: from - clearance, to: from + hidden + clearance }
    })
  }
  return { x: between(grid.columns, width), y: between(grid.rows, height) }
}

export interface Letters {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** A text that moves as a whole. */
export interface Piece {
  readonly lines: readonly Letters[]
  /** Along `x`, between its letters: where a seam may pass if the text has no room to step aside. */
  readonly gaps: readonly number[]
}

export interface Shift {
  readonly dx: number
  readonly dy: number
}

/** Farther than this a text would no longer be where it belongs. */
const farthest = { x: 9, y: 2.2 } as const
/** So many neighbours make room for one text. */
const most = 5
/** Between two texts of which one made the other move. */
const apart = 0.3
const touching = 0.06

type Axis = keyof Seams
const ends = (axis: Axis, { left, right, top, bottom }: Letters) =>
  axis === 'x' ? ([left, right] as const) : ([top, bottom] as const)

const isOn = (axis: Axis, line: Letters, { from, to }: Span): boolean => {
  const [start, end] = ends(axis, line)
  return start < to - touching && end > from + touching
}

export const crosses = (piece: Pick<Piece, 'lines'>, seams: Seams): boolean =>
  (['x', 'y'] as const).some((axis) =>
    seams[axis].some((seam) => piece.lines.some((line) => isOn(axis, line, seam))),
  )

const moved = (line: Letters, { dx, dy }: Shift): Letters => ({
  left: line.left + dx,
  right: line.right + dx,
  top: line.top + dy,
  bottom: line.bottom + dy,
})

const overlap = (one: Letters, two: Letters) => ({
  x: Math.min(one.right, two.right) - Math.max(one.left, two.left),
  y: Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top),
})
const doTouch = (one: Letters, two: Letters): boolean => {
  const { x, y } = overlap(one, two)
  return x > touching && y > touching
}

/** How far each piece steps aside. What finds no room lets the seam pass between two of its letters. */
export function stepAside(pieces: readonly Piece[], seams: Seams): readonly Shift[] {
  const shifts: Shift[] = pieces.map(() => ({ dx: 0, dy: 0 }))
  const linesOf = (index: number, by: ReadonlyMap<number, Shift>) => {
    const shift = by.get(index) ?? shifts[index] ?? { dx: 0, dy: 0 }
    return (pieces[index]?.lines ?? []).map((line) => moved(line, shift))
  }
  const plus = (index: number, axis: Axis, by: number): Shift => {
    const { dx, dy } = shifts[index] ?? { dx: 0, dy: 0 }
    return axis === 'x' ? { dx: dx + by, dy } : { dx, dy: dy + by }
  }

  /** The moves of a piece and of those that it pushes before it; null where there is no room. `isCut`: a seam may pass through the first. */
  function push(
    first: number,
    axis: Axis,
    amount: number,
    isCut = false,
  ): ReadonlyMap<number, Shift> | null {
    const moves = new Map<number, Shift>([[first, plus(first, axis, amount)]])
    const queue: number[] = [first]
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      const lines = linesOf(one, moves)
      const mayBeOn = isCut && one === first
      if (!mayBeOn && seams[axis].some((seam) => lines.some((line) => isOn(axis, line, seam))))
        return null
      for (let other = 0; other < pieces.length; other += 1) {
        if (moves.has(other)) continue
        const before = linesOf(one, new Map())
        const others = linesOf(other, moves)
        const touched = lines.flatMap((line, at) =>
          others
            .filter(
              (each) =>
                doTouch(line, each) && !(before[at] !== undefined && doTouch(before[at], each)),
            )
            .map((each) => overlap(line, each)[axis]),
        )
        if (touched.length === 0) continue
        const by = Math.sign(amount) * (Math.max(...touched) + (axis === 'x' ? apart : 0))
        if (moves.size >= most || Math.abs(by) > farthest[axis]) return null
        moves.set(other, plus(other, axis, by))
        queue.push(other)
      }
    }
    return moves
  }

  for (const axis of ['y', 'x'] as const)
    for (const seam of seams[axis])
      for (const [index, piece] of pieces.entries()) {
        const lines = linesOf(index, new Map())
        const cut = lines.filter((line) => isOn(axis, line, seam)).map((line) => ends(axis, line))
        if (cut.length === 0) continue
        const [start, end] = [
          Math.min(...cut.map(([from]) => from)),
          Math.max(...cut.map(([, to]) => to)),
        ]
        const ways = [seam.to - start, seam.from - end]
          .filter((by) => Math.abs(by) <= farthest[axis])
          .sort((a, b) => Math.abs(a) - Math.abs(b))
        const moves = ways.map((by) => push(index, axis, by)).find((each) => each !== null)
        if (moves !== undefined && moves !== null)
          for (const [each, shift] of moves) shifts[each] = shift
        else if (axis === 'x') {
          const toGaps = waysToGaps(piece, shifts[index], seam)
          const free = toGaps.map((by) => push(index, axis, by, true)).find((each) => each !== null)
          const gap = new Map([[index, plus(index, axis, toGaps[0] ?? 0)]])
          for (const [each, shift] of free ?? gap) shifts[each] = shift
        }
      }
  return shifts
}

/** The ways that bring a gap between two letters onto the middle of a seam, the shortest first. */
function waysToGaps(piece: Piece, shift: Shift | undefined, { from, to }: Span): readonly number[] {
  const middle = (from + to) / 2
  return piece.gaps
    .map((gap) => middle - gap - (shift?.dx ?? 0))
    .sort((a, b) => Math.abs(a) - Math.abs(b))
    .slice(0, most)
}
