/** FLV of RTMP's video messages, picture only: the wall is silent. */

export const flvHeader = Buffer.from([0x46, 0x4c, 0x56, 1, 1, 0, 0, 0, 9, 0, 0, 0, 0])

const VIDEO = 9
const TAG_BYTES = 11

export interface VideoTag {
  /** What sets the decoder, and no picture. */
  readonly isSequence: boolean
  readonly isKey: boolean
  readonly bytes: Buffer
}

/** Undefined where it holds nothing for a decoder. `time` in ms. */
export function videoTag(payload: Buffer, time: number): VideoTag | undefined {
  const [first, second] = payload
  if (first === undefined || second === undefined) return undefined
  // Enhanced RTMP tells by the first bit that the coding's four letters follow, and its kind in the lower half.
  const isEnhanced = (first & 0x80) !== 0
  const kind = isEnhanced ? first & 0x0f : second
  const bytes = Buffer.allocUnsafe(TAG_BYTES + payload.length + 4)
  bytes[0] = VIDEO
  bytes.writeUIntBE(payload.length, 1, 3)
  bytes.writeUIntBE(time & 0xffffff, 4, 3)
  bytes[7] = (time >>> 24) & 0xff
  bytes.writeUIntBE(0, 8, 3)
  payload.copy(bytes, TAG_BYTES)
  bytes.writeUInt32BE(TAG_BYTES + payload.length, TAG_BYTES + payload.length)
  return { isSequence: kind === 0, isKey: ((first >> 4) & 0x07) === 1, bytes }
}
