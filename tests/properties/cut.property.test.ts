import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { effort, patienceMs } from '../../relay/core/arbitrary.ts'
import { openEmbeddedJournal } from '../../relay/journal/embedded.ts'
import { keyOf, planEntries, seeded } from '../faults/plan.ts'

const runs = effort(40)
const receivedAt = '2026-03-01T09:00:00+08:00'

/** How long the log was when an append was acknowledged, and what had been stored by then. */
interface Acknowledged {
  readonly bytes: number
  readonly keys: readonly string[]
}

it(
  `[kill at any byte] finds after a cut everything that was acknowledged before it, and nothing half (${runs.numRuns} runs from seed ${runs.seed})`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cut-'))
    try {
      const file = join(folder, 'whole.sqlite')
      const journal = openEmbeddedJournal(file)
      const random = seeded(runs.seed)
      const plan = planEntries(runs.seed, 400)
      const acknowledged: Acknowledged[] = []
      for (let from = 0; from < plan.length;) {
        const until = from + 1 + Math.floor(random() * 12)
        await journal.append(plan.slice(from, until), receivedAt)
        from = until
        const keys = journal.read(0, 1e6).map(keyOf)
        acknowledged.push({ bytes: statSync(`${file}-wal`).size, keys })
      }
      const wal = readFileSync(`${file}-wal`)
      const everything = acknowledged.at(-1)?.keys ?? []
      copyFileSync(file, join(folder, 'base.sqlite'))
      await journal.close()

      const cut = join(folder, 'cut.sqlite')
      await fc.assert(
        fc.asyncProperty(fc.nat(wal.length), fc.boolean(), async (at, isTorn) => {
          for (const suffix of ['', '-wal', '-shm', '.lock'])
            rmSync(`${cut}${suffix}`, { force: true })
          copyFileSync(join(folder, 'base.sqlite'), cut)
          // A torn write: behind the cut stands what the disk held before, not the end of the file.
          const rest = isTorn
            ? Buffer.alloc(Math.min(8_192, wal.length - at), 0xa5)
            : Buffer.alloc(0)
          writeFileSync(`${cut}-wal`, Buffer.concat([wal.subarray(0, at), rest]))
          const again = openEmbeddedJournal(cut)
          try {
            const recovered = again.read(0, 1e6).map(keyOf)
            const safe = acknowledged.findLast(({ bytes }) => bytes <= at)?.keys ?? []
            expect(recovered.slice(0, safe.length)).toEqual(safe)
            expect(recovered).toEqual(everything.slice(0, recovered.length))
            // Whole groups only: a group is there as one or not at all.
            expect([0, ...acknowledged.map(({ keys }) => keys.length)]).toContain(recovered.length)
            // What was not acknowledged comes again and completes the log.
            await again.append(plan, receivedAt)
            expect(new Set(again.read(0, 1e6).map(keyOf))).toEqual(new Set(everything))
          } finally {
            await again.close()
          }
        }),
        runs,
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
  patienceMs,
)
