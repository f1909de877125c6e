/**
 * MP4 boxes as they come out of a pipe: chunks cut anywhere, whole fragments out.
 * Everything is bounded; a stream that is not fragmented MP4 throws a `BoxError` at once.
 */

export class BoxError extends Error {
  override readonly name = 'BoxError'
}

export type Segment =
  /** ftyp + moov: what a decoder needs before any picture. */
  { readonly kind: 'init'; readonly bytes: Buffer; readonly codec: string } | Fragment

/** moof + mdat */
export interface Fragment {
  readonly kind: 'fragment'
  readonly bytes: Buffer
  /** Claims that the first sample can be decoded alone. */
  readonly isKey: boolean
  /** Decoding time of its first sample in seconds; counts from the start of the program that made it. */
  readonly seconds: number
  /** H.264's sequence parameter set within a key fragment: another one means another size or profile. */
  readonly parameters: string | undefined
}

export interface SegmentReader {
  /** Throws `BoxError` on a stream that can't be fragmented MP4; the reader is then useless. */
  push(chunk: Buffer): Segment[]
}

const MAX_BOX_BYTES = 8 * 1024 * 1024
const HEADER_BYTES = 8

interface Box {
  readonly type: string
  readonly bytes: Buffer
}

/** Children of a container, as views without copies. `skip` is the container's own fixed part. */
function* children(container: Buffer, skip = HEADER_BYTES): Generator<Box> {
  let at = skip
  while (at + HEADER_BYTES <= container.length) {
    const size = container.readUInt32BE(at)
    if (size < HEADER_BYTES || at + size > container.length) {
      throw new BoxError(`box of ${size} bytes does not fit into its container`)
    }
    yield {
      type: container.toString('latin1', at + 4, at + 8),
      bytes: container.subarray(at, at + size),
    }
    at += size
  }
}

function child(container: Buffer, type: string, skip = HEADER_BYTES): Buffer | undefined {
  for (const box of children(container, skip)) if (box.type === type) return box.bytes
  return undefined
}

function path(container: Buffer, ...types: readonly string[]): Buffer | undefined {
  let at: Buffer | undefined = container
  for (const type of types) {
    if (at === undefined) return undefined
    at = child(at, type)
  }
  return at
}

/** RFC 6381 codec of the first track: `avc1.42c01e` from avcC, else the bare sample entry (`hev1`). */
export function readCodec(moov: Buffer): string {
  const stsd = path(moov, 'trak', 'mdia', 'minf', 'stbl', 'stsd')
  if (stsd === undefined) throw new BoxError('moov describes no track')
  for (const entry of children(stsd, 16)) {
    if (entry.type !== 'avc1' && entry.type !== 'avc3') return entry.type
    const avcC = child(entry.bytes, 'avcC', 86)
    if (avcC === undefined || avcC.length < 12) throw new BoxError('avc1 without avcC')
    return `${entry.type}.${avcC.toString('hex', 9, 12)}`
  }
  throw new BoxError('moov describes no sample')
}

const NON_SYNC = 0x00010000

/** ISO/IEC 14496-12 §8.8: flags stand in trun (per sample or first sample), else in tfhd. */
export function isKeyFragment(moof: Buffer): boolean {
  const traf = child(moof, 'traf')
  if (traf === undefined) return false
  const tfhd = child(traf, 'tfhd')
  const trun = child(traf, 'trun')
  if (tfhd === undefined || trun === undefined) return false
  const runFlags = trun.readUInt32BE(8) & 0xffffff
  let at = 16
  if ((runFlags & 0x1) !== 0) at += 4
  if ((runFlags & 0x4) !== 0) return (trun.readUInt32BE(at) & NON_SYNC) === 0
  if ((runFlags & 0x400) !== 0) {
    if ((runFlags & 0x100) !== 0) at += 4
    if ((runFlags & 0x200) !== 0) at += 4
    return (trun.readUInt32BE(at) & NON_SYNC) === 0
  }
  const headFlags = tfhd.readUInt32BE(8) & 0xffffff
  if ((headFlags & 0x20) === 0) return false
  at = 16
  if ((headFlags & 0x1) !== 0) at += 8
  for (const flag of [0x2, 0x8, 0x10]) if ((headFlags & flag) !== 0) at += 4
  return (tfhd.readUInt32BE(at) & NON_SYNC) === 0
}

/** Ticks a second of the first track. */
function readTimescale(moov: Buffer): number {
  const mdhd = path(moov, 'trak', 'mdia', 'mdhd')
  if (mdhd === undefined) throw new BoxError('moov tells no timescale')
  return mdhd.readUInt32BE(mdhd[8] === 1 ? 28 : 20)
}

function readSeconds(moof: Buffer, timescale: number): number {
  const tfdt = path(moof, 'traf', 'tfdt')
  if (tfdt === undefined) return 0
  const ticks = tfdt[8] === 1 ? Number(tfdt.readBigUInt64BE(12)) : tfdt.readUInt32BE(12)
  return ticks / timescale
}

const SPS = 7
const MAX_UNITS = 8

/** ISO/IEC 14496-15: units of H.264 with four bytes of length before each, as ffmpeg writes them. */
function findParameters(mdat: Buffer): string | undefined {
  let at = HEADER_BYTES
  for (let unit = 0; unit < MAX_UNITS && at + 5 <= mdat.length; unit++) {
    const length = mdat.readUInt32BE(at)
    const end = at + 4 + length
    if (length === 0 || end > mdat.length) return undefined
    if ((mdat.readUInt8(at + 4) & 0x1f) === SPS) return mdat.toString('base64', at + 4, end)
    at = end
  }
  return undefined
}

export function createSegmentReader(maxBoxBytes = MAX_BOX_BYTES): SegmentReader {
  let chunks: Buffer[] = []
  let held = 0
  let needed = HEADER_BYTES
  let ftyp: Buffer | undefined
  let moof: Buffer | undefined
  let codec = ''
  let timescale = 1

  function finish(box: Box): Segment | undefined {
    switch (box.type) {
      case 'ftyp':
        ftyp = box.bytes
        return undefined
      case 'moov':
        codec = readCodec(box.bytes)
        timescale = readTimescale(box.bytes)
        return {
          kind: 'init',
          bytes: ftyp === undefined ? box.bytes : Buffer.concat([ftyp, box.bytes]),
          codec,
        }
      case 'moof':
        moof = box.bytes
        return undefined
      case 'mdat': {
        if (moof === undefined) throw new BoxError('mdat before its moof')
        const isKey = isKeyFragment(moof)
        const segment: Segment = {
          kind: 'fragment',
          bytes: Buffer.concat([moof, box.bytes]),
          isKey,
          seconds: readSeconds(moof, timescale),
          parameters: isKey && codec.startsWith('avc') ? findParameters(box.bytes) : undefined,
        }
        moof = undefined
        return segment
      }
      default:
        return undefined
    }
  }

  return {
    push(chunk) {
      chunks.push(chunk)
      held += chunk.length
      const segments: Segment[] = []
      if (held < needed) return segments
      let rest = chunks.length === 1 ? chunk : Buffer.concat(chunks)
      needed = HEADER_BYTES
      while (rest.length >= HEADER_BYTES) {
        const size = rest.readUInt32BE(0)
        const type = rest.toString('latin1', 4, 8)
        if (!/^[a-z0-9 ]{4}$/i.test(type)) throw new BoxError('not an MP4 box')
        if (size < HEADER_BYTES || size > maxBoxBytes) {
          throw new BoxError(`${type} box claims ${size} bytes, at most ${maxBoxBytes} are read`)
        }
        if (rest.length < size) {
          needed = size
          break
        }
        const segment = finish({ type, bytes: rest.subarray(0, size) })
        if (segment !== undefined) segments.push(segment)
        rest = rest.subarray(size)
      }
      chunks = rest.length === 0 ? [] : [rest]
      held = rest.length
      return segments
    },
  }
}
