/**
 * Board, version and pending changes of one county. The version is the log's
 * ordinal and the board's clock is the time at which the last event was
 * received: the same log gives the same board, on any node, at any time.
 */
import { apply } from '../protocol/apply.ts'
import { tableNames, type Board, type TableName } from '../protocol/board.ts'
import type { Event } from '../protocol/events.ts'
import type { Deletes, Patch, Puts, Snapshot } from '../protocol/frames.ts'
import { instantMs, localDay, toInstant } from '../protocol/time.ts'
import { createCore, loadCore, reducerVersion, type Core } from './core/core.ts'
import { figuresOf } from './core/figures.ts'
import { createLedger, resolve, saveLedger, type Ledger, type SavedLedger } from './core/ledger.ts'
import type { Entry, Journal, Receipt, Stored } from './journal/journal.ts'
import { project, projectChange, rowsOf, type Audience } from './project.ts'

export type Change = { readonly audience: Audience; readonly patch: Patch }
export interface Figures {
  readonly figures: Readonly<Record<string, number>>
  readonly asOf: string
  readonly sources: Readonly<Record<string, { asOf: string; ageSeconds: number }>>
}

export interface Hub {
  readonly county: string
  /** Resolves after the events are on disk and on the board. */
  accept(events: readonly Event[]): Promise<readonly Receipt[]>
  snapshot(audience: Audience): Snapshot
  /** Rows changed after `version`, or undefined where a snapshot is the shorter way. */
  since(
    epoch: string | undefined,
    version: number | undefined,
    audience: Audience,
  ): Patch | undefined
  figures(audience: Audience, at?: string): Promise<Figures>
  onChange(listener: (changes: readonly Change[]) => void): () => void
  version(): { readonly epoch: string; readonly version: number; readonly at: string }
  /** Send what is pending now; the timer calls it, tests may. */
  flush(): void
  stop(): void
}

interface Options {
  readonly county: string
  readonly journal: Journal
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly flushMs?: number
  readonly snapshotEvery?: number
  readonly onProgress?: (replayed: number, total: number) => void
}

/** Above this share of all rows a patch costs more than the snapshot, which caches. */
const snapshotShare = 0.4

/** A township's office is not among them: nobody hands out a token that names its township yet. */
const followers: readonly Audience[] = ['public', 'wall', 'county']

const eventOf = (stored: Stored): Event => JSON.parse(stored.body) as Event

export function createHub(options: Options): Hub {
  const { county, journal, now } = options
  const snapshotEvery = options.snapshotEvery ?? 50_000
  const listeners = new Set<(changes: readonly Change[]) => void>()

  let ordinal = 0
  let atMs = now()
  let core: Core = createCore({ county })
  let ledger: Ledger = createLedger()
  let savedAt = 0

  function fold(stored: Stored): void {
    core.fold(
      resolve(ledger, eventOf(stored), (source, id) => {
        const known = journal.find(source, id, stored.ordinal)
        return known === undefined ? undefined : eventOf(known)
      }),
    )
    ordinal = stored.ordinal
    atMs = Math.max(atMs, instantMs(stored.receivedAt))
  }

  function replay(): void {
    const snapshot = journal.latestSnapshot(reducerVersion)
    if (snapshot !== undefined) {
      const saved = JSON.parse(new TextDecoder().decode(snapshot.state)) as {
        core: unknown
        ledger: SavedLedger
        atMs: number
      }
      core = loadCore(saved.core, { county })
      ledger = createLedger(saved.ledger)
      ordinal = savedAt = snapshot.ordinal
      atMs = saved.atMs
    } else {
      atMs = 0
    }
    const head = journal.head().ordinal
    while (ordinal < head) {
      for (const stored of journal.read(ordinal, 10_000)) fold(stored)
      options.onProgress?.(ordinal, head)
    }
    if (atMs === 0) atMs = now()
  }

  replay()
  core.changes(atMs)
  let board: Board = core.board()
  let flushed = ordinal

  /** Row → version of its last change; rows unchanged since the start carry none. */
  const changedAt = new Map<string, number>()
  const startedAt = ordinal
  const keyOf = (table: TableName, id: string): string => `${table} ${id}`

  function epoch(): string {
    const first = journal.read(0, 1)[0]
    return `r${reducerVersion}-${first === undefined ? 'empty' : first.hash.slice(0, 16)}`
  }
  let currentEpoch = epoch()

  function save(): void {
    if (ordinal === savedAt) return
    const state = new TextEncoder().encode(
      JSON.stringify({ core: core.save(), ledger: saveLedger(ledger), atMs }),
    )
    journal.saveSnapshot({ reducer: reducerVersion, ordinal, hash: journal.head().hash, state })
    savedAt = ordinal
  }

  function flush(): void {
    if (ordinal === flushed) return
    if (flushed === 0) currentEpoch = epoch()
    const change = core.changes(atMs)
    board = apply(board, change.puts, change.deletes)
    for (const table of tableNames) {
      for (const row of change.puts[table] ?? []) changedAt.set(keyOf(table, row.id), ordinal)
      for (const id of change.deletes[table] ?? []) changedAt.set(keyOf(table, id), ordinal)
    }
    const base = flushed
    flushed = ordinal
    const at = toInstant(now())
    const changes = followers.map((audience) => ({
      audience,
      patch: {
        epoch: currentEpoch,
        base,
        version: flushed,
        at,
        ...projectChange(change, board, audience, county),
      },
    }))
    for (const listener of listeners) listener(changes)
    if (ordinal - savedAt >= snapshotEvery) save()
  }

  function since(
    asked: string | undefined,
    version: number | undefined,
    audience: Audience,
  ): Patch | undefined {
    if (asked !== currentEpoch || version === undefined) return undefined
    if (version < startedAt || version > flushed) return undefined
    const puts: Partial<Record<TableName, unknown[]>> = {}
    const deletes: Partial<Record<TableName, string[]>> = {}
    let rows = 0
    for (const [key, changed] of changedAt) {
      if (changed <= version) continue
      rows += 1
      const space = key.indexOf(' ')
      const table = key.slice(0, space) as TableName
      const id = key.slice(space + 1)
      const row = board[table].get(id)
      if (row === undefined) (deletes[table] ??= []).push(id)
      else (puts[table] ??= []).push(row)
    }
    const total = tableNames.reduce((sum, name) => sum + board[name].size, 0)
    if (rows > total * snapshotShare) return undefined
    const seen = projectChange(
      { puts: puts as Puts, deletes: deletes as Deletes },
      board,
      audience,
      county,
    )
    return { epoch: currentEpoch, base: version, version: flushed, at: toInstant(now()), ...seen }
  }

  async function boardAt(at: string): Promise<Board> {
    const until = instantMs(at)
    const past = createCore({ county })
    const pastLedger = createLedger()
    const seen = new Map<string, Event>()
    const findPast = (source: string, id: string): Event | undefined => seen.get(`${source} ${id}`)
    for (let after = 0; after < ordinal;) {
      const part = journal.read(after, 5_000)
      if (part.length === 0) break
      for (const stored of part) {
        after = stored.ordinal
        const event = eventOf(stored)
        if (instantMs(event.time) > until) continue
        past.fold(resolve(pastLedger, event, findPast))
        const key = `${event.source} ${event.id}`
        const known = seen.get(key)
        if (known === undefined || known.rev < event.rev) seen.set(key, event)
      }
      // A long replay must not hold up the living board.
      await new Promise<void>((resume) => setImmediate(resume))
    }
    const day = localDay(until)
    past.fold({
      add: {
        kind: 'day.began',
        source: 'relay',
        id: `day-${day}`,
        rev: 0,
        subject: county,
        county,
        time: at,
        data: { day },
      },
    })
    past.changes(until)
    return past.board()
  }

  async function figures(audience: Audience, at?: string): Promise<Figures> {
    const chosen = at === undefined ? board : await boardAt(at)
    const moment = at === undefined ? now() : instantMs(at)
    const seen = project(chosen, audience, county)
    const sources: Record<string, { asOf: string; ageSeconds: number }> = {}
    for (const row of seen.sources.values()) {
      sources[row.id] = {
        asOf: row.asOf,
        ageSeconds: Math.max(0, Math.round((moment - instantMs(row.asOf)) / 1000)),
      }
    }
    return { figures: figuresOf(seen), asOf: toInstant(moment), sources }
  }

  const stopTail = journal.tail((entries) => {
    for (const stored of entries) fold(stored)
  })

  function accept(events: readonly Event[]): Promise<readonly Receipt[]> {
    const entries: Entry[] = events.map((event) => ({
      source: event.source,
      id: event.id,
      rev: event.rev,
      ...(event.retracts === undefined ? {} : { retracts: event.retracts }),
      time: event.time,
      body: JSON.stringify(event),
    }))
    return journal.append(entries, toInstant(now()))
  }

  let day = ''
  function turnDay(): void {
    const today = localDay(now())
    if (today <= day) return
    day = today
    accept([
      {
        kind: 'day.began',
        source: 'relay',
        id: `day-${today}`,
        rev: 0,
        subject: county,
        county,
        time: `${today}T00:00:00+08:00`,
        data: { day: today },
      },
    ]).catch(() => {
      // The disk is full: ask again on the next turn, the day stays due.
      day = ''
    })
  }
  turnDay()

  const timer = setInterval(() => {
    turnDay()
    flush()
  }, options.flushMs ?? 100)

  return {
    county,
    accept,
    since,
    figures,
    flush,
    snapshot: (audience) => ({
      epoch: currentEpoch,
      version: flushed,
      at: toInstant(now()),
      scope: county,
      tables: rowsOf(project(board, audience, county)),
    }),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    version: () => ({ epoch: currentEpoch, version: flushed, at: toInstant(now()) }),
    stop() {
      clearInterval(timer)
      flush()
      stopTail()
      save()
    },
  }
}
