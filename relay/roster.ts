/** `npm run roster`: import a county's organisations from a spreadsheet. */
import { join } from 'node:path'
import process from 'node:process'
import { KeysError } from './keys/store.ts'
import { runRoster } from './roster/command.ts'
import { RosterError } from './roster/roster-error.ts'

try {
  await runRoster(process.argv.slice(2), {
    env: process.env,
    geoDir: join(import.meta.dirname, '../public/geo'),
    nowMs: Date.now(),
    print: (text) => process.stdout.write(text),
  })
} catch (error) {
  if (!(error instanceof RosterError || error instanceof KeysError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
