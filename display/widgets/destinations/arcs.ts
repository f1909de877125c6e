/** Floating members as arcs from the county to where they went, and as dots beneath. Pure; lengths in u. */
import type { Row } from '../../../protocol/board.ts'

export type Destination = Omit<Row<'destinations'>, 'id' | 'hosts'>

/** `joined`: took part this month; `attached`: in an organisation there and did not; `home`: looked after from home. */
export interface Dots {
  readonly columns: number
  readonly joined: number
  readonly attached: number
  readonly home: number
}

export interface Arc extends Destination {
  /** Middle of its column. */
  readonly x: number
  readonly width: number
  readonly path: string
  readonly stroke: number
  readonly isWidest: boolean
  readonly dots: Dots
}

export interface Arcs {
  readonly arcs: readonly Arc[]
  /** Members of one dot. */
  readonly perDot: number
  readonly pitch: number
}

/** `from` … `to`: the columns' room; `start`: where the county stands; `foot`: the line on which arcs end. */
export interface Room {
  readonly from: number
  readonly to: number
  readonly start: { readonly x: number; readonly y: number }
  readonly foot: number
  readonly rows: number
  /** Of the widest arc. */
  readonly stroke: number
  /** Columns. */
  readonly most: number
}

/** Room of a place of this size: arcs above the figures and dots, which take the same height on every wall. */
export function roomOf(width: number, height: number): Room {
  const foot = height - 39.6
  const from = 28
  return {
    from,
    to: width,
    foot,
    start: { x: 17, y: (foot * 20) / 38 },
    rows: 8,
    stroke: foot * 0.12,
    most: Math.max(3, Math.floor((width - from) / columnWide)),
  }
}

const rest = '其他'
const pitchMost = 1.6
const columnLeast = 13
const columnWide = 15.5
const dotsMost = 400
const strokeLeast = 0.4

/** At most so many, the largest in the middle; what is left over is gathered as 其他, which stands last. */
export function shownOf(destinations: Iterable<Row<'destinations'>>, most: number): Destination[] {
  const all = [...destinations].sort((a, b) => b.members - a.members || (a.id < b.id ? -1 : 1))
  const named = all.filter(({ city }) => city !== rest)
  const hasRest = named.length < all.length || named.length > most
  const few = named.slice(0, hasRest ? most - 1 : most)
  const others = all.filter((each) => !few.includes(each))
  const shown: Destination[] = []
  few.forEach((each, at) => (at % 2 === 0 ? shown.push(each) : shown.unshift(each)))
  if (others.length === 0) return shown
  const sum = (of: (each: Destination) => number) => others.reduce((n, each) => n + of(each), 0)
  return [
    ...shown,
    {
      city: rest,
      members: sum((each) => each.members),
      branches: sum((each) => each.branches),
      attached: sum((each) => each.attached),
      joined: sum((each) => each.joined),
      origins: sum((each) => each.origins),
    },
  ]
}

/** 1, 10, 100 …: so many members a dot that the dots can be told apart. */
export function perDotOf(members: number): number {
  let per = 1
  while (members / per > dotsMost) per *= 10
  return per
}

/** Every destination has a dot, and everyone who took part is among those who are attached. */
export function dotsOf(
  { members, attached, joined }: Pick<Destination, 'members' | 'attached' | 'joined'>,
  per: number,
  rows: number,
): Dots {
  const all = Math.max(1, Math.round(members / per))
  const full = Math.min(all, Math.round(joined / per))
  const inside = Math.min(all, Math.max(full, Math.round(attached / per)))
  return {
    columns: Math.max(Math.ceil(all / rows), Math.min(all, rows)),
    joined: full,
    attached: inside - full,
    home: all - inside,
  }
}

export function arcsOf(destinations: Iterable<Row<'destinations'>>, room: Room): Arcs {
  const shown = shownOf(destinations, room.most)
  const perDot = perDotOf(shown.reduce((sum, { members }) => sum + members, 0))
  const dots = shown.map((each) => dotsOf(each, perDot, room.rows))
  const widths = dots.map(({ columns }) => Math.max(columnLeast, columns * pitchMost + 3))
  const needed = widths.reduce((sum, width) => sum + width, 0)
  const shrink = Math.min(1, (room.to - room.from) / Math.max(1, needed))
  const gap = Math.max(0, room.to - room.from - needed) / Math.max(1, shown.length)
  const largest = Math.max(1, ...shown.map(({ members }) => members))
  const strokes = shown.map(({ members }) =>
    Math.max(strokeLeast, (members / largest) * room.stroke),
  )
  // They leave the county side by side, the nearest lowest, so that none crosses another.
  let low = room.start.y + strokes.reduce((sum, stroke) => sum + stroke, 0) / 2
  let left = room.from
  const arcs = shown.map((each, at): Arc => {
    const stroke = strokes[at] ?? strokeLeast
    const width = (widths[at] ?? 0) * shrink + gap
    const x = left + width / 2
    left += width
    const y = low - stroke / 2
    low -= stroke
    return {
      ...each,
      x,
      width,
      stroke,
      path: pathOf(room, x, y),
      isWidest: each.members === largest,
      dots: dots[at] ?? { columns: 1, joined: 0, attached: 0, home: 0 },
    }
  })
  return { arcs, perDot, pitch: pitchMost * shrink }
}

/** They leave side by side at one slope, and the farther keeps to it longer: it stays above. */
function pathOf({ from, to, start, foot }: Room, x: number, y: number): string {
  const reach = (x - from) / Math.max(1, to - from)
  const out = (x - start.x) * (0.3 - 0.08 * reach)
  const steep = (foot / (to - from)) * 3.79
  const rise = out * (0.8 - 0.1 * reach) * steep
  const top = start.y * (0.75 - 0.76 * reach)
  return `M${round(start.x)} ${round(y)}C${round(start.x + out)} ${round(y - rise)} ${round(x)} ${round(top)} ${round(x)} ${round(foot)}`
}

const round = (value: number) => Math.round(value * 100) / 100

/** Where the dots stand in a grid, filled from the top left, and which of them. */
export function gridOf(dots: Dots): readonly {
  readonly column: number
  readonly row: number
  readonly kind: 'joined' | 'attached' | 'home'
}[] {
  const kinds = (['joined', 'attached', 'home'] as const).flatMap((kind) =>
    Array.from({ length: dots[kind] }, () => kind),
  )
  return kinds.map((kind, at) => ({
    column: at % dots.columns,
    row: Math.floor(at / dots.columns),
    kind,
  }))
}
