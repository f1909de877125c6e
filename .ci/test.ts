/** `npm test`: types, lint, format, dead code, the display's build, then every suite; closes with a count. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const report = join(root, 'node_modules/.cache/tests.json')
mkdirSync(join(root, 'node_modules/.cache'), { recursive: true })
rmSync(report, { force: true })

function step(name: string, command: string, args: readonly string[]): boolean {
  const startedAt = performance.now()
  console.log(`\n▸ ${name}`)
  const { status } = spawnSync(join(root, 'node_modules/.bin', command), args, {
    cwd: root,
    stdio: 'inherit',
  })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
  return status === 0
}

const isGood = [
  step('types', 'tsc', ['-b']),
  step('lint', 'oxlint', []),
  step('format', 'prettier', ['--check', '--log-level', 'warn', '.']),
  step('dead code', 'knip', []),
  step('display build', 'vite', ['build', '--logLevel', 'warn']),
  step('tests', 'vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]),
].every(Boolean)

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
