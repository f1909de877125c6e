/**
 * H.264 streams with one slice a row of macroblocks (40 of 16×16 pixels at 640×360), of which single rows can be
 * replaced without decoding: ISO/IEC 14496-10 §7.3.4 (slices) and §9.2 (CAVLC). Baseline tools only.
 */
import { readBits, writeBits, type BitWriter } from './bits.ts'

export const ROW_BLOCKS = 40
/** Bytes of one macroblock: luma, then both chroma planes. */
export const BLOCK_BYTES = 384
const SLICE = 1
const IDR = 5
const SPS = 7
const PPS = 8

/** One picture: its slices from top to bottom, one a row. */
export interface Picture {
  readonly isKey: boolean
  readonly rows: readonly Buffer[]
}

export interface Stream {
  readonly sps: Buffer
  readonly pps: Buffer
  /** How many pictures it has. */
  readonly count: number
  picture(number: number): Picture
  /** What a new slice needs to know of the parameter sets. */
  readonly sets: Sets
}

interface Sets {
  readonly frameNumBits: number
  readonly orderKind: number
  readonly orderBits: number
  readonly firstQuantizer: number
}

/** Where each NAL unit begins and ends; start codes are left out. */
function* nalPlaces(bytes: Buffer): Generator<readonly [from: number, to: number]> {
  let from = -1
  for (let at = bytes.indexOf(START); at >= 0; at = bytes.indexOf(START, at + 3)) {
    if (from >= 0) yield [from, bytes[at - 1] === 0 ? at - 1 : at]
    from = at + 3
  }
  if (from >= 0) yield [from, bytes.length]
}

const START = Buffer.from([0, 0, 1])
const kindOf = (nal: Buffer): number => (nal[0] ?? 0) & 31

function readSets(sps: Buffer, pps: Buffer): Sets {
  const s = readBits(sps)
  const profile = s.bits(8)
  if (profile !== 66 && profile !== 77)
    throw new Error(`profile ${profile} is not baseline or main`)
  s.bits(16)
  s.ue()
  const frameNumBits = s.ue() + 4
  const orderKind = s.ue()
  if (orderKind === 1) throw new Error('picture order of kind 1 is not read')
  const orderBits = orderKind === 0 ? s.ue() + 4 : 0
  const p = readBits(pps)
  p.ue()
  p.ue()
  if (p.bits(1) !== 0) throw new Error('CABAC is not written')
  if (p.bits(1) !== 0 || p.ue() !== 0) throw new Error('fields and slice groups are not read')
  p.ue()
  p.ue()
  if (p.bits(1) !== 0) throw new Error('weighted prediction is not read')
  p.bits(2)
  const firstQuantizer = p.se() + 26
  p.se()
  p.se()
  if (p.bits(1) !== 1) throw new Error('slices must say whether they are filtered')
  return { frameNumBits, orderKind, orderBits, firstQuantizer }
}

/** Throws a sentence on a stream that is not made as `loops.ts` makes them. */
export function readStream(bytes: Buffer): Stream {
  let sps: Buffer | undefined
  let pps: Buffer | undefined
  // Places alone: a buffer a slice would weigh more than the slices.
  const slices: number[] = []
  const firsts: number[] = []
  for (const [from, to] of nalPlaces(bytes)) {
    const nal = bytes.subarray(from, to)
    const kind = kindOf(nal)
    if (kind === SPS) sps = nal
    else if (kind === PPS) pps = nal
    else if (kind === SLICE || kind === IDR) {
      // A first macroblock of 0 is the one bit 1.
      if (((nal[1] ?? 0) & 0x80) !== 0) firsts.push(slices.length)
      slices.push(from, to)
    }
  }
  if (sps === undefined || pps === undefined) throw new Error('the stream has no parameter sets')
  const places = Uint32Array.from(slices)
  const starts = Uint32Array.from([...firsts, slices.length])
  return {
    sps,
    pps,
    count: firsts.length,
    picture(number) {
      const rows: Buffer[] = []
      for (let at = starts[number] ?? 0; at < (starts[number + 1] ?? 0); at += 2)
        rows.push(bytes.subarray(places[at], places[at + 1]))
      return { isKey: rows[0] !== undefined && kindOf(rows[0]) === IDR, rows }
    },
    sets: readSets(sps, pps),
  }
}

/** Opens a slice that begins at `firstBlock` and otherwise says of its picture what `like` says. */
function openSlice(like: Buffer, sets: Sets, firstBlock: number, quantizer: number): BitWriter {
  const from = readBits(like)
  const to = writeBits()
  const copy = (count: number): number => {
    const value = from.bits(count)
    to.bits(count, value)
    return value
  }
  const copyCode = (): number => {
    const value = from.ue()
    to.ue(value)
    return value
  }
  from.ue()
  to.ue(firstBlock)
  const isPredicted = copyCode() % 5 === 0
  copyCode()
  copy(sets.frameNumBits)
  if (kindOf(like) === IDR) copyCode()
  if (sets.orderKind === 0) copy(sets.orderBits)
  if (isPredicted) {
    if (copy(1) === 1) copyCode()
    if (copy(1) === 1) for (let code = copyCode(); code !== 3; code = copyCode()) copyCode()
  }
  if (((like[0] ?? 0) & 0x60) !== 0) {
    if (kindOf(like) === IDR) copy(2)
    else if (copy(1) === 1) throw new Error('a picture changes its references by hand')
  }
  to.se(quantizer - sets.firstQuantizer)
  // Unfiltered: the letters' edges are meant.
  to.ue(1)
  return to
}

/** A row that shows the same as in the picture before. */
export function skippedRow(picture: Picture, row: number, sets: Sets, rows = 1): Buffer {
  const like = picture.rows[row] ?? Buffer.alloc(0)
  const to = openSlice(like, sets, row * ROW_BLOCKS, sets.firstQuantizer)
  to.ue(ROW_BLOCKS * rows)
  return to.nal(like[0] ?? 0)
}

/** A row of blocks given as they are; in a predicted picture `undefined` keeps what was there. */
export function plainRow(
  picture: Picture,
  row: number,
  sets: Sets,
  blocks: readonly (Uint8Array | undefined)[],
): Buffer {
  const like = picture.rows[row] ?? Buffer.alloc(0)
  const to = openSlice(like, sets, row * ROW_BLOCKS, sets.firstQuantizer)
  let skipped = 0
  for (const block of blocks) {
    if (block === undefined) {
      skipped += 1
      continue
    }
    if (!picture.isKey) to.ue(skipped)
    skipped = 0
    to.ue(picture.isKey ? 25 : 30)
    to.align()
    to.bytes(block)
  }
  if (skipped > 0) to.ue(skipped)
  return to.nal(like[0] ?? 0)
}

/** Steps of brightness at the coarsest quantizer. */
const STEP = 14
const COARSE = 51

/** A row of flat blocks, each dark or bright: what a reader of pictures can tell apart after any number of encoders. */
export function barRow(
  picture: Picture,
  row: number,
  sets: Sets,
  bars: readonly boolean[],
): Buffer {
  const like = picture.rows[row] ?? Buffer.alloc(0)
  const to = openSlice(like, sets, row * ROW_BLOCKS, COARSE)
  let level = 128
  for (let block = 0; block < ROW_BLOCKS; block += 1) {
    if (!picture.isKey) to.ue(0)
    // Intra 16×16, predicted by the mean of what is to the left, no coefficients but the first.
    to.ue(picture.isKey ? 3 : 8)
    to.ue(0)
    to.se(0)
    const steps = Math.round(((bars[block] === true ? 230 : 20) - level) / STEP)
    level = Math.max(0, Math.min(255, level + steps * STEP))
    writeMean(to, steps)
  }
  return to.nal(like[0] ?? 0)
}

function writeMean(to: BitWriter, steps: number): void {
  if (steps === 0) return to.bits(1, 1)
  if (Math.abs(steps) === 1) {
    to.bits(2, 1)
    to.bits(1, steps < 0 ? 1 : 0)
  } else {
    to.bits(6, 5)
    const code = (steps > 0 ? 2 * steps - 2 : -2 * steps - 1) - 2
    if (code < 14) to.bits(code + 1, 1)
    else {
      to.bits(15, 1)
      to.bits(4, code - 14)
    }
  }
  to.bits(1, 1)
}
