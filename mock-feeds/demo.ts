/** The demo's feed: Xintian's history where it is not told yet, then its life until it is stopped. */
import { join, resolve } from 'node:path'
import { fileCursor } from './cursor.ts'
import { runFeed } from './run.ts'

const url = process.argv[2] ?? 'http://127.0.0.1:8080'
const dataDir = resolve(process.env['DATA_DIR'] ?? join(import.meta.dirname, '../data'))
const days = Number(process.env['DEMO_DAYS'] ?? 120)
if (!Number.isFinite(days) || days < 0) {
  console.error(`DEMO_DAYS is "${process.env['DEMO_DAYS']}": set it to a number from 0.`)
  process.exit(1)
}

const stopping = new AbortController()
process.on('SIGINT', () => stopping.abort())
process.on('SIGTERM', () => stopping.abort())
try {
  const cursor = fileCursor(join(dataDir, 'feed-xintian.json'))
  await runFeed({ url, dataDir, days, isLively: true, cursor }, stopping.signal)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
