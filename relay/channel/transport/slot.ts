/**
 * One slot of a channel as a piece of transport stream. In every stream the number of packets is a multiple of sixteen, so the
 * counters stand at zero where a slot begins: any slot may follow any other, and nothing has to be known of what was sent.
 */
import { cut, fewest, moved, timeStamp, turn, type Unit } from './packets.ts'
import { associationTable, mapTable, pids } from './tables.ts'
import { audioFrames, audioTicks, delayTicks, pictures, pictureTicks, slotTicks } from './times.ts'

/** The tables come with every third picture, so sixteen times in a slot, 120 ms apart. */
const tableEvery = 3
/** 15 units of sound in a slot, 128 ms each. */
const framesAtOnce = 6

/** Pictures of H.264 (Annex B), each with its delimiter, the first of them a key picture; exactly `pictures`. */
export type Film = readonly Uint8Array[]
/** ADTS frames of AAC, 48 kHz; exactly `audioFrames`. */
export type Sound = readonly Uint8Array[]

/** The slot of number 0; `numbered` makes any other of it. Throws where film or sound have another length. */
export function slotOf(film: Film, sound: Sound): Buffer {
  if (film.length !== pictures || sound.length !== audioFrames)
    throw new Error(
      `a slot has ${pictures} pictures and ${audioFrames} frames of sound, not ${film.length} and ${sound.length}`,
    )
  const units: Unit[] = []
  let heard = 0
  for (const [at, picture] of film.entries()) {
    if (at % tableEvery === 0)
      units.push({ pid: pids.pat, bytes: associationTable }, { pid: pids.pmt, bytes: mapTable })
    const ticks = at * pictureTicks
    units.push({ pid: pids.video, bytes: pes(0xe0, delayTicks + ticks, picture), pcr: ticks })
    // Sound of the time up to the next picture.
    for (; heard < audioFrames && heard * audioTicks < ticks + pictureTicks; heard += framesAtOnce)
      units.push({
        pid: pids.audio,
        bytes: pes(
          0xc0,
          delayTicks + heard * audioTicks,
          Buffer.concat(sound.slice(heard, heard + framesAtOnce)),
        ),
      })
  }
  return packed(units)
}

/** The same slot as number `n` since 1970. */
export function numbered(slot: Buffer, n: number): Buffer {
  return moved(slot, n * slotTicks)
}

function packed(units: readonly Unit[]): Buffer {
  const counters = new Map<number, number>()
  const missing = new Map<number, number>()
  for (const unit of units) missing.set(unit.pid, (missing.get(unit.pid) ?? 0) + fewest(unit))
  for (const [pid, count] of missing) missing.set(pid, (turn - (count % turn)) % turn)
  return Buffer.concat(
    units.map((unit) => {
      const more = missing.get(unit.pid) ?? 0
      missing.set(unit.pid, 0)
      const count = fewest(unit) + more
      const counter = counters.get(unit.pid) ?? 0
      counters.set(unit.pid, counter + count)
      return cut(unit, counter, count)
    }),
  )
}

/** ISO/IEC 13818-1, 2.4.3.6. A picture may be longer than the field for its length holds: then that says 0. */
function pes(stream: number, ticks: number, payload: Uint8Array): Buffer {
  const length = payload.length + 8
  const head = Buffer.from([0, 0, 1, stream, 0, 0, 0x84, 0x80, 5, ...timeStamp(ticks)])
  head.writeUInt16BE(length < 65_536 && stream !== 0xe0 ? length : 0, 4)
  return Buffer.concat([head, payload])
}
