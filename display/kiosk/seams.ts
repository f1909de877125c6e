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
const farthest = { x: 9, y: 3 } as const
/** And one between two letters of which the seam may pass is nearer to its place so than beyond this. */
const farthestOfLong = 3.5
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

const doTouch = (one: Letters, two: Letters): boolean =>
  Math.min(one.right, two.right) - Math.max(one.left, two.left) > touching &&
  Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > touching
/** How far the second must go ahead of the first, which comes from behind it and may be over it by now. */
function wayOff(axis: Axis, one: Letters, two: Letters, direction: number): number {
  const [[from, to], [start, end]] = [ends(axis, one), ends(axis, two)]
  return direction > 0 ? to - start : end - from
}

/** A piece where it stands by now: its lines, and the box around them. */
interface Place {
  readonly shift: Shift
  readonly lines: readonly Letters[]
  readonly box: Letters
}

function placeOf({ lines }: Piece, shift: Shift): Place {
  const here = lines.map((line) => moved(line, shift))
  const box = {
    left: Math.min(...here.map(({ left }) => left)),
    right: Math.max(...here.map(({ right }) => right)),
    top: Math.min(...here.map(({ top }) => top)),
    bottom: Math.max(...here.map(({ bottom }) => bottom)),
  }
  return { shift, lines: here, box }
}

/** How far each piece steps aside. What finds no room lets the seam pass between two of its letters. */
export function stepAside(pieces: readonly Piece[], seams: Seams): readonly Shift[] {
  const places = new Map(
    pieces.map((piece, index) => [index, placeOf(piece, { dx: 0, dy: 0 })] as const),
  )
  const further = (index: number, axis: Axis, by: number): Place | undefined => {
    const [piece, place] = [pieces[index], places.get(index)]
    if (piece === undefined || place === undefined) return undefined
    const { dx, dy } = place.shift
    return placeOf(piece, axis === 'x' ? { dx: dx + by, dy } : { dx, dy: dy + by })
  }

  /** The moves of a piece and of those that it pushes before it; null where there is no room. `isCut`: a seam may pass through the first. */
  function push(
    first: number,
    axis: Axis,
    amount: number,
    isCut = false,
  ): ReadonlyMap<number, Place> | null {
    const moves = new Map<number, Place>()
    const queue: number[] = []
    const move = (index: number, by: number) => {
      const place = further(index, axis, by)
      if (place === undefined) return
      moves.set(index, place)
      queue.push(index)
    }
    move(first, amount)
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      const { lines = [], box } = moves.get(one) ?? {}
      const before = places.get(one)?.lines ?? []
      const mayBeOn = isCut && one === first
      if (!mayBeOn && seams[axis].some((seam) => lines.some((line) => isOn(axis, line, seam))))
        return null
      for (const [other, place] of places) {
        // A wall has hundreds of texts, and few stand near this one.
        if (moves.has(other) || box === undefined || !doTouch(box, place.box)) continue
        const touched = lines.flatMap((line, at) =>
          place.lines
            .filter(
              (each) =>
                doTouch(line, each) && !(before[at] !== undefined && doTouch(before[at], each)),
            )
            .map((each) => wayOff(axis, line, each, amount)),
        )
        if (touched.length === 0) continue
        const by = Math.sign(amount) * (Math.max(...touched) + (axis === 'x' ? apart : 0))
        if (moves.size >= most || Math.abs(by) > farthest[axis]) return null
        move(other, by)
      }
    }
    return moves
  }

  /** By the first of several amounts for which there is room. */
  function pushBy(
    amounts: readonly number[],
    ...[first, axis, isCut]: [first: number, axis: Axis, isCut?: boolean]
  ): ReadonlyMap<number, Place> | null {
    for (const amount of amounts) {
      const moves = push(first, axis, amount, isCut)
      if (moves !== null) return moves
    }
    return null
  }
  const settle = (moves: ReadonlyMap<number, Place>) => {
    for (const [index, place] of moves) places.set(index, place)
  }
  for (const axis of ['y', 'x'] as const)
    for (const seam of seams[axis])
      for (const [index, piece] of pieces.entries()) {
        const { lines = [], shift } = places.get(index) ?? {}
        const cut = lines.filter((line) => isOn(axis, line, seam)).map((line) => ends(axis, line))
        if (cut.length === 0) continue
        const [start, end] = [
          Math.min(...cut.map(([from]) => from)),
          Math.max(...cut.map(([, to]) => to)),
        ]
        const ways = [seam.to - start, seam.from - end]
          .filter((by) => Math.abs(by) <= mostOf(axis, piece))
          .sort((a, b) => Math.abs(a) - Math.abs(b))
        const moves = pushBy(ways, index, axis)
        if (moves !== null) settle(moves)
        else if (axis === 'x') {
          const toGaps = waysToGaps(piece, shift, seam)
          const free = pushBy(toGaps, index, axis, true)
          const gap = further(index, axis, toGaps[0] ?? 0)
          settle(free ?? (gap === undefined ? new Map() : new Map([[index, gap]])))
        }
      }
  return pieces.map((_, index) => places.get(index)?.shift ?? { dx: 0, dy: 0 })
}

const mostOf = (axis: Axis, { gaps }: Piece): number =>
  axis === 'x' && gaps.length > 0 ? farthestOfLong : farthest[axis]

/** The ways that bring a gap between two letters onto the middle of a seam, the shortest first. */
function waysToGaps(piece: Piece, shift: Shift | undefined, { from, to }: Span): readonly number[] {
  const middle = (from + to) / 2
  return piece.gaps
    .map((gap) => middle - gap - (shift?.dx ?? 0))
    .sort((a, b) => Math.abs(a) - Math.abs(b))
    .slice(0, most)
}
