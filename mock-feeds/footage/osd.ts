/** What a camera writes into its own picture: where it hangs and what time it is there, one row of blocks high. */
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { BLOCK_BYTES, ROW_BLOCKS } from './h264.ts'
import { registerFonts, SANS } from './render/print.ts'

/** The row (of 16 pixels) that is written into; scenes keep still there, the wall's badge and caption leave it free. */
export const OSD_ROW = 4
const WIDTH = ROW_BLOCKS * 16
const HIGH = 16
/** Bytes of the row as the encoder left it: luma, then both chroma planes. */
export const ROW_BYTES = WIDTH * HIGH * 1.5

export interface Osd {
  /** The row's blocks with these words; the same object for a block that did not change since the call before. */
  blocks(words: string, clock: string): readonly Uint8Array[]
}

/** `row` is the picture beneath. */
export function createOsd(row: Buffer): Osd {
  registerFonts()
  const canvas = createCanvas(WIDTH, HIGH)
  const g = canvas.getContext('2d')
  let before: readonly Uint8Array[] = []
  return {
    blocks(words, clock) {
      g.clearRect(0, 0, WIDTH, HIGH)
      write(g, clock, 8, 'left')
      write(g, words, WIDTH - 8, 'right')
      const ink = canvas.data()
      before = Array.from({ length: ROW_BLOCKS }, (_, at) => {
        const block = blend(row, ink, at)
        const old = before[at]
        return old !== undefined && Buffer.compare(old, block) === 0 ? old : block
      })
      return before
    },
  }
}

function write(g: SKRSContext2D, words: string, x: number, align: 'left' | 'right'): void {
  g.font = `500 14px ${SANS}`
  g.textAlign = align
  g.textBaseline = 'middle'
  g.lineJoin = 'round'
  g.lineWidth = 2.6
  g.strokeStyle = '#101010'
  g.strokeText(words, x, 8)
  g.fillStyle = '#f4f4f4'
  g.fillText(words, x, 8)
}

function blend(row: Buffer, ink: Uint8Array | Buffer, at: number): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES)
  const cover = (x: number, y: number): number => (ink[(y * WIDTH + x) * 4 + 3] ?? 0) / 255
  for (let y = 0; y < HIGH; y += 1)
    for (let x = 0; x < 16; x += 1) {
      const px = at * 16 + x
      const a = cover(px, y)
      const own = ink[(y * WIDTH + px) * 4] ?? 0
      const luma = (row[y * WIDTH + px] ?? 0) * (1 - a) + (16 + own * 0.859) * a
      block[y * 16 + x] = Math.max(1, luma)
    }
  const half = WIDTH / 2
  for (let plane = 0; plane < 2; plane += 1)
    for (let y = 0; y < 8; y += 1)
      for (let x = 0; x < 8; x += 1) {
        const px = at * 8 + x
        const a =
          (cover(px * 2, y * 2) +
            cover(px * 2 + 1, y * 2) +
            cover(px * 2, y * 2 + 1) +
            cover(px * 2 + 1, y * 2 + 1)) /
          4
        const beneath = row[WIDTH * HIGH + plane * half * 8 + y * half + px] ?? 128
        block[256 + plane * 64 + y * 8 + x] = Math.max(1, beneath * (1 - a) + 128 * a)
      }
  return block
}
