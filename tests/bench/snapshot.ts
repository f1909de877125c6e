/** The first thing a screen loads: bytes against zstd over the same rows by columns, and how long the relay stands still for it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { createHub } from '../../relay/hub.ts'
import { openEmbeddedJournal } from '../../relay/journal/embedded.ts'
import { history, historyEndMs } from './history.ts'
import { alternate, cpuOf, type Part } from './measure.ts'

const county = '431128'
const standstillMs = 2

/** Table by table, one array for each column. */
function columnsOf(tables: Readonly<Record<string, readonly object[]>>): unknown {
  return Object.entries(tables).map(([name, rows]) => [
    name,
    Object.keys(rows[0] ?? {}).map((column) => [
      column,
      rows.map((row) => (row as Readonly<Record<string, unknown>>)[column]),
    ]),
  ])
}

export const benchSnapshot: Part = async (bench) => {
  const dir = mkdtempSync(join(tmpdir(), 'flagwall-bench-'))
  bench.atEnd(() => rmSync(dir, { recursive: true, force: true }))
  const journal = openEmbeddedJournal(join(dir, 'journal.sqlite'))
  const hub = createHub({ home: county, journal, now: () => historyEndMs, flushMs: 3_600_000 })
  const log = history(20_000)
  for (let at = 0; at < log.length; at += 5_000) await hub.accept(log.slice(at, at + 5_000))
  await hub.settle()
  bench.say('encoding')
  const text = JSON.stringify(hub.snapshot(county, 'wall'))
  const bytes = gzipSync(text, { level: 4 }).length
  const least = zstdCompressSync(
    JSON.stringify(columnsOf(hub.snapshot(county, 'wall').tables)),
  ).length
  const { ours } = await alternate(
    bench,
    15,
    () => 1,
    () => cpuOf(() => JSON.stringify(hub.snapshot(county, 'wall'))),
  )
  await hub.stop()
  await journal.close()
  const kb = (size: number): string => `${(size / 1024).toFixed(0)} KB`
  return [
    {
      name: 'snapshot of 852 organisations, bytes',
      value: `${kb(bytes)} (gzip of ${kb(text.length)} JSON)`,
      limit: `zstd over columns: ${kb(least)}`,
      ratio: bytes / least,
      target: { atMost: 1.05 },
    },
    {
      name: 'snapshot, time the relay stands still',
      value: `${(ours * 1000).toFixed(1)} ms`,
      limit: `${standstillMs} ms`,
      ratio: (ours * 1000) / standstillMs,
      target: { atMost: 1 },
    },
  ]
}
