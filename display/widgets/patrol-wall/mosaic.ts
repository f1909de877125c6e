/** Where the pictures of the patrol stand: of 16:9, as large as the place lets them be. Pure; in u of the panel's body. */
import type { Size } from '../../parts/size.ts'

export interface Tile {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

const ratio = 16 / 9
const gap = 1.2
const wideGap = 4
/** So much wider than 16:9 a picture may be, cut above and below, where that fills the wall. */
const widest = 1.2

/** The programme, four tiles beside it and four beneath. */
function nineIn({ w, h }: Size): readonly Tile[] {
  const by = Math.min(w / 166, h / 98.8)
  const [side, beneath] = [17.8 * by, 22.8 * by]
  const between = gap * by
  const programme = { w: 133 * by, h: 4 * side + 3 * between }
  const right = { x: programme.w + between, w: 31.8 * by }
  const wide = (right.x + right.w - 3 * between) / 4
  return [
    { x: 0, y: 0, ...programme },
    ...[0, 1, 2, 3].map((at) => ({ ...right, y: at * (side + between), h: side })),
    ...[0, 1, 2, 3].map((at) => ({
      x: at * (wide + between),
      y: programme.h + between,
      w: wide,
      h: beneath,
    })),
  ]
}

/** The programme, and beside it one above two where there is the width, else three in a column; `beneath` the programme something else stands. */
function fourIn({ w, h }: Size, beneath: number): readonly Tile[] {
  const low = (h - 2 * gap) / 3
  const column = low * ratio
  const most = w - wideGap - column
  const high = Math.min(h - beneath, most / ratio)
  const programme = { x: 0, y: 0, w: high * ratio, h: high }
  // One large picture over two small ones is as high as three in a column.
  const large = (h - gap + gap / 2 / ratio) / (1 / ratio + 1 / (2 * ratio))
  const room = w - programme.w - wideGap
  if (room < large) {
    const each = Math.min(room, column * widest)
    return [
      programme,
      ...[0, 1, 2].map((at) => ({ x: w - each, y: at * (low + gap), w: each, h: low })),
    ]
  }
  const wide = Math.min(room, large * widest)
  const x = w - wide
  const small = (wide - gap) / 2
  const y = large / ratio + gap
  return [
    programme,
    { x, y: 0, w: wide, h: y - gap },
    { x, y, w: small, h: h - y },
    { x: x + small + gap, y, w: small, h: h - y },
  ]
}

export function mosaicOf(tiles: 4 | 9, room: Size, beneath: number): readonly Tile[] {
  return tiles === 9 ? nineIn(room) : fourIn(room, beneath)
}
