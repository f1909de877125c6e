import { hash } from 'node:crypto'
import type { Entry } from './journal.ts'

type Linked = Omit<Entry, 'partition'>

/** The hash before the first entry. */
export const genesis = '0'.repeat(64)

/**
 * SHA-256 (64 hex digits) of the previous hash and this entry's fields. Every text goes in after its
 * length in UTF-16 units, so no two different entries spell the same bytes.
 */
export function link(previous: string, ordinal: number, entry: Linked, receivedAt: string): string {
  const { source, id, rev, retracts, time, body } = entry
  const target = retracts === undefined ? '-' : `${retracts.length}:${retracts}`
  return hash(
    'sha256',
    `${previous}${ordinal};${rev};${source.length}:${source}${id.length}:${id}${target};` +
      `${time.length}:${time}${receivedAt.length}:${receivedAt}${body.length}:${body}`,
    'hex',
  )
}
