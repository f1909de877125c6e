/** Durable append, 1,000 entries a commit, against ndjson + fdatasync of the same fields. Time, not CPU: the disk is part of it. */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedJournal } from '../../relay/journal/embedded.ts'
import type { Entry } from '../../relay/journal/journal.ts'
import { entryOf } from '../../relay/scopes/reduction.ts'
import { history } from './history.ts'
import { alternate, count, type Part } from './measure.ts'

const batch = 1_000
const rounds = 7
const batchesARound = 8
const receivedAt = '2026-06-18T00:00:00+08:00'

export const benchAppend: Part = async (bench) => {
  const base = history(batch * batchesARound).map(entryOf)
  const dir = mkdtempSync(join(tmpdir(), 'flagwall-bench-'))
  bench.atEnd(() => rmSync(dir, { recursive: true, force: true }))
  const fd = openSync(join(dir, 'floor.ndjson'), 'w')
  const journal = openEmbeddedJournal(join(dir, 'journal.sqlite'))
  let run = 0
  /** The same events under new ids. */
  const fresh = (): readonly (readonly Entry[])[] => {
    run += 1
    const entries = base.map((entry) => ({ ...entry, id: `${entry.id}/${run}` }))
    return Array.from({ length: batchesARound }, (_, at) =>
      entries.slice(at * batch, (at + 1) * batch),
    )
  }
  const timed = async (write: (entries: readonly Entry[]) => unknown): Promise<number> => {
    const batches = fresh()
    const startedAt = performance.now()
    for (const entries of batches) await write(entries)
    return (performance.now() - startedAt) / 1000 / (batch * batchesARound)
  }
  bench.say(`${rounds} rounds of ${batchesARound} commits on each side`)
  const { limit, ours, ratio } = await alternate(
    bench,
    rounds,
    () =>
      timed((entries) => {
        writeSync(
          fd,
          entries.map((entry) => `${JSON.stringify({ ...entry, receivedAt })}\n`).join(''),
        )
        fdatasyncSync(fd)
      }),
    () => timed((entries) => journal.append(entries, receivedAt)),
  )
  closeSync(fd)
  await journal.close()
  return [
    {
      name: 'durable append, 1,000 a commit',
      value: `${count(1 / ours)} events/s`,
      limit: `ndjson + fdatasync: ${count(1 / limit)} events/s`,
      ratio: 1 / ratio,
      target: { atLeast: 0.6 },
    },
  ]
}
