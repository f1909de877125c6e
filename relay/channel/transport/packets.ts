/** Packets of a transport stream (ISO/IEC 13818-1, 2.4.3): 188 bytes each, of one stream, counted to sixteen. */
import { later } from './times.ts'

export const packetBytes = 188
const headBytes = 4
export const mostPayload = packetBytes - headBytes
/** The counter has four bits: after so many packets of a stream it stands where it began. */
export const turn = 16
const pcrFieldBytes = 8

export interface Unit {
  readonly pid: number
  readonly bytes: Uint8Array
  /** 90 kHz; stands in the unit's first packet. */
  readonly pcr?: number
}

/** How many packets a unit takes at least. */
export function fewest({ bytes, pcr }: Unit): number {
  return Math.ceil((bytes.length + (pcr === undefined ? 0 : pcrFieldBytes)) / mostPayload)
}

/**
 * Cuts a unit into exactly `count` packets, the first of which has the number `counter`; more than are needed carry less each.
 * Throws where `count` is too small, or larger than the unit's bytes.
 */
export function cut(unit: Unit, counter: number, count = fewest(unit)): Buffer {
  const { pid, bytes, pcr } = unit
  if (count < fewest(unit) || count > bytes.length)
    throw new Error(`${bytes.length} bytes don't make ${count} packets`)
  const packets = Buffer.alloc(count * packetBytes, 0xff)
  let from = 0
  for (let at = 0; at < count; at += 1) {
    const packet = packets.subarray(at * packetBytes, (at + 1) * packetBytes)
    const hasPcr = at === 0 && pcr !== undefined
    const room = mostPayload - (hasPcr ? pcrFieldBytes : 0)
    // Each of those that follow needs a byte.
    const size = Math.min(room, bytes.length - from - (count - at - 1))
    const field = mostPayload - size
    packet[0] = 0x47
    packet.writeUInt16BE((at === 0 ? 0x4000 : 0) | pid, 1)
    packet[3] = (field > 0 ? 0x30 : 0x10) | ((counter + at) % turn)
    if (field > 0) packet[headBytes] = field - 1
    if (field > 1) packet[headBytes + 1] = hasPcr ? 0x10 : 0
    if (hasPcr) writePcr(packet, pcr)
    packet.set(bytes.subarray(from, from + size), packetBytes - size)
    from += size
  }
  return packets
}

function writePcr(packet: Buffer, pcr: number): void {
  packet.writeUInt32BE(Math.floor(pcr / 2), headBytes + 2)
  packet.writeUInt16BE((pcr % 2 === 1 ? 0x8000 : 0) | 0x7e00, headBytes + 6)
}

const readPcr = (packet: Buffer): number =>
  packet.readUInt32BE(headBytes + 2) * 2 + (packet.readUInt16BE(headBytes + 6) >> 15)

/** Time stamp of a PES head (2.4.3.7): 33 bits in five bytes, with a mark after each part. */
export function timeStamp(ticks: number): readonly number[] {
  const high = Math.floor(ticks / 2 ** 30)
  const low = ticks % 2 ** 30
  return [
    0x21 | (high << 1),
    (low >> 22) & 0xff,
    0x01 | ((low >> 14) & 0xfe),
    (low >> 7) & 0xff,
    0x01 | ((low << 1) & 0xfe),
  ]
}

function readTimeStamp(bytes: Buffer, at: number): number {
  const byte = (n: number): number => bytes[at + n] ?? 0
  return (
    ((byte(0) >> 1) & 7) * 2 ** 30 +
    ((byte(1) << 22) | ((byte(2) >> 1) << 15) | (byte(3) << 7) | (byte(4) >> 1))
  )
}

/** A copy in which every time is `ticks` later. */
export function moved(packets: Buffer, ticks: number): Buffer {
  const copy = Buffer.from(packets)
  for (let at = 0; at < copy.length; at += packetBytes) {
    const packet = copy.subarray(at, at + packetBytes)
    const hasField = ((packet[3] ?? 0) & 0x20) !== 0
    const fieldBytes = hasField ? 1 + (packet[headBytes] ?? 0) : 0
    if (fieldBytes > 1 && ((packet[headBytes + 1] ?? 0) & 0x10) !== 0)
      writePcr(packet, later(readPcr(packet), ticks))
    const begins = ((packet[1] ?? 0) & 0x40) !== 0
    const pes = headBytes + fieldBytes
    if (!begins || packet.readUIntBE(pes, 3) !== 1) continue
    if (((packet[pes + 7] ?? 0) & 0x80) === 0) continue
    packet.set(timeStamp(later(readTimeStamp(packet, pes + 9), ticks)), pes + 9)
  }
  return copy
}
