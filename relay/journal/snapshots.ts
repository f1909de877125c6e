import { hash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction, translating } from './connection.ts'
import type { Journal } from './journal.ts'

const keptPerReducer = 3
// The one before stays so that a roll-back of the relay starts fast too.
const keptReducers = 2

/** Snapshots beside the entries. A damaged one, or one whose entry is not in the chain, is passed over: replay costs time, a wrong board costs trust. */
export function createSnapshots(
  db: DatabaseSync,
): Pick<Journal, 'saveSnapshot' | 'latestSnapshot'> {
  const hashAt = db.prepare('SELECT hash FROM entries WHERE ordinal = ?')
  const insert = db.prepare(
    'INSERT OR REPLACE INTO snapshots (reducer, ordinal, hash, digest, state) VALUES (?, ?, ?, ?, ?)',
  )
  const trim = db.prepare(
    `DELETE FROM snapshots WHERE reducer = ?1 AND ordinal NOT IN
     (SELECT ordinal FROM snapshots WHERE reducer = ?1 ORDER BY ordinal DESC LIMIT ${keptPerReducer})`,
  )
  const trimReducers = db.prepare(
    `DELETE FROM snapshots WHERE reducer NOT IN (SELECT DISTINCT reducer FROM snapshots ORDER BY reducer DESC LIMIT ${keptReducers})`,
  )
  const newest = db.prepare(
    `SELECT s.ordinal, s.hash, s.digest, s.state FROM snapshots s JOIN entries e ON e.ordinal = s.ordinal AND e.hash = s.hash
     WHERE s.reducer = ? ORDER BY s.ordinal DESC`,
  )

  return {
    saveSnapshot({ reducer, ordinal, hash: at, state }) {
      if (hashAt.get(ordinal)?.['hash'] !== at) {
        throw new RangeError(`No entry ${ordinal} with hash ${at} is in this journal.`)
      }
      inTransaction(db, () => {
        insert.run(reducer, ordinal, at, hash('sha256', state, 'hex'), state)
        trim.run(reducer)
        trimReducers.run()
      })
    },

    latestSnapshot(reducer) {
      return translating(() => {
        for (const row of newest.iterate(reducer)) {
          const { ordinal, hash: at, digest, state } = row as unknown as Row
          if (hash('sha256', state, 'hex') === digest) return { reducer, ordinal, hash: at, state }
        }
        return undefined
      })
    },
  }
}

interface Row {
  readonly ordinal: number
  readonly hash: string
  readonly digest: string
  readonly state: Uint8Array
}
