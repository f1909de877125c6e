import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { keyOf, planEvents, seeded } from './plan.ts'
import { expectWhole } from './recovered.ts'

const kills = Number(process.env['KILLS'] ?? 40)
const seed = Number(process.env['SEED'] ?? 20260301)
const events = Number(process.env['EVENTS'] ?? kills * 200)
const perLife = Math.ceil(events / (kills + 1))

interface Life {
  /** Lines the child printed, complete ones only. */
  readonly lines: readonly string[]
  readonly signal: NodeJS.Signals | null
  readonly errors: string
}

/** Runs the child until it has said `mostLines` lines, then kills it; the rest of what it had said still counts. */
function live(words: readonly string[], mostLines: number): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'append-child.ts'), ...words])
    let text = ''
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk))
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (text.split('\n').length > mostLines) child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('close', (_code, signal) =>
      resolve({ lines: text.split('\n').slice(0, -1), signal, errors }),
    )
  })
}

it(
  `loses nothing acknowledged and counts nothing twice over ${kills} kill -9 and ${events} deliveries (seed ${seed})`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kill-'))
    const file = join(folder, 'journal.sqlite')
    const count = events
    const random = seeded(seed)
    const acknowledged = new Map<string, number>()
    let from = 0
    let killed = 0
    const run = async (mostLines: number): Promise<void> => {
      const { lines, signal, errors } = await live(
        [file, String(seed), String(count), String(from)],
        mostLines,
      )
      expect(errors).toBe('')
      if (signal === 'SIGKILL') killed += 1
      else expect(lines.at(-1)).toBe('done')
      for (const line of lines) {
        const match = /^ack (\d+) (\d+) (.+)$/.exec(line)
        if (match === null) continue
        const [, index, ordinal, key = ''] = match
        const before = acknowledged.get(key) ?? Number(ordinal)
        expect([key, Number(ordinal)]).toEqual([key, before])
        acknowledged.set(key, before)
        // Some deliveries before the kill come again, as a sender without an answer would send them.
        from = Math.max(from, Number(index) - 60)
      }
    }

    try {
      // One kill in eight lands while the journal opens and recovers.
      while (killed < kills) await run(random() < 0.125 ? 1 : Math.ceil(random() * perLife))
      await run(Infinity)

      const recovered = await expectWhole(file, acknowledged)
      expect(recovered).toEqual(new Set(planEvents(seed, count).map(keyOf)))
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
  60_000 + kills * 10_000,
)
