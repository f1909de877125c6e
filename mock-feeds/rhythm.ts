/** When things happen in a day: a curve by the hour, and moments drawn from it with a seed. */
import type { Event } from '../protocol/events.ts'
import { instantMs } from '../protocol/time.ts'
import { randomOf, type Random } from './random.ts'

const slotMs = 300_000
const hourMs = 3_600_000
/** Weight of each local hour: quiet nights, mornings and afternoons of work, an evening of study. */
const curve = [1, 1, 1, 1, 1, 2, 6, 12, 18, 22, 20, 14, 9, 8, 15, 18, 16, 12, 10, 14, 16, 11, 5, 2]
const wholeCurve = curve.reduce((sum, weight) => sum + weight, 0)

export interface Moment {
  readonly atMs: number
  /** Unique within its key and seed. */
  readonly id: string
  readonly random: Random
}

export interface Rhythm {
  /** Names what happens; each has moments of its own. */
  readonly key: string
  readonly seed: number
  readonly fromMs: number
  readonly toMs: number
  readonly perDay: number
  /** How long after its moment the last event of a happening may fall. */
  readonly spillMs?: number
}

/** The events of all happenings with fromMs ≤ time < toMs. Pure: cutting the time elsewhere gives the same events. */
export function* happenings(
  { key, seed, fromMs, toMs, perDay, spillMs = 0 }: Rhythm,
  tell: (moment: Moment) => Iterable<Event>,
): Generator<Event> {
  const last = Math.floor((toMs - 1) / slotMs)
  for (let slot = Math.floor((fromMs - spillMs) / slotMs); slot <= last; slot += 1) {
    const startMs = slot * slotMs
    const hour = Math.floor(startMs / hourMs + 8) % 24
    const random = randomOf(key, seed, slot)
    const expected = (perDay * (curve[hour] ?? 0) * slotMs) / (wholeCurve * hourMs)
    const total = Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0)
    for (let i = 0; i < total; i += 1) {
      const atMs = startMs + random.between(0, slotMs / 1000 - 1) * 1000
      for (const event of tell({ atMs, id: `${slot.toString(36)}${i.toString(36)}`, random })) {
        const at = instantMs(event.time)
        if (at >= fromMs && at < toMs) yield event
      }
    }
  }
}
