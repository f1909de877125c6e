import { DatabaseSync } from 'node:sqlite'
import { codeOf } from './connection.ts'
import { ensureFile } from './files.ts'
import { JournalLocked } from './journal.ts'

/**
 * Holds `file + '.lock'` until the returned function is called or the process dies, kill -9 included: the
 * lock is the kernel's record lock inside an open SQLite transaction, so nothing stale can block a restart,
 * and readers of the journal itself are not in its way.
 * Throws `JournalLocked`. Never open the lock file by other means in this process: closing it drops the lock.
 */
export function lock(file: string): () => void {
  const path = `${file}.lock`
  ensureFile(path)
  const holder = new DatabaseSync(path)
  try {
    const pages = holder.prepare('PRAGMA page_count').get()?.['page_count']
    // An empty database would get its first page, hence a rollback file, inside the transaction held open below.
    if (pages === 0) holder.exec('PRAGMA user_version = 1')
    holder.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    holder.close()
    if (codeOf(cause) === 5) {
      throw new JournalLocked(`${file} is in use by another relay; stop that one first.`, { cause })
    }
    throw cause
  }
  return () => holder.close()
}
