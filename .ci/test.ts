/** `npm test`: types, lint, format, dead code, the display's build, then every suite; closes with a count. */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const report = join(root, 'node_modules/.cache/tests.json')
mkdirSync(join(root, 'node_modules/.cache'), { recursive: true })
rmSync(report, { force: true })
/** Relays and browsers' drivers are started hundreds of times: what they are compiled to is kept, here and in their children. */
process.env['NODE_COMPILE_CACHE'] = join(root, 'node_modules/.cache/compiled')

/** With `isQuiet` its lines come at its end, since another step runs beside it. */
async function step(
  name: string,
  command: string,
  args: readonly string[],
  isQuiet = true,
): Promise<boolean> {
  const startedAt = performance.now()
  if (!isQuiet) console.log(`\n▸ ${name}`)
  const child = spawn(join(root, 'node_modules/.bin', command), args, {
    cwd: root,
    stdio: isQuiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text))
  const isGood = await new Promise<boolean>((done) => {
    child.once('error', (cause) => {
      said += cause.message
      done(false)
    })
    child.once('close', (code) => done(code === 0))
  })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  if (said.trim() !== '') console.log(`\n▸ ${name}\n${said.trimEnd()}`)
  console.log(`${isGood ? '✓' : '✗'} ${name} (${seconds} s)`)
  return isGood
}

const checks = await Promise.all([
  step('types', 'tsc', ['-b']),
  step('lint', 'oxlint', []),
  step('format', 'prettier', ['--check', '--log-level', 'warn', '.']),
  step('dead code', 'knip', []),
  step('display build', 'vite', ['build', '--logLevel', 'warn']),
])
const tests = await step(
  'tests',
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  false,
)
const isGood = tests && checks.every(Boolean)

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
}
try {
  const counted = JSON.parse(readFileSync(report, 'utf8')) as Report
  console.log(
    `\n${counted.numPassedTests} passed, ${counted.numFailedTests} failed, ${counted.numPendingTests} skipped`,
  )
} catch (cause) {
  console.error('The tests left no report.', cause)
}
process.exit(isGood ? 0 : 1)
