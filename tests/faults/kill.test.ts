import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openEmbeddedJournal } from '../../relay/journal/embedded.ts'
import { keyOf, planEntries, seeded } from './plan.ts'

const kills = Number(process.env['KILLS'] ?? 25)
const seed = Number(process.env['SEED'] ?? 20260301)
const perLife = 400

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
  `loses nothing acknowledged and counts nothing twice over ${kills} kill -9 (seed ${seed})`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kill-'))
    const file = join(folder, 'journal.sqlite')
    const count = (kills + 1) * perLife
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

      const journal = openEmbeddedJournal(file)
      const stored = journal.read(0, Number.MAX_SAFE_INTEGER)
      expect(stored.map(({ ordinal }) => ordinal)).toEqual(stored.map((_, index) => index + 1))
      const recovered = new Map(stored.map((entry) => [keyOf(entry), entry.ordinal]))
      expect(recovered.size).toBe(stored.length)
      for (const [key, ordinal] of acknowledged)
        expect([key, recovered.get(key)]).toEqual([key, ordinal])
      expect(new Set(recovered.keys())).toEqual(new Set(planEntries(seed, count).map(keyOf)))
      expect(journal.verify()).toEqual({ ok: true, ordinal: stored.length })
      await journal.close()
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
  30_000 + kills * 2_000,
)
