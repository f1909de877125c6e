import type { DatabaseSync } from 'node:sqlite'
import { inTransaction, translating } from './connection.ts'
import { JournalFull } from './journal.ts'
import type { Refusal, Refusals, StoredRefusal } from './journal.ts'

const kept = 10_000
const bodyBytes = 65_536
/** At 64 KB each, 16 MB at most wait in memory while the disk is full. */
const waitingMost = 256

/** `schedule` asks the owner to call `flush` at the end of this turn, so a flood of refusals costs one commit a turn. */
export function createRefusals(
  db: DatabaseSync,
  schedule: () => void,
): { readonly refusals: Refusals; readonly flush: () => void } {
  const insert = db.prepare(
    'INSERT INTO refusals (platform, received_at, status, reason, body) VALUES (?, ?, ?, ?, ?)',
  )
  const trim = db.prepare(
    `DELETE FROM refusals WHERE number <= (SELECT max(number) FROM refusals) - ${kept}`,
  )
  const select = db.prepare(
    `SELECT number, platform, received_at AS receivedAt, status, reason, body FROM refusals
     WHERE number < ?1 ORDER BY number DESC LIMIT ?2`,
  )
  const selectPlatform = db.prepare(
    `SELECT number, platform, received_at AS receivedAt, status, reason, body FROM refusals
     WHERE platform = ?3 AND number < ?1 ORDER BY number DESC LIMIT ?2`,
  )
  const count = db.prepare('SELECT platform, count(*) AS kept FROM refusals GROUP BY platform')
  let waiting: Refusal[] = []

  function flush(): void {
    if (waiting.length === 0) return
    try {
      inTransaction(db, () => {
        for (const r of waiting) insert.run(r.platform, r.receivedAt, r.status, r.reason, r.body)
        trim.run()
      })
      waiting = []
    } catch (error) {
      // They wait for the next turn that writes; the caller has already answered its sender.
      if (!(error instanceof JournalFull)) throw error
      waiting = waiting.slice(-waitingMost / 2)
    }
  }

  return {
    flush,
    refusals: {
      add(refusal) {
        waiting.push({ ...refusal, body: cut(refusal.body) })
        if (waiting.length >= waitingMost) flush()
        schedule()
      },
      list({ platform, before = Number.MAX_SAFE_INTEGER, limit = 100 } = {}) {
        flush()
        const rows = translating(() =>
          platform === undefined
            ? select.all(before, limit)
            : selectPlatform.all(before, limit, platform),
        )
        return rows as unknown as StoredRefusal[]
      },
      counts() {
        flush()
        const rows = translating(() => count.all())
        return new Map(rows.map(({ platform, kept }) => [String(platform), Number(kept)]))
      },
    },
  }
}

/** The first 64 KB of UTF-8, never half a character. A NUL would end the text for SQLite's readers, so it shows as ␀. */
function cut(body: string): string {
  const text = body.slice(0, bodyBytes).replaceAll('\0', '␀')
  const bytes = Buffer.from(text)
  if (bytes.length <= bodyBytes) return text
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, bodyBytes), {
    stream: true,
  })
}
