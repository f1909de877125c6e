/** The dates of `protocol/time.ts` for the hot paths: the same answers, remembered. Pure. */
import { dayMs, dayNumber, dayOfNumber, instantMs, offsetMsAt } from '../../protocol/time.ts'

/** A pure function of one value that keeps its latest answers. */
export function remembered<A, B>(compute: (of: A) => B, limit = 4_096): (of: A) => B {
  const known = new Map<A, B>()
  return (of) => {
    const before = known.get(of)
    if (before !== undefined) return before
    const answer = compute(of)
    if (known.size >= limit) known.clear()
    known.set(of, answer)
    return answer
  }
}

/** The same text as one object, for what is said over and over and kept. */
export const interned = remembered((text: string) => text)

/** Local day number of an instant. */
export function dayOf(ms: number): number {
  return Math.floor((ms + offsetMsAt(ms)) / dayMs)
}

/** Milliseconds since midnight by the local clock. */
export function sinceMidnight(ms: number): number {
  const local = ms + offsetMsAt(ms)
  return local - Math.floor(local / dayMs) * dayMs
}

export const dayNumberOf = remembered(dayNumber)
export const dayTextOf = remembered(dayOfNumber)

/** `Date.parse` of an RFC 3339 instant; of other texts and of rare forms it gives what `Date.parse` gives. */
export function parseInstant(text: string): number {
  const { length } = text
  const hasMs = length > 19 && text.charCodeAt(19) === 46
  const zoneAt = hasMs ? 23 : 19
  const zone = text.charCodeAt(zoneAt)
  const isUtc = zone === 90 && length === zoneAt + 1
  const isOffset = (zone === 43 || zone === 45) && length === zoneAt + 6
  if (
    !(isUtc || isOffset) ||
    text.charCodeAt(10) !== 84 ||
    text.charCodeAt(13) !== 58 ||
    text.charCodeAt(16) !== 58 ||
    (isOffset && text.charCodeAt(zoneAt + 3) !== 58)
  )
    return instantMs(text)
  const minutes = two(text, 11, 23) * 60 + two(text, 14, 59)
  const fraction = hasMs ? two(text, 20, 99) * 10 + (two(text, 21, 99) % 10) : 0
  const offset = isOffset ? two(text, zoneAt + 1, 23) * 60 + two(text, zoneAt + 4, 59) : 0
  const day = dayNumberOf(text.slice(0, 10))
  const utc = minutes - (zone === 45 ? -offset : offset)
  const ms = day * dayMs + utc * 60_000 + two(text, 17, 59) * 1_000 + fraction
  return Number.isNaN(ms) ? instantMs(text) : ms
}

/** Two digits; NaN for others and for more than `max`. */
function two(text: string, at: number, max: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return NaN
  const number = tens * 10 + ones
  return number > max ? NaN : number
}
