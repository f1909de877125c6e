/** The log so far, reduced to divisions. Pure but for `find`: the same entries give the same divisions. */
import { covers } from '../../protocol/division.ts'
import type { Event } from '../../protocol/events.ts'
import { instantMs } from '../../protocol/time.ts'
import { createLedger, resolve, saveLedger, type Effect, type SavedLedger } from '../core/ledger.ts'
import type { Rules } from '../rules-file.ts'
import type { Stored } from '../journal/journal.ts'
import { createDivision, type Cause, type Division, type SavedDivision } from './division.ts'

export interface Reduction {
  /** Those of which something was told, by code. */
  readonly divisions: ReadonlyMap<string, Division>
  ordinal(): number
  /** Entries in the order of their ordinals. Returns the divisions that this one touched. */
  fold(stored: Stored): Iterable<Division>
  save(): SavedReduction
}

export interface SavedReduction {
  readonly ordinal: number
  readonly divisions: readonly SavedDivision[]
  readonly standing: readonly Event[]
  readonly ledger: SavedLedger
}

/** The highest `rev` of an event among the entries below an ordinal. */
export type Find = (source: string, id: string, before: number) => Event | undefined

export function eventOf(stored: Stored): Event {
  return JSON.parse(stored.body) as Event
}

export function createReduction(find: Find, rules: Rules, saved?: SavedReduction): Reduction {
  const divisions = new Map<string, Division>()
  const ledger = createLedger(saved?.ledger)
  /** What holds for divisions that are still to come as well: the latest day, the latest report of each feed. */
  const standing = new Map<string, Event>()
  let ordinal = saved?.ordinal ?? 0

  for (const each of saved?.divisions ?? [])
    divisions.set(each.code, createDivision(each.code, rules.of(each.code), each))
  for (const event of saved?.standing ?? []) standing.set(standingKey(event) ?? '', event)

  function divisionAt(code: string, cause: Cause): Division {
    const known = divisions.get(code)
    if (known !== undefined) return known
    const division = createDivision(code, rules.of(code))
    divisions.set(code, division)
    for (const event of standing.values()) {
      if (covers(event.county, code)) division.fold({ add: event }, cause)
    }
    return division
  }

  /** Who has to know of an event: its division; a day and a platform's report reach those beneath too. */
  function hearersOf(event: Event, cause: Cause): readonly Division[] {
    if (event.kind === 'day.began') return [...divisions.values()]
    const own = divisionAt(event.county, cause)
    if (event.kind !== 'source.reported') return [own]
    return [...divisions.values()].filter(({ code }) => covers(event.county, code))
  }

  function apply(effect: Effect, cause: Cause): Set<Division> {
    const touched = new Set<Division>()
    const { remove, alsoRemove, add } = effect
    for (const [event, isAdded] of [
      [remove, false],
      [alsoRemove, false],
      [add, true],
    ] as const) {
      if (event === undefined) continue
      for (const division of hearersOf(event, cause)) {
        division.fold(isAdded ? { add: event } : { remove: event }, cause)
        touched.add(division)
      }
      stand(event, isAdded)
    }
    return touched
  }

  function stand(event: Event, isAdded: boolean): void {
    const key = standingKey(event)
    if (key === undefined) return
    const known = standing.get(key)
    if (!isAdded) {
      if (known?.source === event.source && known.id === event.id) standing.delete(key)
    } else if (known === undefined || instantMs(known.time) <= instantMs(event.time)) {
      standing.set(key, event)
    }
  }

  return {
    divisions,
    ordinal: () => ordinal,
    fold(stored) {
      ordinal = stored.ordinal
      const cause = { ordinal, atMs: instantMs(stored.receivedAt) }
      return apply(
        resolve(ledger, eventOf(stored), (source, id) => find(source, id, stored.ordinal)),
        cause,
      )
    },
    save: () => ({
      ordinal,
      divisions: [...divisions.values()].map((division) => division.save()),
      standing: [...standing.values()],
      ledger: saveLedger(ledger),
    }),
  }
}

function standingKey(event: Event): string | undefined {
  if (event.kind === 'day.began') return 'day'
  if (event.kind !== 'source.reported') return undefined
  return `${event.county} ${event.subject}/${event.data.feed}`
}
