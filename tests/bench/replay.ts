/** Replaying the log into the board, against JSON.parse of the same log read from an ndjson file. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHub, type Hub } from '../../relay/hub.ts'
import { openEmbeddedJournal } from '../../relay/journal/embedded.ts'
import type { Journal } from '../../relay/journal/journal.ts'
import { entryOf } from '../../relay/scopes/reduction.ts'
import { history, historyEndMs } from './history.ts'
import { alternate, count, cpuOf, type Part } from './measure.ts'

const events = 100_000
const county = '431128'

/** Equal for boards that hold the same rows. */
function hashOf(hub: Hub): string {
  const { tables } = hub.snapshot(county, 'county')
  const rows = Object.entries(tables).map(([name, table]) => [
    name,
    [...table].sort((a, b) => (a.id < b.id ? -1 : 1)),
  ])
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
}

export const benchReplay: Part = async (bench) => {
  const log = history(events)
  const dir = mkdtempSync(join(tmpdir(), 'flagwall-bench-'))
  bench.atEnd(() => rmSync(dir, { recursive: true, force: true }))
  const journal = openEmbeddedJournal(join(dir, 'journal.sqlite'))
  // Without snapshots every start replays from the first event.
  const bare: Journal = {
    ...journal,
    snapshots: () => [],
    saveSnapshot: () => undefined,
  }
  const open = (): Hub =>
    createHub({ home: county, journal: bare, now: () => historyEndMs, flushMs: 3_600_000 })

  bench.say(`writing ${count(log.length)} events`)
  const live = open()
  for (let at = 0; at < log.length; at += 5_000) {
    await live.accept(log.slice(at, at + 5_000))
    await live.settle()
  }
  const told = hashOf(live)
  await live.stop()
  const file = join(dir, 'log.ndjson')
  writeFileSync(file, log.map((event) => `${entryOf(event).body}\n`).join(''))

  bench.say('replaying')
  const { limit, ours, ratio } = await alternate(
    bench,
    5,
    () =>
      cpuOf(() => {
        for (const line of readFileSync(file, 'utf8').split('\n')) if (line !== '') JSON.parse(line)
      }) / log.length,
    async () => {
      let hub: Hub | undefined
      const seconds = cpuOf(() => {
        hub = open()
      })
      if (hub === undefined || hashOf(hub) !== told)
        throw new Error('the replayed board differs from the one that was kept up to date')
      await hub.stop()
      return seconds / log.length
    },
  )
  await journal.close()
  return [
    {
      name: `replay of ${count(log.length)} events, same hash as the living board`,
      value: `${count(1 / ours)} events/s`,
      limit: `JSON.parse of the log: ${count(1 / limit)} events/s`,
      ratio: 1 / ratio,
      target: { atLeast: 0.5 },
    },
  ]
}
