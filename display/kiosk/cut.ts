/** One browser of several that are one wall: which part of the common picture it shows. Pure. */

export interface Grid {
  readonly columns: number
  readonly rows: number
}

export interface Cut extends Grid {
  /** From 1, from the left and from the top. */
  readonly column: number
  readonly row: number
  /** CSS px that the frames of two neighbours hide between their pictures. */
  readonly bezel: number
}

/** What `useCanvas` lays out in px: the size of the common picture, and where in it this browser's window begins. */
export interface Window {
  readonly width: number
  readonly height: number
  readonly x: number
  readonly y: number
}

export const wholeWall: Cut = { columns: 1, rows: 1, column: 1, row: 1, bezel: 0 }

/** All windows are of the same size; the picture goes on behind their frames. */
export function windowOf(cut: Cut, width: number, height: number): Window {
  const { columns, rows, column, row, bezel } = cut
  return {
    width: columns * width + (columns - 1) * bezel,
    height: rows * height + (rows - 1) * bezel,
    x: (column - 1) * (width + bezel),
    y: (row - 1) * (height + bezel),
  }
}

/** A setting that cannot be followed; `message` is a sentence for whoever wrote the address. */
export class SettingError extends Error {}

const most = 8
const bezelMost = 400

/** `3x2`: columns and rows. */
export function readGrid(name: string, text: string): Grid {
  const [, columns, rows] = /^(\d)x(\d)$/.exec(text) ?? []
  const grid = { columns: Number(columns), rows: Number(rows) }
  if (Object.values(grid).some((count) => !(count >= 1 && count <= most)))
    throw new SettingError(
      `地址中的 ${name}=${text} 应写成“列x行”,各为 1 到 ${most},如 ${name}=3x2`,
    )
  return grid
}

/** `grid=3x2&part=1,2&bezel=12` */
export function readCut(query: URLSearchParams): Cut {
  const grid = query.get('grid')
  const part = query.get('part')
  const bezel = query.get('bezel')
  if (grid === null) {
    if (part !== null)
      throw new SettingError('地址中有 part 而没有 grid:请写上整面墙的“列x行”,如 grid=3x2')
    return wholeWall
  }
  const { columns, rows } = readGrid('grid', grid)
  const [, column, row] = /^(\d),(\d)$/.exec(part ?? '') ?? []
  const place = { column: Number(column), row: Number(row) }
  if (!(place.column >= 1 && place.column <= columns && place.row >= 1 && place.row <= rows))
    throw new SettingError(
      `地址中的 part=${part ?? ''} 不在 grid=${grid} 之内:请写“第几列,第几行”,从左上角的 1,1 到右下角的 ${columns},${rows}`,
    )
  const px = Number(bezel ?? 0)
  if (!(Number.isInteger(px) && px >= 0 && px <= bezelMost))
    throw new SettingError(
      `地址中的 bezel=${bezel} 应是两屏画面之间被边框遮住的像素,0 到 ${bezelMost} 的整数`,
    )
  return { columns, rows, ...place, bezel: px }
}
