/** Faults at chosen system calls, by strace: the same ones in every run. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { branchA, cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, until } from '../support/relay.ts'
import { expectWhole } from './recovered.ts'

const kills = Number(process.env['WRITE_KILLS'] ?? 5)
const every = Number(process.env['WRITE_EVERY'] ?? 37)
const seed = 20260301
const deliveries = 400

function missing(): string | undefined {
  try {
    execFileSync('strace', ['-qq', '-o', '/dev/null', '-e', 'trace=none', 'true'])
    return undefined
  } catch (error) {
    return `needs strace and the right to trace (apt-get install strace): ${String(error)}`
  }
}

const traced = (fault: string): readonly string[] => [
  // The tracer stands aside, so that the process started is the traced one, and dies when it is killed.
  '-D',
  '-f',
  '-qq',
  '-o',
  '/dev/null',
  '-e',
  'trace=pwrite64,fdatasync',
  '-e',
  `inject=${fault}`,
]

/** Delivers the plan until the fault ends it; what it had acknowledged by then. */
function live(
  file: string,
  fault?: string,
): Promise<{ acks: Map<string, number>; isDone: boolean }> {
  return new Promise((resolve, reject) => {
    const child = join(import.meta.dirname, 'append-child.ts')
    const words = [process.execPath, child, file, String(seed), String(deliveries), '0']
    const [command = '', ...rest] = [
      ...(fault === undefined ? [] : ['strace', ...traced(fault)]),
      ...words,
    ]
    const life = spawn(command, rest)
    let text = ''
    life.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    life.on('error', reject)
    life.on('close', () => {
      const lines = text.split('\n').slice(0, -1)
      const acks = lines.flatMap((line): [string, number][] => {
        const [, , ordinal, key = ''] = /^ack (\d+) (\d+) (.+)$/.exec(line) ?? []
        return ordinal === undefined ? [] : [[key, Number(ordinal)]]
      })
      resolve({ acks: new Map(acks), isDone: lines.at(-1) === 'done' })
    })
  })
}

const reason = missing()
describe.skipIf(reason !== undefined)(`a fault at a chosen write${reason ?? ''}`, () => {
  it(`loses nothing acknowledged when killed at every ${every}th write call`, async () => {
    let killed = 0
    for (let at = 1; at <= kills; at += 1) {
      const folder = mkdtempSync(join(tmpdir(), 'write-'))
      try {
        const file = join(folder, 'journal.sqlite')
        const first = await live(file, `pwrite64:signal=KILL:when=${1 + (at - 1) * every}`)
        if (!first.isDone) killed += 1
        // The next life recovers, and the sender sends everything again.
        const second = await live(file)
        expect(second.isDone).toBe(true)
        await expectWhole(file, new Map([...first.acks, ...second.acks]))
        for (const [key, ordinal] of first.acks) expect(second.acks.get(key)).toBe(ordinal)
      } finally {
        rmSync(folder, { recursive: true })
      }
    }
    expect(killed).toBeGreaterThan(0)
  }, 600_000)

  it.each(['ENOSPC', 'EIO'])(
    'answers 503 while writes fail with %s, keeps what it acknowledged, and goes on afterwards',
    async (error) => {
      let relay = await startRelay({
        under: ['strace', ...traced(`pwrite64:error=${error}:when=150..190`)],
      })
      expect((await relay.post(smallCounty())).status).toBe(202)
      const acknowledged: string[] = []
      const refused: Record<string, unknown>[] = []
      await until('writes to fail and to work again', async () => {
        const event = cloudEvent('points.awarded', branchA, { points: 1, reason: 'quiz' })
        const answer = await relay.post([event])
        if (answer.status === 202) acknowledged.push(String(event['id']))
        else {
          expect(answer.status).toBe(503)
          expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
          refused.push(event)
        }
        return refused.length > 0 && answer.status === 202
      })
      // The sender does as it was told: the same events again.
      expect((await relay.post(refused)).status).toBe(202)
      const points = async (): Promise<unknown> =>
        ((await (await fetch(`${relay.url}/v1/figures/431128`)).json()) as Record<string, unknown>)[
          'points.month'
        ]
      const whole = acknowledged.length + refused.length
      await until('the points on the board', async () => (await points()) === whole)
      await relay.end('SIGKILL')
      relay = await startRelay({ dataDir: relay.dataDir })
      expect(await points()).toBe(whole)
      await relay.end()
      removeDataDir(relay.dataDir)
    },
    120_000,
  )
})
