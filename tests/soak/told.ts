/** Everything that was told to the relay, and what of it holds: the checker's own memory, made without the relay. */
import type { Event } from '../../protocol/events.ts'
import { instantMs } from '../../protocol/time.ts'

export interface Heard {
  readonly event: Event
  readonly ms: number
  /** `source`, newline, `id`. */
  readonly key: string
}

export interface Told {
  add(event: Event): void
  /** By division, in the order of (time, key): neither revised nor taken back. */
  holding(): ReadonlyMap<string, readonly Heard[]>
  count(): number
}

export function createTold(): Told {
  const highest = new Map<string, Heard>()
  const takenBack = new Set<string>()
  let count = 0
  return {
    count: () => count,
    add(event) {
      count += 1
      const key = `${event.source}\n${event.id}`
      if (event.retracts !== undefined) takenBack.add(`${event.source}\n${event.retracts}`)
      const known = highest.get(key)
      // What was told first under an id and revision is what was said.
      if (known !== undefined && known.event.rev >= event.rev) return
      highest.set(key, { event, ms: instantMs(event.time), key })
    },
    holding() {
      const divisions = new Map<string, Heard[]>()
      for (const heard of highest.values()) {
        if (heard.event.retracts !== undefined || takenBack.has(heard.key)) continue
        const own = divisions.get(heard.event.county) ?? []
        divisions.set(heard.event.county, own)
        own.push(heard)
      }
      for (const own of divisions.values())
        own.sort((a, b) => a.ms - b.ms || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
      return divisions
    },
  }
}
