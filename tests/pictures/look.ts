/** What a picture of a wall comes to: a coarse grid that bears another machine's antialiasing, and how much light it gives. */
import { createCanvas, loadImage } from '@napi-rs/canvas'

export interface Picture {
  readonly width: number
  readonly height: number
  /** Red, green, blue, alpha of each pixel. */
  readonly data: Uint8ClampedArray
}

export async function readPicture(png: Buffer): Promise<Picture> {
  const image = await loadImage(png)
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  return context.getImageData(0, 0, image.width, image.height)
}

/** A row of cells is five units high. */
const rows = 27
/** Values of 0 … 255 in 64 steps, a character each. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const step = 4
const perCell = 4
/** Steps by which another machine's letters may differ, and those of another size. */
const tolerated = { same: 3, scaled: 7 } as const

/**
 * One string a row of cells, and four characters a cell: mean red, green and blue, and how far its pixels stray from their mean, which tells
 * what is written apart from what is filled.
 */
export type Look = readonly string[]

export function lookOf({ width, height, data }: Picture): Look {
  const columns = Math.round((rows * width) / height)
  const cells = rows * columns
  const [red, green, blue, squares, counts] = Array.from(
    { length: 5 },
    () => new Float64Array(cells),
  )
  if (!red || !green || !blue || !squares || !counts) return []
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 4) {
      const cell = Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width)
      const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]]
      red[cell]! += r
      green[cell]! += g
      blue[cell]! += b
      squares[cell]! += ((r + g + b) / 3) ** 2
      counts[cell]! += 1
    }
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      const cell = row * columns + column
      const [r = 0, g = 0, b = 0, square = 0] = [red, green, blue, squares].map(
        (sum) => (sum[cell] ?? 0) / (counts[cell] ?? 1),
      )
      const stray = Math.sqrt(Math.max(0, square - ((r + g + b) / 3) ** 2))
      return [r, g, b, stray]
        .map((value) => alphabet[Math.min(63, Math.floor(value / step))])
        .join('')
    }).join(''),
  )
}

export interface Cell {
  readonly row: number
  readonly column: number
}

/** The cells in which two pictures of one shape look different; all of them where there is no other. */
export function differences(
  one: Look,
  two: Look,
  size: keyof typeof tolerated = 'same',
): readonly Cell[] {
  return one.flatMap((line, row) =>
    Array.from({ length: line.length / perCell }, (_, column): Cell => ({ row, column })).filter(
      ({ column }) =>
        Array.from({ length: perCell }, (_, at) => column * perCell + at).some((at) => {
          const [a, b] = [line[at] ?? '', two[row]?.[at] ?? '']
          return b === '' || Math.abs(alphabet.indexOf(a) - alphabet.indexOf(b)) > tolerated[size]
        }),
    ),
  )
}

/** The picture as PNG with a frame around what differs. */
export async function framed(png: Buffer, cells: readonly Cell[]): Promise<Buffer> {
  const image = await loadImage(png)
  const canvas = createCanvas(image.width, image.height)
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const side = image.height / rows
  const across = image.width / Math.round(image.width / side)
  context.strokeStyle = '#00ffff'
  for (const { row, column } of cells) context.strokeRect(column * across, row * side, across, side)
  return canvas.toBuffer('image/png')
}

const lights = Array.from({ length: 256 }, (_, level) => {
  const value = level / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
})

/** Share of full white's light that a colour gives, by how sRGB screens turn levels of 0 … 255 into light. */
export function lightOf(red: number, green: number, blue: number): number {
  return 0.2126 * (lights[red] ?? 0) + 0.7152 * (lights[green] ?? 0) + 0.0722 * (lights[blue] ?? 0)
}

/** The same of a whole picture. */
export function meanLight({ data }: Picture): number {
  let sum = 0
  for (let at = 0; at < data.length; at += 4)
    sum += lightOf(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
  return sum / (data.length / 4)
}

/** Share of the pixels whose brightest part is at levels 1 to 19, which LEDs show unevenly. */
export function lowGrey({ data }: Picture): number {
  let count = 0
  for (let at = 0; at < data.length; at += 4) {
    const most = Math.max(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
    if (most > 0 && most < 20) count += 1
  }
  return count / (data.length / 4)
}
