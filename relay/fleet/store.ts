/** The screens that were ever set up: DATA_DIR/screens.sqlite. Tokens and codes are kept as their SHA-256 alone. */
import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { ScreenConfig, type ScreenSettings } from '../../protocol/screens.ts'
import { toInstant } from '../../protocol/time.ts'
import { inTransaction, translating } from '../journal/connection.ts'
import { openTables } from '../tables.ts'

export interface Screen {
  readonly config: ScreenConfig
  readonly madeAt: string
  /** Null while no browser holds its token. */
  readonly pairedAt: string | null
}

export interface Ticketed {
  readonly screen: Screen
  /** 256 bits in base64url; kept as its hash alone. */
  readonly ticket: string
  readonly untilMs: number
}

export interface ScreenStore {
  /** By number. */
  list(): readonly Screen[]
  get(id: string): Screen | undefined
  /** The screen that a token was given to, while it counts. */
  find(token: string): ScreenConfig | undefined
  add(settings: ScreenSettings): Screen
  /** All or none, each with a word that lets one box in, once. */
  addAll(all: readonly ScreenSettings[]): readonly Ticketed[]
  /** The screen that a ticket lets in; undefined where there is none, or it was used, or its time is over. */
  redeem(ticket: string): string | undefined
  /** False where there is no such screen. */
  change(id: string, settings: ScreenSettings): boolean
  /** A new token, 256 bits in base64url; the one before counts no longer. Undefined where there is no such screen. */
  pair(id: string): string | undefined
  /** Its token counts no longer; what it was set to stays. False where it had none. */
  revoke(id: string): boolean
  remove(id: string): boolean
  close(): void
}

const tables = [
  `CREATE TABLE screens (
  id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, settings TEXT NOT NULL, token TEXT UNIQUE,
  made_at TEXT NOT NULL, paired_at TEXT
) STRICT`,
  `CREATE TABLE tickets (
  hash TEXT PRIMARY KEY, screen TEXT NOT NULL REFERENCES screens (id) ON DELETE CASCADE, until_ms INTEGER NOT NULL,
  used_ms INTEGER
) STRICT`,
]

/** Boxes are put up over weeks. */
const ticketMs = 30 * 24 * 3_600_000
/** An answer may be lost: for so long after the first a ticket is taken again. */
const takenMs = 30_000

export const secretOf = (bytes = 32): string => randomBytes(bytes).toString('base64url')
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

interface Kept extends Screen {
  readonly token: string | null
}

/** `now`: milliseconds of the relay's clock. Throws `JournalFull` where the disk is full. */
export function openScreens(dataDir: string, now: () => number): ScreenStore {
  const db = openTables(join(dataDir, 'screens.sqlite'), tables)
  const insert = db.prepare(
    'INSERT INTO screens (id, number, settings, made_at) VALUES (?, ?, ?, ?)',
  )
  const update = db.prepare('UPDATE screens SET settings = ? WHERE id = ?')
  const give = db.prepare('UPDATE screens SET token = ?, paired_at = ? WHERE id = ?')
  const erase = db.prepare('DELETE FROM screens WHERE id = ?')
  const hand = db.prepare('INSERT INTO tickets (hash, screen, until_ms) VALUES (?, ?, ?)')
  const use = db.prepare(
    `UPDATE tickets SET used_ms = coalesce(used_ms, ?1)
     WHERE hash = ?2 AND until_ms > ?1 AND (used_ms IS NULL OR used_ms > ?1 - ?3) RETURNING screen`,
  )

  /** Few thousand at most, asked for with every request: kept in memory, and written through. */
  const screens = new Map<string, Kept>()
  const byToken = new Map<string, string>()
  for (const row of db.prepare('SELECT * FROM screens ORDER BY number').all()) {
    const config: unknown = {
      id: row['id'],
      number: row['number'],
      ...(JSON.parse(String(row['settings'])) as object),
    }
    if (!Value.Check(ScreenConfig, config)) {
      const [first] = Value.Errors(ScreenConfig, config)
      throw new Error(`screens.sqlite, screen ${String(row['id'])}: ${first?.instancePath ?? '/'}`)
    }
    put({
      config,
      madeAt: String(row['made_at']),
      pairedAt: row['paired_at'] === null ? null : String(row['paired_at']),
      token: row['token'] === null ? null : String(row['token']),
    })
  }

  function put(screen: Kept): void {
    const before = screens.get(screen.config.id)?.token
    if (before !== undefined && before !== null) byToken.delete(before)
    if (screen.token !== null) byToken.set(screen.token, screen.config.id)
    screens.set(screen.config.id, screen)
  }

  const highest = (): number =>
    Math.max(0, ...[...screens.values()].map(({ config }) => config.number))
  function newScreen(settings: ScreenSettings, number: number): Kept {
    const id = `s${number}-${randomBytes(4).toString('hex')}`
    const madeAt = toInstant(now())
    return { config: { id, number, ...settings }, madeAt, pairedAt: null, token: null }
  }
  function write({ config, madeAt }: Kept): void {
    const { id, number, ...settings } = config
    insert.run(id, number, JSON.stringify(settings), madeAt)
  }

  return {
    list: () => [...screens.values()],
    get: (id) => screens.get(id),
    find: (token) => screens.get(byToken.get(hashOf(token)) ?? '')?.config,
    add(settings) {
      const screen = newScreen(settings, highest() + 1)
      translating(() => write(screen))
      put(screen)
      return screen
    },
    addAll(all) {
      const first = highest() + 1
      const untilMs = now() + ticketMs
      const made = all.map((settings, at) => ({
        screen: newScreen(settings, first + at),
        ticket: secretOf(),
        untilMs,
      }))
      inTransaction(db, () => {
        for (const { screen, ticket } of made) {
          write(screen)
          hand.run(hashOf(ticket), screen.config.id, untilMs)
        }
      })
      for (const { screen } of made) put(screen)
      return made
    },
    redeem(ticket) {
      const row = translating(() => use.get(now(), hashOf(ticket), takenMs))
      return row === undefined ? undefined : String(row['screen'])
    },
    change(id, settings) {
      const screen = screens.get(id)
      if (screen === undefined) return false
      translating(() => update.run(JSON.stringify(settings), id))
      put({ ...screen, config: { id, number: screen.config.number, ...settings } })
      return true
    },
    pair(id) {
      const screen = screens.get(id)
      if (screen === undefined) return undefined
      const token = secretOf()
      const pairedAt = toInstant(now())
      translating(() => give.run(hashOf(token), pairedAt, id))
      put({ ...screen, pairedAt, token: hashOf(token) })
      return token
    },
    revoke(id) {
      const screen = screens.get(id)
      if (screen === undefined || screen.token === null) return false
      translating(() => give.run(null, null, id))
      put({ ...screen, pairedAt: null, token: null })
      return true
    },
    remove(id) {
      const screen = screens.get(id)
      if (screen === undefined) return false
      translating(() => erase.run(id))
      if (screen.token !== null) byToken.delete(screen.token)
      return screens.delete(id)
    },
    close: () => db.close(),
  }
}
