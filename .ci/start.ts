/** `npm start`: builds the display, then runs the relay and the demo's feed, and stops both together. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const isDev = process.argv.includes('--dev')
const port = process.env['PORT'] ?? '8080'
const children: ChildProcess[] = []
let isStopping = false

function newest(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

function run(name: string, args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
  children.push(child)
  child.on('exit', (code, signal) => {
    if (isStopping) return
    console.error(`${name} ended (${signal ?? `exit ${code}`}).`)
    stop(code === 0 ? 1 : (code ?? 1))
  })
  return child
}

function stop(code: number): void {
  if (isStopping) return
  isStopping = true
  const running = children.filter((child) => child.exitCode === null && child.signalCode === null)
  let left = running.length
  if (left === 0) process.exit(code)
  for (const child of running) {
    child.on('exit', () => {
      left -= 1
      if (left === 0) process.exit(code)
    })
    child.kill('SIGTERM')
  }
}
process.on('SIGINT', () => stop(0))
process.on('SIGTERM', () => stop(0))

async function build(): Promise<void> {
  const built = join(root, 'dist/display/wall.html')
  const sources = ['display', 'protocol', 'public', 'vite.config.ts', 'package-lock.json']
  const changed = Math.max(...sources.map((path) => newest(join(root, path))))
  if (existsSync(built) && statSync(built).mtimeMs >= changed) return
  console.log('Building the display (about ten seconds) …')
  const vite = spawn(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  const code = await new Promise<number | null>((resolve) => vite.on('exit', resolve))
  if (code !== 0) {
    console.error('The display could not be built: the lines above say why.')
    process.exit(1)
  }
}

async function relayReady(): Promise<void> {
  for (;;) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/readyz`)).ok) return
    } catch {
      // Not listening yet; if the relay has ended, its exit handler stops this process.
    }
    await new Promise((resume) => setTimeout(resume, 100))
  }
}

await build()
run('The relay', ['relay/main.ts'])
await relayReady()
if (isDev) run('The dev server', ['node_modules/vite/bin/vite.js', '--host', '127.0.0.1'])
console.log(
  `\n  Wall      http://127.0.0.1:${port}/\n  Gallery   http://127.0.0.1:${port}/gallery\n  Figures   http://127.0.0.1:${port}/v1/figures/431128\n  Ctrl+C stops everything.\n`,
)
run('The demo', ['mock-feeds/demo.ts'])
