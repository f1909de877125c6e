import { DatabaseSync } from 'node:sqlite'
import { JournalCorrupt, JournalFull } from './journal.ts'

const schemaVersion = 2

const entries = [
  `CREATE TABLE entries (
  ordinal INTEGER PRIMARY KEY, source TEXT NOT NULL, id TEXT NOT NULL, rev INTEGER NOT NULL, retracts TEXT,
  time TEXT NOT NULL, received_at TEXT NOT NULL, hash TEXT NOT NULL, body TEXT NOT NULL
) STRICT`,
  `CREATE UNIQUE INDEX entries_key ON entries (source, id, rev)`,
  `CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), ordinal INTEGER NOT NULL, hash TEXT NOT NULL) STRICT`,
]
const refusals = [
  `CREATE TABLE refusals (
  number INTEGER PRIMARY KEY, platform TEXT NOT NULL, received_at TEXT NOT NULL, status INTEGER NOT NULL,
  reason TEXT NOT NULL, body TEXT NOT NULL
) STRICT`,
  `CREATE INDEX refusals_platform ON refusals (platform, number)`,
]
/** What follows from the entries; a damaged row costs time or is passed over. */
const derived = [
  `CREATE TABLE snapshots (
  reducer INTEGER NOT NULL, part TEXT NOT NULL, ordinal INTEGER NOT NULL, time_ms INTEGER NOT NULL, hash TEXT NOT NULL,
  digest TEXT NOT NULL, state BLOB NOT NULL, PRIMARY KEY (reducer, part, ordinal)
) STRICT`,
  `CREATE TABLE parts (
  partition TEXT NOT NULL, ordinal INTEGER NOT NULL, time_ms INTEGER NOT NULL, PRIMARY KEY (partition, ordinal)
) STRICT, WITHOUT ROWID`,
]
const tables = [...entries, ...refusals, ...derived]

/** Format 1 had no partitions and one state a snapshot. The hash chain is the same. */
const fromFormat1 = `DROP TABLE snapshots; ${derived.join(';')};
INSERT INTO parts SELECT
  CASE json_extract(body, '$.kind') WHEN 'day.began' THEN '000000*'
    WHEN 'source.reported' THEN json_extract(body, '$.county') || '*' ELSE json_extract(body, '$.county') END,
  ordinal, CAST(round(1000 * unixepoch(time, 'subsec')) AS INTEGER)
FROM entries`

/** The one connection that writes. Creates the tables in an empty file. */
export function connectWriter(file: string): DatabaseSync {
  return connect(file, {}, (db) => {
    // FULL goes after WAL: some builds fall back to NORMAL in WAL mode, which loses acknowledged commits in a power cut.
    const mode = one(db, 'PRAGMA journal_mode = WAL')
    db.exec('PRAGMA synchronous = FULL')
    if (mode !== 'wal' || one(db, 'PRAGMA synchronous') !== 2) {
      throw new Error(
        `${file} is on a file system where commits cannot be made durable; use a local disk.`,
      )
    }
    // 16 MB of log before it is folded into the file; a snapshot may swell it, and it shrinks again to 64 MB.
    db.exec(
      'PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA cell_size_check = ON',
    )
    if (
      one(db, 'SELECT count(*) FROM sqlite_schema') === 0 &&
      one(db, 'PRAGMA user_version') === 0
    ) {
      db.exec(`BEGIN; ${tables.join(';')}; PRAGMA user_version = ${schemaVersion}; COMMIT`)
    }
    if (one(db, 'PRAGMA user_version') === 1) {
      db.exec(`BEGIN; ${fromFormat1}; PRAGMA user_version = ${schemaVersion}; COMMIT`)
    }
  })
}

/** A reader beside a running relay. */
export function connectReader(file: string): DatabaseSync {
  return connect(file, { readOnly: true }, () => undefined)
}

function connect(
  file: string,
  options: { readOnly?: boolean },
  prepare: (db: DatabaseSync) => void,
): DatabaseSync {
  const db = translating(() => new DatabaseSync(file, { ...options, timeout: 5000 }))
  try {
    translating(() => {
      prepare(db)
      checkTables(db)
    })
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

function checkTables(db: DatabaseSync): void {
  const version = one(db, 'PRAGMA user_version')
  if (version !== schemaVersion) {
    throw new JournalCorrupt(
      0,
      `its format is ${String(version)}, this relay reads ${schemaVersion}`,
    )
  }
  const found = db
    .prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid')
    .all()
  if (found.length !== tables.length || found.some((row, index) => row['sql'] !== tables[index])) {
    throw new JournalCorrupt(0, 'its tables are not the ones this relay creates')
  }
}

/** The first column of the first row. */
export function one(db: DatabaseSync, sql: string): unknown {
  const row = db.prepare(sql).get()
  return row === undefined ? undefined : Object.values(row)[0]
}

/** SQLite's primary result code (https://sqlite.org/rescode.html), or undefined for any other error. */
export function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined
  return error.errcode & 0xff
}

const diskCodes: ReadonlySet<number> = new Set([10 /* IOERR */, 13 /* FULL */, 14 /* CANTOPEN */])
const damageCodes: ReadonlySet<number> = new Set([
  1 /* ERROR: a schema that no longer parses */, 11 /* CORRUPT */, 26 /* NOTADB */,
])

/** Names an error of the disk or of damaged data; leaves every other as it is. */
export function named(error: unknown): unknown {
  const code = codeOf(error)
  if (code === undefined) return error
  const said = error instanceof Error ? error.message : ''
  if (diskCodes.has(code))
    return new JournalFull(`The journal's disk is full or failing (${said}).`, { cause: error })
  if (damageCodes.has(code)) return new JournalCorrupt(0, said, { cause: error })
  return error
}

/** Runs `work` and throws its errors by their names in the port. */
export function translating<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw named(error)
  }
}

/** All of `work` or none of it. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  return translating(() => {
    db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      db.exec('COMMIT')
      return result
    } catch (error) {
      // A full disk makes SQLite roll back by itself.
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  })
}
