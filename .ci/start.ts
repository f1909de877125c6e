/** `npm start`: builds the display, then runs the relay, the demo's cameras and its feed, and stops them together. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createChildren } from './child.ts'
import { createRelayLog } from './relay-log.ts'

const root = join(import.meta.dirname, '..')
const isDev = process.argv.includes('--dev')
const dataDir = resolve(process.env['DATA_DIR'] ?? join(root, 'data'))
const logFile = join(dataDir, 'relay.log')
const children = createChildren()

let isStopping = false
async function stop(code: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  await children.stop()
  process.exit(code)
}
// Ctrl+C comes twice: from the terminal, and once more from npm.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!isStopping) console.log('\nStopping …')
    void stop(0)
  })
}

function newest(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

async function build(): Promise<void> {
  const built = join(root, 'dist/display/wall.html')
  const sources = [
    'display',
    'protocol',
    'public',
    'vite.config.ts',
    'vite.tv.config.ts',
    'package-lock.json',
  ]
  const changed = Math.max(...sources.map((path) => newest(join(root, path))))
  if (existsSync(built) && statSync(built).mtimeMs >= changed) return
  console.log('Building the display (about half a minute) …')
  const args = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error']
  const vite = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
  const code = await new Promise<number | null>((resolve) => vite.on('exit', resolve))
  if (code !== 0) {
    console.error('The display could not be built: the lines above say why.')
    process.exit(1)
  }
}

/** Resolves with the address at which this machine reaches the relay. */
function startRelay(): Promise<string> {
  return new Promise((listening) => {
    let isUp = false
    children.start({
      args: ['relay/main.ts'],
      onLine: createRelayLog(logFile).line,
      onMessage(message) {
        const { url } = message as { readonly url: string }
        isUp = true
        listening(url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:'))
      },
      onEnd(how, code) {
        // A relay that can't begin has said why, in one sentence.
        if (isUp || code === null) {
          console.error(`The relay ended (${how}), so everything stops. Its log: ${logFile}`)
        }
        void stop(code === null || code === 0 ? 1 : code)
      },
    })
  })
}

/** The wall goes on without the demo's parts, on what it has. */
function startDemo(name: string, file: string, relayUrl: string): void {
  children.start({
    args: [file, relayUrl],
    onEnd(how, code) {
      if (code !== 0)
        console.error(
          `${name} ended (${how}); the wall goes on without. Start again to have it back.`,
        )
    },
  })
}

function startDevServer(relayUrl: string): void {
  children.start({
    args: ['node_modules/vite/bin/vite.js'],
    env: { RELAY_URL: relayUrl },
    onEnd(how) {
      console.error(`The dev server ended (${how}), so everything stops.`)
      void stop(1)
    },
  })
}

await build()
console.log('Starting the relay …')
const url = await startRelay()
console.log(`
  Wall      ${url}/
  Village   ${url}/tv
  Gallery   ${url}/gallery
  Figures   ${url}/v1/figures/${process.env['COUNTY'] ?? '431128'}
  Log       ${logFile}
  Ctrl+C stops everything.
`)
if (isDev) startDevServer(url)
startDemo('The cameras', 'mock-feeds/cameras.ts', url)
startDemo('The feed', 'mock-feeds/demo.ts', url)
