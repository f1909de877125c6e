/** Urgent notices: DATA_DIR/notices.sqlite. One ends by itself, also while the relay is down, and stays on record. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { SendNotice } from '../../protocol/fleet.ts'
import type { Notices } from '../../protocol/screens.ts'
import { translating } from '../journal/connection.ts'
import { openTables } from '../tables.ts'
import { isFor, type Seat } from './desk.ts'

export interface Kept {
  readonly id: string
  readonly asked: SendNotice
  readonly by: string
  readonly sinceMs: number
  readonly untilMs: number
  /** When a screen of the fleet first showed it, ms. */
  readonly seen: Map<string, number>
  /** Pages that are no screens of the fleet. */
  others: number
}

export interface NoticeStore {
  /** The newest first. */
  list(): readonly Kept[]
  get(id: string): Kept | undefined
  isOn(kept: Kept): boolean
  /** So many hold already that no other may be sent. */
  isFull(): boolean
  put(asked: SendNotice, by: string): Kept
  end(id: string): void
  seen(id: string, screen: string | null): void
  /** What holds now for whoever sits there, the newest last. */
  holding(seat: Seat): Notices
  /** Milliseconds until the next one ends; undefined where none is on. */
  nextEndMs(): number | undefined
  close(): void
}

const tables = [
  `CREATE TABLE notices (
  id TEXT PRIMARY KEY, asked TEXT NOT NULL, by TEXT NOT NULL, since_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL
) STRICT; CREATE TABLE seen (
  notice TEXT NOT NULL, screen TEXT NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY (notice, screen)
) STRICT`,
]
/** As many as a screen takes (protocol/screens.ts). */
const onMost = 8
const keptMost = 200

/** `now`: milliseconds of the relay's clock. Throws `JournalFull` where the disk is full. */
export function openNotices(dataDir: string, now: () => number): NoticeStore {
  const db = openTables(join(dataDir, 'notices.sqlite'), tables)
  const insert = db.prepare('INSERT INTO notices VALUES (?, ?, ?, ?, ?)')
  const shorten = db.prepare('UPDATE notices SET until_ms = ? WHERE id = ?')
  const acknowledge = db.prepare('INSERT OR IGNORE INTO seen VALUES (?, ?, ?)')
  const kept = new Map<string, Kept>()
  const rows = db.prepare('SELECT * FROM notices ORDER BY since_ms DESC LIMIT ?').all(keptMost)
  for (const row of rows.toReversed()) {
    const asked: unknown = JSON.parse(String(row['asked']))
    if (!Value.Check(SendNotice, asked))
      throw new Error(`notices.sqlite, ${String(row['id'])}: the notice cannot be read`)
    const id = String(row['id'])
    const seen = db.prepare('SELECT screen, at_ms FROM seen WHERE notice = ?').all(id)
    kept.set(id, {
      id,
      asked,
      by: String(row['by']),
      sinceMs: Number(row['since_ms']),
      untilMs: Number(row['until_ms']),
      seen: new Map(seen.map((each) => [String(each['screen']), Number(each['at_ms'])])),
      others: 0,
    })
  }
  const isOn = ({ untilMs }: Kept): boolean => now() < untilMs
  const on = (): readonly Kept[] => [...kept.values()].filter(isOn)

  return {
    list: () => [...kept.values()].toReversed(),
    get: (id) => kept.get(id),
    isOn,
    isFull: () => on().length >= onMost,
    put(asked, by) {
      const sinceMs = now()
      const untilMs = sinceMs + asked.minutes * 60_000
      const id = `n${randomBytes(6).toString('hex')}`
      translating(() => insert.run(id, JSON.stringify(asked), by, sinceMs, untilMs))
      const notice = { id, asked, by, sinceMs, untilMs, seen: new Map<string, number>(), others: 0 }
      kept.set(id, notice)
      return notice
    },
    end(id) {
      const notice = kept.get(id)
      if (notice === undefined) return
      translating(() => shorten.run(now(), id))
      kept.set(id, { ...notice, untilMs: now() })
    },
    seen(id, screen) {
      const notice = kept.get(id)
      if (notice === undefined || !isOn(notice)) return
      if (screen === null) notice.others += 1
      else if (!notice.seen.has(screen)) {
        translating(() => acknowledge.run(id, screen, now()))
        notice.seen.set(screen, now())
      }
    },
    holding: (seat) =>
      on()
        .filter(({ asked }) => isFor(asked.target, seat))
        .map(({ id, asked: { title, text, from }, sinceMs, untilMs }) => ({
          id,
          title,
          text,
          from,
          since: sinceMs,
          until: untilMs,
        })),
    nextEndMs() {
      const ends = on().map(({ untilMs }) => untilMs - now())
      return ends.length === 0 ? undefined : Math.min(...ends)
    },
    close: () => db.close(),
  }
}
