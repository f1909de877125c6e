import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { commandUser, openAudit } from '../audit.ts'
import { connectReader, one } from './connection.ts'
import { copyJournal, inspectJournal } from './copy.ts'
import { ensureFile, syncPath } from './files.ts'
import { JournalCorrupt } from './journal.ts'
import { lock } from './lock.ts'

// npx node relay/journal/restore.ts backup DATA_DIR [--force] — stop the relay first.
const words = process.argv.slice(2).filter((word) => word !== '--force')
const isForced = process.argv.includes('--force')

try {
  const [source, folder] = words
  if (source === undefined || folder === undefined || words.length > 2) {
    throw new Error('Usage: npx node relay/journal/restore.ts backup DATA_DIR [--force]')
  }
  if (!existsSync(source)) throw new Error(`${source} does not exist.`)
  await restore(source, join(folder, 'journal.sqlite'))
  openAudit(folder, Date.now).record('journal.restored', commandUser(), source)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

async function restore(source: string, file: string): Promise<void> {
  ensureFile(`${file}.lock`)
  const unlock = lock(file)
  try {
    if (!isForced && !isEmpty(file)) {
      throw new Error(
        `${file} already holds entries; add --force to replace it (it is kept as ${file}.replaced).`,
      )
    }
    const fresh = `${file}.restoring`
    rmSync(fresh, { force: true })
    await copyJournal(source, fresh)
    forgetMarks(dirname(file))
    setAside(file)
    renameSync(fresh, file)
    syncPath(dirname(file))
    console.log(`${file} holds ${inspectJournal(file)} verified entries.`)
  } finally {
    unlock()
  }
}

/** A damaged journal is not empty: someone may still want to look into it. */
function isEmpty(file: string): boolean {
  if (!existsSync(file) || statSync(file).size === 0) return true
  try {
    const db = connectReader(file)
    try {
      return one(db, 'SELECT count(*) FROM entries') === 0
    } finally {
      db.close()
    }
  } catch (error) {
    if (error instanceof JournalCorrupt) return false
    throw error
  }
}

/** A connector's mark may be ahead of the older log, and the rows between the two would be skipped. Read again, none counts twice. */
function forgetMarks(folder: string): void {
  const marks = join(folder, 'marks')
  if (!existsSync(marks)) return
  rmSync(marks, { recursive: true })
  console.log(
    'Connectors read their pages, tables and folders from the beginning; what MQTT and Kafka handed over after the backup has to be sent again.',
  )
}

/** The file goes before its log: SQLite ignores a log without a file, but would open a file without its log as older than it is. */
function setAside(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) {
    rmSync(`${file}.replaced${suffix}`, { force: true })
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${file}.replaced${suffix}`)
  }
}
