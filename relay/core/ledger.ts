/**
 * Which event counts: of one (source, id) the highest `rev`, unless any event
 * of the same source takes it back. The answer depends on the set of events
 * that arrived, never on their order. A retraction cannot itself be undone.
 */
import type { Event } from '../../protocol/events.ts'

/**
 * Only the exceptional keys: those with a `rev` other than a first 1, and those taken back. Key: `source`, newline, `id`.
 * So a first `rev` 1 of a key that is not in `revised` is new, and the log need not be asked.
 */
export interface Ledger {
  readonly revised: Map<string, number>
  readonly retracted: Set<string>
}

/** What the fold adds and removes. `alsoRemove`: an event that both replaces one and takes back another. */
export interface Effect {
  readonly add?: Event
  readonly remove?: Event
  readonly alsoRemove?: Event
}

export interface SavedLedger {
  readonly revised: readonly (readonly [string, number])[]
  readonly retracted: readonly string[]
}

export function createLedger(saved?: SavedLedger): Ledger {
  return { revised: new Map(saved?.revised), retracted: new Set(saved?.retracted) }
}

export function saveLedger(ledger: Ledger): SavedLedger {
  return {
    revised: [...ledger.revised].sort((a, b) => (a[0] < b[0] ? -1 : 1)),
    retracted: [...ledger.retracted].sort(),
  }
}

/**
 * Call once for each event, in any order. `find` gives the event of the highest
 * `rev` among those resolved before this one; it must not see this or later ones.
 */
export function resolve(
  ledger: Ledger,
  event: Event,
  find: (source: string, id: string) => Event | undefined,
): Effect {
  const key = keyOf(event.source, event.id)
  const known =
    event.rev === 1 && !ledger.revised.has(key) ? undefined : find(event.source, event.id)
  const highest = ledger.revised.get(key) ?? known?.rev
  const isNews = highest === undefined || event.rev > highest
  let replaced: Event | undefined
  let takenBack: Event | undefined

  if (isNews) {
    if (highest !== undefined || event.rev !== 1 || event.retracts !== undefined)
      ledger.revised.set(key, event.rev)
    if (known && known.retracts === undefined && !ledger.retracted.has(key)) replaced = known
  } else ledger.revised.set(key, highest)
  if (event.retracts !== undefined) {
    const target = keyOf(event.source, event.retracts)
    if (!ledger.retracted.has(target)) {
      ledger.retracted.add(target)
      if (target !== key) {
        const found = find(event.source, event.retracts)
        if (found && found.retracts === undefined) takenBack = found
      } else if (known && known.retracts === undefined) replaced = known
    }
  }
  const isAdded = isNews && event.retracts === undefined && !ledger.retracted.has(key)
  const remove = replaced ?? takenBack
  return {
    ...(isAdded && { add: event }),
    ...(remove && { remove }),
    ...(replaced && takenBack && { alsoRemove: takenBack }),
  }
}

function keyOf(source: string, id: string): string {
  return `${source}\n${id}`
}
