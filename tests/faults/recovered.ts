/** What has to hold of a log after a life that ended badly. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { tableNames } from '../../protocol/board.ts'
import type { Event } from '../../protocol/events.ts'
import { createHub } from '../../relay/hub.ts'
import { openEmbeddedJournal } from '../../relay/journal/embedded.ts'
import { keyOf, planNow } from './plan.ts'

const county = '431128'

/** The board of a log, as a relay that starts on it shows it. */
async function boardOf(file: string, events: readonly Event[] = []): Promise<unknown> {
  const journal = openEmbeddedJournal(file)
  const hub = createHub({ home: county, journal, now: () => planNow, flushMs: 1e9 })
  for (let from = 0; from < events.length; from += 1_000)
    await hub.accept(events.slice(from, from + 1_000))
  await hub.settle()
  const { tables } = hub.snapshot(county, 'county')
  await hub.stop()
  await journal.close()
  return tableNames.map((name) => [
    name,
    [...(tables[name] ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1)),
  ])
}

/**
 * Everything acknowledged is there at its ordinal and once, the chain holds, and the board, made from the last
 * snapshot and what came after it, is the one that the same events give in a new log. Returns the keys recovered.
 */
export async function expectWhole(
  file: string,
  acknowledged: ReadonlyMap<string, number>,
): Promise<ReadonlySet<string>> {
  const journal = openEmbeddedJournal(file)
  const stored = journal.read(0, Number.MAX_SAFE_INTEGER)
  expect(journal.verify()).toEqual({ ok: true, ordinal: stored.length })
  await journal.close()
  expect(stored.map(({ ordinal }) => ordinal)).toEqual(stored.map((_, index) => index + 1))
  const recovered = new Map(stored.map((entry) => [keyOf(entry), entry.ordinal]))
  expect(recovered.size).toBe(stored.length)
  for (const [key, ordinal] of acknowledged)
    expect([key, recovered.get(key)]).toEqual([key, ordinal])

  const folder = mkdtempSync(join(tmpdir(), 'rebuild-'))
  try {
    const events = stored.map(({ body }) => JSON.parse(body) as Event)
    const own = events.filter(({ source }) => source !== 'relay')
    expect(await boardOf(file)).toEqual(await boardOf(join(folder, 'new.sqlite'), own.toReversed()))
  } finally {
    rmSync(folder, { recursive: true })
  }
  return new Set(stored.filter(({ source }) => source !== 'relay').map(keyOf))
}
