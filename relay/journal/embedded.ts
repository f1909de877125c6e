import type { DatabaseSync } from 'node:sqlite'
import { toUSVString } from 'node:util'
import { genesis, link } from './chain.ts'
import { connectWriter, inTransaction, translating } from './connection.ts'
import { copyJournal } from './copy.ts'
import { ensureFile } from './files.ts'
import type { Entry, Head, Journal, Receipt, Refusals, Stored } from './journal.ts'
import { lock } from './lock.ts'
import { createRefusals } from './refusals.ts'
import { columns, toStored } from './rows.ts'
import { createSnapshots } from './snapshots.ts'
import { requireChain, verifyChain } from './verify.ts'
import { verifyBeside } from './verify-beside.ts'

export interface EmbeddedJournal extends Journal {
  readonly refusals: Refusals
}

/**
 * A journal in one SQLite file (0600), committed to disk once per turn of the event loop for everything queued in it.
 * `flushGroup`: the most entries in one commit, 8,192 unless told; the rest waits for the next turn.
 * Reads and verifies everything first. Throws `JournalLocked`, `JournalCorrupt` or `JournalFull`.
 */
export function openEmbeddedJournal(
  file: string,
  { flushGroup = 8192 }: { readonly flushGroup?: number } = {},
): EmbeddedJournal {
  return open(file, (db, unlock) => {
    requireChain(db)
    return start(file, db, unlock, flushGroup)
  })
}

/** The same at once: it can be read while it is verified. Appends wait for `verified`, which rejects with `JournalCorrupt`. */
export function openWhileVerifying(file: string): {
  readonly journal: EmbeddedJournal
  readonly verified: Promise<void>
} {
  return open(file, (db, unlock) => {
    const verified = verifyBeside(file)
    return { journal: start(file, db, unlock, 8192, verified), verified }
  })
}

function open<T>(file: string, begin: (db: DatabaseSync, unlock: () => void) => T): T {
  ensureFile(file)
  const unlock = translating(() => lock(file))
  try {
    const db = connectWriter(file)
    try {
      return translating(() => begin(db, unlock))
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    unlock()
    throw error
  }
}

interface Waiting {
  readonly entries: readonly Entry[]
  readonly receivedAt: string
  readonly resolve: (receipts: readonly Receipt[]) => void
  readonly reject: (reason: unknown) => void
}

function start(
  file: string,
  db: DatabaseSync,
  unlock: () => void,
  flushGroup: number,
  verified?: Promise<void>,
): EmbeddedJournal {
  const insert = db.prepare(
    `INSERT INTO entries (ordinal, source, id, rev, retracts, time, received_at, hash, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, id, rev) DO NOTHING`,
  )
  const ordinalOf = db.prepare(
    'SELECT ordinal FROM entries WHERE source = ? AND id = ? AND rev = ?',
  )
  const insertPart = db.prepare('INSERT INTO parts (partition, ordinal, time_ms) VALUES (?, ?, ?)')
  const saveHead = db.prepare('INSERT OR REPLACE INTO head (one, ordinal, hash) VALUES (1, ?, ?)')
  const page = db.prepare(
    `SELECT ${columns} FROM entries WHERE ordinal > ? ORDER BY ordinal LIMIT ?`,
  )
  const partPage = db.prepare(
    `SELECT ${columns
      .split(', ')
      .map((column) => `e.${column}`)
      .join(', ')} FROM parts p JOIN entries e ON e.ordinal = p.ordinal
     WHERE p.partition = ? AND p.ordinal > ? AND p.ordinal <= ? AND p.time_ms > ? AND p.time_ms <= ? ORDER BY p.ordinal LIMIT ?`,
  )
  const highest = db.prepare(
    `SELECT ${columns} FROM entries WHERE source = ? AND id = ? AND ordinal < ? ORDER BY rev DESC LIMIT 1`,
  )
  const latest = db.prepare(`SELECT ${columns} FROM entries ORDER BY ordinal DESC LIMIT 1`)
  for (const statement of [page, partPage, highest, latest]) statement.setReturnArrays(true)
  const last = latest.get()

  let head: Head = last === undefined ? { ordinal: 0, hash: genesis } : pick(toStored(last))
  let waiting: Waiting[] = []
  let turn: NodeJS.Immediate | undefined
  let isOpen = true
  let verifying = verified
  verified?.then(
    () => (verifying = undefined),
    () => undefined,
  )
  const listeners = new Set<(entries: readonly Stored[]) => void>()
  const { refusals, flush: flushRefusals } = createRefusals(db, schedule)

  function schedule(): void {
    turn ??= setImmediate(flush)
  }

  function flush(): void {
    turn = undefined
    const group = takeGroup()
    if (group.length > 0) commit(group)
    flushRefusals()
    if (waiting.length > 0) schedule()
  }

  /** Whole appends only, so that each is stored or refused as one. */
  function takeGroup(): readonly Waiting[] {
    let count = 0
    let size = 0
    for (const { entries } of waiting) {
      if (count > 0 && size + entries.length > flushGroup) break
      size += entries.length
      count += 1
    }
    const group = waiting.slice(0, count)
    waiting = waiting.slice(count)
    return group
  }

  function commit(group: readonly Waiting[]): void {
    let written
    try {
      written = inTransaction(db, () => write(group))
    } catch (error) {
      for (const { reject } of group) reject(error)
      return
    }
    head = written.head
    if (written.stored.length > 0) for (const listener of listeners) tell(listener, written.stored)
    group.forEach(({ resolve }, index) => resolve(written.receipts[index] ?? []))
  }

  function write(group: readonly Waiting[]): {
    head: Head
    stored: Stored[]
    receipts: Receipt[][]
  } {
    let { ordinal, hash } = head
    const stored: Stored[] = []
    const receipts = group.map(({ entries, receivedAt }) =>
      entries.map((entry): Receipt => {
        const { partition, source, id, rev, retracts, time, body } = entry
        const next = link(hash, ordinal + 1, entry, receivedAt)
        const { changes } = insert.run(
          ordinal + 1,
          source,
          id,
          rev,
          retracts ?? null,
          time,
          receivedAt,
          next,
          body,
        )
        if (changes === 0)
          return {
            status: 'duplicate',
            ordinal: Number(ordinalOf.get(source, id, rev)?.['ordinal']),
          }
        ordinal += 1
        hash = next
        insertPart.run(partition, ordinal, Date.parse(time))
        const kept = { ordinal, source, id, rev, time, receivedAt, hash, body }
        stored.push(retracts === undefined ? kept : { ...kept, retracts })
        return { status: 'accepted', ordinal }
      }),
    )
    if (stored.length > 0) saveHead.run(ordinal, hash)
    return { head: { ordinal, hash }, stored, receipts }
  }

  return {
    ...createSnapshots(db),
    refusals,

    async append(entries, receivedAt) {
      if (verifying !== undefined) await verifying
      if (!isOpen) throw new Error('The journal is closed.')
      requireText('receivedAt', receivedAt)
      for (const entry of entries) requireStorable(entry)
      if (entries.length === 0) return []
      return await new Promise((resolve, reject) => {
        waiting.push({ entries: [...entries], receivedAt, resolve, reject })
        schedule()
      })
    },
    read: (after, limit) => translating(() => page.all(after, limit).map(toStored)),
    readPart: (partition, { after, upTo, afterMs, untilMs }, limit) =>
      translating(() =>
        partPage.all(partition, after, upTo, whole(afterMs), whole(untilMs), limit).map(toStored),
      ),
    find: (source, id, before = Number.MAX_SAFE_INTEGER) =>
      translating(() => {
        const row = highest.get(source, id, before)
        return row === undefined ? undefined : toStored(row)
      }),
    tail(listener) {
      const own = (entries: readonly Stored[]): void => listener(entries)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    head: () => head,
    verify: () => verifyChain(db),
    backup: (path) => copyJournal(file, path),
    async close() {
      if (!isOpen) return
      isOpen = false
      clearImmediate(turn)
      while (waiting.length > 0) commit(takeGroup())
      flushRefusals()
      db.close()
      unlock()
    },
  }
}

/** SQLite has no infinite integers. */
function whole(ms: number): number {
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, ms))
}

function pick({ ordinal, hash }: Head): Head {
  return { ordinal, hash }
}

/** A listener's fault is its own: it surfaces as an uncaught error and neither undoes the commit nor starves the rest. */
function tell(listener: (entries: readonly Stored[]) => void, entries: readonly Stored[]): void {
  try {
    listener(entries)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

/** Checked per call, because one bad value inside a group's transaction would refuse its neighbours too. */
function requireStorable({ partition, source, id, rev, retracts, time, body }: Entry): void {
  if (!Number.isSafeInteger(rev) || rev < 0)
    throw new TypeError(`rev must be a whole number from 0, not ${String(rev)}.`)
  requireText('partition', partition)
  requireText('source', source)
  requireText('id', id)
  if (retracts !== undefined) requireText('retracts', retracts)
  requireText('time', time)
  if (Number.isNaN(Date.parse(time))) throw new TypeError(`time must be an instant, not "${time}".`)
  requireText('body', body)
}

function requireText(field: string, text: string): void {
  if (typeof text !== 'string' || text.includes('\0') || toUSVString(text) !== text) {
    throw new TypeError(`${field} must be well-formed text without NUL.`)
  }
}
