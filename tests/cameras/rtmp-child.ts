/** node-media-server in a process of its own: it keeps its state in globals, and ends the process when it dislikes something. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const port = Number(process.argv[2])
const store = mkdtempSync(join(tmpdir(), 'rtmp-'))
process.on('exit', () => rmSync(store, { recursive: true, force: true }))
// Killed parents say nothing, but their pipe closes.
process.stdin.resume().once('end', () => process.exit(0))

// It comes without types.
const Server: unknown = createRequire(import.meta.url)('node-media-server')
if (typeof Server !== 'function') throw new Error('node-media-server is another than expected')
const log = console.log
console.log = () => undefined
const server: unknown = Reflect.construct(Server, [
  { bind: '127.0.0.1', rtmp: { port }, webadmin: { enable: false }, store: { path: store } },
])
if (
  typeof server !== 'object' ||
  server === null ||
  !('run' in server) ||
  typeof server.run !== 'function'
)
  throw new Error('node-media-server is another than expected')
void server.run()
for (;;) {
  const probe = connect(port, '127.0.0.1')
  const isUp = await Promise.race([
    once(probe, 'connect').then(() => true),
    once(probe, 'close').then(() => false),
  ]).catch(() => false)
  probe.destroy()
  if (isUp) break
}
log('ready')
