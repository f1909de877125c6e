/**
 * What the platforms said about one thing, in order of (time, source, id).
 * The last entry holds; the history stays, so that any entry can be removed.
 */
export interface Entry<T> {
  /** Event time in ms. */
  readonly at: number
  /** `source`, newline, `id`. */
  readonly key: string
  readonly value: T
}

export function insert<T>(entries: Entry<T>[], entry: Entry<T>): void {
  let index = entries.length
  while (index > 0 && isBefore(entry, entries[index - 1])) index -= 1
  if (index === entries.length) entries.push(entry)
  else entries.splice(index, 0, entry)
}

export function remove<T>(entries: Entry<T>[], key: string): void {
  const index = entries.findLastIndex((entry) => entry.key === key)
  if (index >= 0) entries.splice(index, 1)
}

function isBefore(a: Entry<unknown>, b: Entry<unknown> | undefined): boolean {
  if (!b) return false
  return a.at < b.at || (a.at === b.at && a.key < b.key)
}
