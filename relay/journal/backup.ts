import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { commandUser, openAudit } from '../audit.ts'
import { copyJournal, inspectJournal } from './copy.ts'

// npx node relay/journal/backup.ts DATA_DIR target — the relay may be running.
const [folder, target, ...rest] = process.argv.slice(2)

try {
  if (folder === undefined || target === undefined || rest.length > 0) {
    throw new Error('Usage: npx node relay/journal/backup.ts DATA_DIR target')
  }
  const file = join(folder, 'journal.sqlite')
  if (!existsSync(file)) throw new Error(`${file} does not exist; is DATA_DIR right?`)
  openAudit(folder, Date.now).record('journal.backed-up', commandUser(), target)
  await copyJournal(file, target)
  console.log(`${target} holds ${inspectJournal(target)} verified entries.`)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
