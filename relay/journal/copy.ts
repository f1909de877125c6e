import { existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, backup } from 'node:sqlite'
import { connectReader, named } from './connection.ts'
import { ensureFile, syncPath } from './files.ts'
import { requireChain } from './verify.ts'

/**
 * Copies a journal, in use or not, to a new single file (0600) and verifies the copy before it gets its name.
 * Throws `JournalCorrupt`, `JournalFull`, or an error that says what to do when `target` exists.
 */
export async function copyJournal(source: string, target: string): Promise<void> {
  if (existsSync(target)) throw new Error(`${target} already exists; name a new file.`)
  const partial = `${target}.partial`
  rmSync(partial, { force: true })
  const from = connectReader(source)
  try {
    ensureFile(partial)
    // All pages in one step, off the main thread: a second connection's commits would restart a copy made in several.
    await backup(from, partial, { rate: 2 ** 31 - 1 })
    settle(partial)
    renameSync(partial, target)
    syncPath(dirname(target))
  } catch (error) {
    rmSync(partial, { force: true })
    throw named(error)
  } finally {
    from.close()
  }
}

/** Leaves one file that can be read from a read-only medium, synced and verified. */
function settle(path: string): void {
  const db = new DatabaseSync(path)
  try {
    db.exec('PRAGMA journal_mode = DELETE')
    requireChain(db)
  } finally {
    db.close()
  }
  syncPath(path)
}

/** Verifies a journal that nobody needs to have open; returns its last ordinal. */
export function inspectJournal(file: string): number {
  const db = connectReader(file)
  try {
    return requireChain(db)
  } finally {
    db.close()
  }
}
