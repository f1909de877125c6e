import type { Stored } from './journal.ts'

/** In the order of `Columns`. */
export const columns = 'ordinal, source, id, rev, retracts, time, received_at, hash, body'

/** A row of `columns` read as an array. */
export type Columns = readonly [
  ordinal: number,
  source: string,
  id: string,
  rev: number,
  retracts: string | null,
  time: string,
  receivedAt: string,
  hash: string,
  body: string,
]

/** The tables are STRICT and their definition is compared at open, so the column types are certain here. */
export function toStored(row: unknown): Stored {
  const [ordinal, source, id, rev, retracts, time, receivedAt, hash, body] = row as Columns
  const stored = { ordinal, source, id, rev, time, receivedAt, hash, body }
  return retracts === null ? stored : { ...stored, retracts }
}
