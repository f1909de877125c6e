/** The time as bars: a moment written into a picture, so that whoever sees the picture can tell how old it is. */
import { ROW_BLOCKS } from './h264.ts'

/** The row (of 16 pixels) that carries them. */
export const BARS_ROW = 20
const TIME_BITS = 32

/** Dark and bright: the last 32 bits of ms since 1970, and 8 that prove them. */
export function barsOf(ms: number): boolean[] {
  const low = ms % 2 ** TIME_BITS
  const bits = [
    ...low.toString(2).padStart(TIME_BITS, '0'),
    ...proof(low)
      .toString(2)
      .padStart(ROW_BLOCKS - TIME_BITS, '0'),
  ]
  return bits.map((bit) => bit === '1')
}

/** The moment nearest to `nowMs` that the bars can mean, or undefined where they are none. */
export function readBars(bars: readonly boolean[], nowMs: number): number | undefined {
  if (bars.length !== ROW_BLOCKS) return undefined
  const number = (bits: readonly boolean[]): number =>
    bits.reduce((sum, bit) => sum * 2 + Number(bit), 0)
  const low = number(bars.slice(0, TIME_BITS))
  if (number(bars.slice(TIME_BITS)) !== proof(low)) return undefined
  const round = 2 ** TIME_BITS
  return low + Math.round((nowMs - low) / round) * round
}

/** Never 0 for 0, nor 255 for all ones: a black or white row is no time. */
function proof(low: number): number {
  let sum = 0x5a
  for (let shift = 0; shift < TIME_BITS; shift += 8)
    sum = (sum * 31 + (Math.floor(low / 2 ** shift) & 255)) & 255
  return sum
}
