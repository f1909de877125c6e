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
export function toStored(row: Record<string, unknown>): Stored {
  const {
    received_at: receivedAt,
    retracts,
    ordinal,
    source,
    id,
    rev,
    time,
    hash,
    body,
  } = row as unknown as Row
  const stored = { ordinal, source, id, rev, time, receivedAt, hash, body }
  return retracts === null ? stored : { ...stored, retracts }
}

interface Row extends Omit<Stored, 'receivedAt' | 'retracts'> {
  readonly received_at: string
  readonly retracts: string | null
}
