import { hash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction, translating } from './connection.ts'
import type { Journal, Snapshot } from './journal.ts'

/** Of each part: so many, so that any past moment is near one of them. */
const keptMost = 32
const keptNewest = 3
// The one before stays so that a roll-back of the relay starts fast too.
const keptReducers = 2

/** Snapshots beside the entries. One that is damaged, or whose entry is not in the chain, is passed over. */
export function createSnapshots(
  db: DatabaseSync,
): Pick<Journal, 'saveSnapshot' | 'snapshots' | 'loadSnapshot'> {
  const hashAt = db.prepare('SELECT hash FROM entries WHERE ordinal = ?')
  const insert = db.prepare(
    'INSERT OR REPLACE INTO snapshots (reducer, part, ordinal, time_ms, hash, digest, state) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const remove = db.prepare('DELETE FROM snapshots WHERE reducer = ? AND part = ? AND ordinal = ?')
  const trimReducers = db.prepare(
    `DELETE FROM snapshots WHERE reducer NOT IN (SELECT DISTINCT reducer FROM snapshots ORDER BY reducer DESC LIMIT ${keptReducers})`,
  )
  const named = 'SELECT part, ordinal, time_ms FROM snapshots WHERE reducer = ?'
  const all = db.prepare(`${named} ORDER BY ordinal DESC`)
  const ofPart = db.prepare(`${named} AND part = ? ORDER BY ordinal DESC`)
  const one = db.prepare(
    `SELECT s.digest, s.state FROM snapshots s JOIN entries e ON e.ordinal = s.ordinal AND e.hash = s.hash
     WHERE s.reducer = ? AND s.part = ? AND s.ordinal = ?`,
  )

  return {
    saveSnapshot({ reducer, part, ordinal, hash: at, timeMs, state }) {
      if (hashAt.get(ordinal)?.['hash'] !== at) {
        throw new RangeError(`No entry ${ordinal} with hash ${at} is in this journal.`)
      }
      inTransaction(db, () => {
        insert.run(reducer, part, ordinal, timeMs, at, hash('sha256', state, 'hex'), state)
        const kept = ofPart.all(reducer, part).map((row) => Number(row['ordinal']))
        if (kept.length > keptMost) remove.run(reducer, part, mostCrowded(kept))
        trimReducers.run()
      })
    },

    snapshots: (reducer, part) =>
      translating(() =>
        (part === undefined ? all.all(reducer) : ofPart.all(reducer, part)).map((row) => {
          const found = row as unknown as { part: string; ordinal: number; time_ms: number }
          return { reducer, part: found.part, ordinal: found.ordinal, timeMs: found.time_ms }
        }),
      ),

    loadSnapshot: ({ reducer, part, ordinal }) =>
      translating(() => {
        const row = one.get(reducer, part, ordinal) as Pick<Snapshot, 'state'> | undefined
        if (row === undefined) return undefined
        const { digest, state } = row as unknown as { digest: string; state: Uint8Array }
        return hash('sha256', state, 'hex') === digest ? state : undefined
      }),
  }
}

/** Of ordinals in descending order, the one that is missed least: its neighbours stand closest. */
function mostCrowded(ordinals: readonly number[]): number {
  let found = ordinals.length - 1
  let narrowest = Infinity
  for (let index = keptNewest; index < ordinals.length; index += 1) {
    const width = (ordinals[index - 1] ?? 0) - (ordinals[index + 1] ?? 0)
    if (width >= narrowest) continue
    narrowest = width
    found = index
  }
  return ordinals[found] ?? 0
}
