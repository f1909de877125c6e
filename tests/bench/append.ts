/** Durable append against ndjson + fdatasync, and replay against a bare JSON.parse of the same log. */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Event } from '../../protocol/events.ts'
import { createCore } from '../../relay/core/core.ts'
import { createLedger, resolve } from '../../relay/core/ledger.ts'
import { openEmbeddedJournal } from '../../relay/journal/embedded.ts'
import type { Entry } from '../../relay/journal/journal.ts'
import { makeCounty } from '../../mock-feeds/platforms/xintian-county.ts'
import { eventsBetween } from '../../mock-feeds/platforms/xintian-day.ts'
import { atLeast, type BenchRow } from './measure.ts'

const batch = 1_000
const wanted = 100_000

function events(): readonly Event[] {
  const until = Date.parse('2026-06-18T00:00:00+08:00')
  const found: Event[] = []
  for (const event of eventsBetween(
    makeCounty({ asOf: '2026-06-18' }),
    until - 60 * 86_400_000,
    until,
    1,
  )) {
    found.push(event)
    if (found.length === wanted) break
  }
  return found
}

export async function benchAppend(): Promise<readonly BenchRow[]> {
  const log = events()
  const entries: readonly Entry[] = log.map((event) => ({
    source: event.source,
    id: event.id,
    rev: event.rev,
    ...(event.retracts === undefined ? {} : { retracts: event.retracts }),
    time: event.time,
    body: JSON.stringify(event),
  }))
  const dir = mkdtempSync(join(tmpdir(), 'flagwall-bench-'))

  const fd = openSync(join(dir, 'floor.ndjson'), 'w')
  let startedAt = performance.now()
  for (let at = 0; at < entries.length; at += batch) {
    writeSync(
      fd,
      entries
        .slice(at, at + batch)
        .map((entry) => JSON.stringify(entry))
        .join('\n') + '\n',
    )
    fdatasyncSync(fd)
  }
  const floorMs = performance.now() - startedAt
  closeSync(fd)

  const journal = openEmbeddedJournal(join(dir, 'journal.sqlite'))
  startedAt = performance.now()
  for (let at = 0; at < entries.length; at += batch) {
    await journal.append(entries.slice(at, at + batch), '2026-06-18T00:00:00+08:00')
  }
  const appendMs = performance.now() - startedAt

  const bodies = entries.map((entry) => entry.body)
  startedAt = performance.now()
  for (const body of bodies) JSON.parse(body)
  const parseMs = performance.now() - startedAt

  const core = createCore({ county: '431128' })
  const ledger = createLedger()
  startedAt = performance.now()
  for (let after = 0; after < entries.length;) {
    for (const stored of journal.read(after, 10_000)) {
      after = stored.ordinal
      const event = JSON.parse(stored.body) as Event
      core.fold(
        resolve(ledger, event, (source, id) => {
          const known = journal.find(source, id, stored.ordinal)
          return known === undefined ? undefined : (JSON.parse(known.body) as Event)
        }),
      )
    }
  }
  core.changes(Date.parse('2026-06-18T00:00:00+08:00'))
  const replayMs = performance.now() - startedAt
  await journal.close()
  rmSync(dir, { recursive: true, force: true })

  const perSecond = (ms: number): string =>
    `${Math.round((entries.length / ms) * 1000).toLocaleString('en')} events/s`
  return [
    atLeast(
      'durable append, 1,000 a batch',
      'ndjson + fdatasync',
      perSecond(appendMs),
      floorMs / appendMs,
      0.6,
    ),
    atLeast(
      'replay into the board',
      'bare JSON.parse of the log',
      perSecond(replayMs),
      parseMs / replayMs,
      0.5,
    ),
  ]
}
