/** `npm run keys`: make, list, rotate and revoke the keys of platforms. */
import process from 'node:process'
import { runKeys } from './keys/command.ts'
import { KeysError } from './keys/store.ts'

try {
  process.stdout.write(
    runKeys(process.argv.slice(2), process.env['DATA_DIR'] || './data', Date.now()),
  )
} catch (error) {
  if (!(error instanceof KeysError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
