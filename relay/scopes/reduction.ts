/** The log so far, reduced to divisions. Pure but for `find`: the same entries give the same divisions. */
import { covers, everywhere } from '../../protocol/division.ts'
import type { Event } from '../../protocol/events.ts'
import { instantMs } from '../../protocol/time.ts'
import { createLedger, resolve, saveLedger, type SavedLedger } from '../core/ledger.ts'
import type { Entry, Stored } from '../journal/journal.ts'
import type { Rules } from '../rules-file.ts'
import { createDivision, type Cause, type Division, type SavedDivision } from './division.ts'

export interface Reduction {
  /** Those of which something was told, by code. */
  readonly divisions: ReadonlyMap<string, Division>
  ordinal(): number
  /** Entries in the order of their ordinals. Returns the divisions that this one touched. */
  fold(stored: Stored): Iterable<Division>
  /** Whether an entry holds: neither revised nor taken back. */
  holds(entry: Pick<Entry, 'source' | 'id' | 'rev' | 'retracts'>): boolean
  /** What is not a division's own; small beside them. */
  saveShared(): SavedShared
}

export interface SavedShared {
  readonly ordinal: number
  readonly standing: readonly (readonly [ordinal: number, event: Event])[]
  readonly ledger: SavedLedger
}

export interface SavedReduction {
  readonly shared: SavedShared
  readonly divisions: ReadonlyMap<string, SavedDivision>
}

/** The highest `rev` of an event among the entries below an ordinal. */
export type Find = (source: string, id: string, before: number) => Stored | undefined

export function eventOf(stored: Pick<Stored, 'body'>): Event {
  return JSON.parse(stored.body) as Event
}

/** Told of one division, and heard by all beneath it as well. */
function isForAll({ kind }: Event): boolean {
  return kind === 'day.began' || kind === 'source.reported'
}

/** The partition of the log that an event belongs to: its division's, or what all beneath it have to hear. */
export function partitionOf(event: Event): string {
  if (event.kind === 'day.began') return `${everywhere}*`
  return isForAll(event) ? `${event.county}*` : event.county
}

/** An event as the log keeps it. */
export function entryOf(event: Event): Entry {
  return {
    partition: partitionOf(event),
    source: event.source,
    id: event.id,
    rev: event.rev,
    ...(event.retracts === undefined ? {} : { retracts: event.retracts }),
    time: event.time,
    body: JSON.stringify(event),
  }
}

/** An event that outlives the moment of its arrival: it holds for a division that is first heard of later, too. */
function standingKey(event: Event): string | undefined {
  if (event.kind === 'day.began') return 'day'
  if (event.kind !== 'source.reported') return undefined
  return `${event.county} ${event.subject}/${event.data.feed}`
}

interface Standing {
  readonly event: Event
  readonly ordinal: number
}

/** As many reports of a feed as a core remembers (state.ts), so that a late division knows as much as an early one. */
const reportsKept = 64

export function createReduction(find: Find, rules: Rules, saved?: SavedReduction): Reduction {
  const divisions = new Map<string, Division>()
  const ledger = createLedger(saved?.shared.ledger)
  const standing = new Map<string, Standing[]>()
  let ordinal = saved?.shared.ordinal ?? 0

  for (const [code, each] of saved?.divisions ?? [])
    divisions.set(code, createDivision(code, rules.of(code), each))
  for (const [ordinal, event] of saved?.shared.standing ?? []) stand({ event, ordinal }, 1)

  function divisionAt(code: string, cause: Cause): Division {
    const known = divisions.get(code)
    if (known !== undefined) return known
    const division = createDivision(code, rules.of(code))
    divisions.set(code, division)
    for (const each of [...standing.values()].flat()) {
      const reaches = each.event.kind === 'day.began' || covers(each.event.county, code)
      if (reaches) division.fold({ ...each, sign: 1 }, cause)
    }
    return division
  }

  function hearersOf(event: Event, cause: Cause): readonly Division[] {
    if (event.kind === 'day.began') return [...divisions.values()]
    const own = divisionAt(event.county, cause)
    if (!isForAll(event)) return [own]
    return [...divisions.values()].filter(({ code }) => covers(event.county, code))
  }

  function stand(each: Standing, sign: 1 | -1): void {
    const { event } = each
    const key = standingKey(event)
    if (key === undefined) return
    const known = standing.get(key) ?? []
    standing.set(key, known)
    if (sign === -1) {
      const index = known.findIndex(({ ordinal }) => ordinal === each.ordinal)
      if (index >= 0) known.splice(index, 1)
      return
    }
    const at = instantMs(event.time)
    const later = known.findIndex((other) => instantMs(other.event.time) > at)
    known.splice(later < 0 ? known.length : later, 0, each)
    if (known.length > (event.kind === 'day.began' ? 1 : reportsKept)) known.shift()
  }

  return {
    divisions,
    ordinal: () => ordinal,
    fold(stored) {
      ordinal = stored.ordinal
      const cause = { ordinal, atMs: instantMs(stored.receivedAt) }
      const own = eventOf(stored)
      const ordinals = new Map([[own, ordinal]])
      const { remove, alsoRemove, add } = resolve(ledger, own, (source, id) => {
        const known = find(source, id, stored.ordinal)
        if (known === undefined) return undefined
        const event = eventOf(known)
        ordinals.set(event, known.ordinal)
        return event
      })
      const touched = new Set<Division>()
      for (const [event, sign] of [
        [remove, -1],
        [alsoRemove, -1],
        [add, 1],
      ] as const) {
        if (event === undefined) continue
        const each = { event, ordinal: ordinals.get(event) ?? 0 }
        for (const division of hearersOf(event, cause)) {
          division.fold({ ...each, sign }, cause)
          touched.add(division)
        }
        stand(each, sign)
      }
      return touched
    },
    holds({ source, id, rev, retracts }) {
      const key = `${source}\n${id}`
      if (retracts !== undefined || ledger.retracted.has(key)) return false
      return rev >= (ledger.revised.get(key) ?? rev)
    },
    saveShared: () => ({
      ordinal,
      standing: [...standing.values()].flat().map(({ ordinal: of, event }) => [of, event] as const),
      ledger: saveLedger(ledger),
    }),
  }
}
