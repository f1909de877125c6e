/** Small durable tables beside the log: who may look, and who may act. */
import { chmodSync, existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { one, translating } from './journal/connection.ts'

/**
 * Opens a SQLite file of DATA_DIR that only its owner can read, and makes its tables where it is new. `tables` are one
 * statement a version: a file of an earlier one is brought up by those that follow. Throws `JournalFull` on a full disk.
 */
export function openTables(file: string, tables: readonly string[]): DatabaseSync {
  return translating(() => {
    const isNew = !existsSync(file)
    const db = new DatabaseSync(file, { timeout: 5_000 })
    if (isNew) chmodSync(file, 0o600)
    try {
      // FULL goes after WAL, as in the log: what was answered survives a power cut.
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
      const version = Number(one(db, 'PRAGMA user_version'))
      if (version > tables.length)
        throw new Error(`${file} is of a newer relay (format ${version}): start that one.`)
      for (const [index, statement] of tables.entries())
        if (index >= version)
          db.exec(`BEGIN; ${statement}; PRAGMA user_version = ${index + 1}; COMMIT`)
      return db
    } catch (error) {
      db.close()
      throw error
    }
  })
}
