/** Words and pictures drawn flat, to be hung in the room. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas'
import type { V } from './vector.ts'

/** Colour by place: `u` runs to the right, `v` upwards, as on a panel whose edges do. */
export type Ink = (u: number, v: number) => V

export const SANS = '"Noto Sans SC"'
export const SERIF = '"Noto Serif SC"'

let isReady = false
/** Makes the web fonts known to the canvas; quick when they are. */
export function registerFonts(): void {
  if (isReady) return
  isReady = true
  const require = createRequire(import.meta.url)
  for (const [family, name] of [
    ['noto-sans-sc', 'Noto Sans SC'],
    ['noto-serif-sc', 'Noto Serif SC'],
  ] as const) {
    const files = join(dirname(require.resolve(`@fontsource/${family}/package.json`)), 'files')
    for (const subset of ['latin', 'chinese-simplified']) {
      for (const weight of [500, 700])
        GlobalFonts.registerFromPath(
          join(files, `${family}-${subset}-${weight}-normal.woff2`),
          name,
        )
    }
  }
}

const linear = Float64Array.from({ length: 256 }, (_, at) => (at / 255) ** 2.2)

export function print(width: number, height: number, draw: (g: SKRSContext2D) => void): Ink {
  registerFonts()
  const canvas = createCanvas(width, height)
  draw(canvas.getContext('2d'))
  const pixels = canvas.data()
  const texel = (x: number, y: number, part: number): number =>
    linear[pixels[(y * width + x) * 4 + part] ?? 0] ?? 0
  return (u, v): V => {
    const x = Math.min(width - 1.001, Math.max(0, u * width - 0.5))
    const y = Math.min(height - 1.001, Math.max(0, (1 - v) * height - 0.5))
    const [x0, y0] = [Math.floor(x), Math.floor(y)]
    const [fx, fy] = [x - x0, y - y0]
    const part = (of: number): number =>
      (texel(x0, y0, of) * (1 - fx) + texel(x0 + 1, y0, of) * fx) * (1 - fy) +
      (texel(x0, y0 + 1, of) * (1 - fx) + texel(x0 + 1, y0 + 1, of) * fx) * fy
    return [part(0), part(1), part(2)]
  }
}

/** A red banner with one line of golden letters. */
export const banner = (words: string, metres: number, high: number): Ink => {
  const [width, height] = [Math.round(metres * 130), Math.round(high * 130)]
  return print(width, height, (g) => {
    g.fillStyle = '#c4141d'
    g.fillRect(0, 0, width, height)
    const folds = g.createLinearGradient(0, 0, width, 0)
    for (let at = 0; at <= 12; at += 1)
      folds.addColorStop(at / 12, `rgba(${at % 2 === 0 ? '60,0,0,.16' : '255,120,100,.08'})`)
    g.fillStyle = folds
    g.fillRect(0, 0, width, height)
    g.fillStyle = '#ffe9a8'
    g.textAlign = 'center'
    g.textBaseline = 'middle'
    const letters = [...words]
    const step = Math.min((width * 0.94) / letters.length, height * 0.98)
    g.font = `700 ${Math.min(height * 0.72, step * 0.92)}px ${SERIF}`
    letters.forEach((letter, at) =>
      g.fillText(letter, width / 2 + (at - (letters.length - 1) / 2) * step, height * 0.52),
    )
  })
}

/** A notice or slide: red head, dark lines. */
export const notice = (
  head: string,
  lines: readonly string[],
  { ground = '#f4f1e8', width = 480, height = 300 } = {},
): Ink =>
  print(width, height, (g) => {
    g.fillStyle = ground
    g.fillRect(0, 0, width, height)
    g.fillStyle = '#b5151f'
    g.fillRect(0, 0, width, height * 0.2)
    g.fillStyle = '#ffeab0'
    g.textAlign = 'center'
    g.textBaseline = 'middle'
    g.font = `700 ${Math.min(height * 0.13, (width * 0.9) / [...head].length)}px ${SERIF}`
    g.fillText(head, width / 2, height * 0.105)
    g.fillStyle = '#2f2b27'
    g.textAlign = 'left'
    const longest = Math.max(1, ...lines.map((line) => [...line].length))
    const size = Math.min((height * 0.62) / Math.max(3, lines.length), (width * 0.84) / longest)
    g.font = `500 ${size * 0.86}px ${SANS}`
    lines.forEach((line, at) =>
      g.fillText(line, width * 0.08, height * (0.2 + (0.78 * (at + 0.75)) / (lines.length + 0.5))),
    )
  })
