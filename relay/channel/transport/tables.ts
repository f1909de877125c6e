/** What a box reads first: which programme there is (PAT) and of which streams it is made (PMT), ISO/IEC 13818-1, 2.4.4. */
import { mostPayload } from './packets.ts'

export const pids = { pat: 0, pmt: 0x1000, video: 0x100, audio: 0x101 } as const
const streamId = 1
const program = 1
const [h264, aac] = [0x1b, 0x0f]

const twelve = (value: number): readonly number[] => [0xf0 | (value >> 8), value & 0xff]
const thirteen = (value: number): readonly number[] => [0xe0 | (value >> 8), value & 0xff]

export const associationTable: Buffer = section(0x00, streamId, [
  0x00,
  program,
  ...thirteen(pids.pmt),
])
export const mapTable: Buffer = section(0x02, program, [
  ...thirteen(pids.video),
  ...twelve(0),
  h264,
  ...thirteen(pids.video),
  ...twelve(0),
  aac,
  ...thirteen(pids.audio),
  ...twelve(0),
])

/** A whole packet's worth: the byte that says that it begins at once, the section, and what fills tables up. */
function section(table: number, id: number, body: readonly number[]): Buffer {
  const length = body.length + 9
  const bytes = Buffer.from([table, 0xb0, length, 0x00, id, 0xc1, 0, 0, ...body])
  const whole = Buffer.alloc(mostPayload, 0xff)
  whole[0] = 0
  whole.set(bytes, 1)
  whole.writeUInt32BE(crcOf(bytes), 1 + bytes.length)
  return whole
}

/** CRC-32/MPEG-2: neither mirrored nor inverted at its end. */
function crcOf(bytes: Uint8Array): number {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit += 1) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0)
  }
  return crc >>> 0
}
