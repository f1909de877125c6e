import { interned } from './dates.ts'

/**
 * What the platforms said about one thing, in order of (time, source, id).
 * The last entry holds; the history stays, so that any entry can be removed.
 * Lists are copied to fit: one that grows in place reserves 16 places, and a province has millions of lists.
 */
export interface Entry<T> {
  /** Event time in ms. */
  readonly at: number
  readonly source: string
  readonly id: string
  readonly value: T
}

export type Entries<T> = readonly Entry<T>[]

/** Of nothing; shared, since most organisations have lists that stay empty. */
export const none: readonly never[] = []

export function entryOf<T>(
  { source, id }: Pick<Entry<T>, 'source' | 'id'>,
  at: number,
  value: T,
): Entry<T> {
  return { at, source: interned(source), id, value }
}

/** With `sign` −1 the entry of that source and id is taken out. */
export function changed<T>(entries: Entries<T>, entry: Entry<T>, sign: 1 | -1): Entries<T> {
  return sign === 1 ? insert(entries, entry) : remove(entries, entry)
}

/** The same within lists by key, where an empty list is none. */
export function note<K, T>(lists: Map<K, Entries<T>>, key: K, entry: Entry<T>, sign: 1 | -1): void {
  const entries = changed(lists.get(key) ?? none, entry, sign)
  if (entries.length === 0) lists.delete(key)
  else lists.set(key, entries)
}

function insert<T>(entries: Entries<T>, entry: Entry<T>): Entries<T> {
  let index = entries.length
  while (index > 0 && isEarlier(entry, entries[index - 1])) index -= 1
  return entries.toSpliced(index, 0, entry)
}

function remove<T>(
  entries: Entries<T>,
  { source, id }: Pick<Entry<T>, 'source' | 'id'>,
): Entries<T> {
  const index = entries.findLastIndex((entry) => entry.id === id && entry.source === source)
  return index < 0 ? entries : entries.toSpliced(index, 1)
}

export function isEarlier(a: Entry<unknown>, b: Entry<unknown> | undefined): boolean {
  if (!b) return false
  if (a.at !== b.at) return a.at < b.at
  return a.source === b.source ? a.id < b.id : a.source < b.source
}
