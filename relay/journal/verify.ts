import type { DatabaseSync } from 'node:sqlite'
import { genesis, link } from './chain.ts'
import { named, one } from './connection.ts'
import { JournalCorrupt } from './journal.ts'
import type { Verdict } from './journal.ts'
import { columns } from './rows.ts'
import type { Columns } from './rows.ts'

/**
 * Recomputes the chain from the first entry, compares its end with the recorded head (so a cut tail shows), and lets
 * SQLite check its own structure and the key index, which the chain does not cover. Nobody else may write meanwhile.
 */
export function verifyChain(db: DatabaseSync): Verdict {
  let ordinal = 0
  let previous = genesis
  const broken = (at: number, reason: string): Verdict => ({ ok: false, ordinal: at, reason })
  try {
    // Pages of arrays read twice as fast as an iterator of objects.
    const page = db.prepare(
      `SELECT ${columns} FROM entries WHERE ordinal > ? ORDER BY ordinal LIMIT 500`,
    )
    page.setReturnArrays(true)
    for (let rows = page.all(ordinal); rows.length > 0; rows = page.all(ordinal)) {
      for (const row of rows) {
        const [at, source, id, rev, retracts, time, receivedAt, hash, body] =
          row as unknown as Columns
        if (at !== ordinal + 1) return broken(ordinal + 1, 'the entry is missing')
        const entry = { source, id, rev, time, body }
        if (
          hash !==
          link(previous, at, retracts === null ? entry : { ...entry, retracts }, receivedAt)
        ) {
          return broken(at, 'its hash does not follow from its content and the entries before it')
        }
        ordinal = at
        previous = hash
      }
    }
    const head = db.prepare('SELECT ordinal, hash FROM head').get() ?? { ordinal: 0, hash: genesis }
    if (head['ordinal'] !== ordinal || head['hash'] !== previous) {
      return broken(ordinal + 1, `the recorded head is entry ${String(head['ordinal'])}`)
    }
    const structure = one(db, 'PRAGMA integrity_check(1)')
    return structure === 'ok' ? { ok: true, ordinal } : broken(ordinal, String(structure))
  } catch (error) {
    const reason = named(error)
    if (reason instanceof JournalCorrupt)
      return broken(ordinal + 1, String(reason.cause ?? reason.message))
    throw reason
  }
}

/** Throws `JournalCorrupt` unless the chain holds; returns the last ordinal. */
export function requireChain(db: DatabaseSync): number {
  const verdict = verifyChain(db)
  if (!verdict.ok) throw new JournalCorrupt(verdict.ordinal, verdict.reason)
  return verdict.ordinal
}
