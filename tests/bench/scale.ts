/** A province on one relay: 132,000 branches in 129 counties. By name only, for minutes: `npm run bench -- scale`. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { text } from 'node:stream/consumers'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import type { Event } from '../../protocol/events.ts'
import { reducerVersion } from '../../relay/core/core.ts'
import { createHub, type Hub } from '../../relay/hub.ts'
import { openEmbeddedJournal } from '../../relay/journal/embedded.ts'
import { count, type Bench, type BenchRow, type Part } from './measure.ts'
import { counties, makeProvince } from './yunnan.ts'

const branches = 132_000
/** Events in the log at the end, or as many as fit into the time. About 1 KB each stays in memory, and Node's heap ends at 4 GB. */
const wanted = Number(process.env['SCALE_EVENTS'] ?? 2_000_000)
const batch = 2_000
const inFlight = 4
const wantedPerSecond = 5_000
const startMs = Date.parse('2026-06-01T00:00:00+08:00')
const province = '530000'
const county = counties[0] ?? ''

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

async function timed<T>(work: () => T | Promise<T>): Promise<{ ms: number; result: T }> {
  const startedAt = performance.now()
  const result = await work()
  return { ms: performance.now() - startedAt, result }
}

/** Bytes of the heap that are in use. */
function heap(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}

/** Delivers as a few senders would, each with its next batch once the last is on disk. Stops early for want of time. */
async function deliver(
  bench: Bench,
  hub: Hub,
  events: Iterator<Event>,
  most: number,
  leaveMs: number,
) {
  let sent = 0
  let isOver = false
  async function sender(): Promise<void> {
    while (!isOver && sent < most && bench.leftMs() > leaveMs) {
      const part: Event[] = []
      while (part.length < Math.min(batch, most - sent)) {
        const { value, done } = events.next()
        if (done === true) {
          isOver = true
          break
        }
        part.push(value)
      }
      sent += part.length
      await hub.accept(part)
    }
  }
  const { ms } = await timed(() => Promise.all(Array.from({ length: inFlight }, sender)))
  return { sent, ms }
}

export const benchScale: Part = async (bench) => {
  const dir = mkdtempSync(join(tmpdir(), 'flagwall-bench-'))
  bench.atEnd(() => rmSync(dir, { recursive: true, force: true }))
  const file = join(dir, 'journal.sqlite')
  const openedAt = performance.now()
  const now = (): number => startMs + 20 * 86_400_000 + (performance.now() - openedAt)
  const open = () => {
    const journal = openEmbeddedJournal(file)
    return { journal, hub: createHub({ home: province, journal, now }) }
  }
  const add = (row: BenchRow): void => {
    bench.add(row)
    bench.say(`${row.name}: ${row.value}`)
  }

  const empty = heap()
  const { journal, hub } = open()
  const yunnan = makeProvince({ branches })
  const roster = await deliver(bench, hub, yunnan.roster(), Infinity, 0)
  bench.say(`roster of ${count(roster.sent)} events in ${seconds(roster.ms)}`)
  const stopFollowing = hub.follow(county)
  const days = 20 * 86_400
  const life = yunnan.life(startMs, wanted / days)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const lived = await deliver(bench, hub, life, wanted - roster.sent, 0.45 * bench.leftMs())
  delay.disable()
  stopFollowing()
  const total = journal.head().ordinal
  add({
    name: `${count(lived.sent)} durable events in batches of ${count(batch)}, all boards kept`,
    value: `${count(lived.sent / (lived.ms / 1000))} events/s, loop held up half the time under ${(delay.percentile(50) / 1e6).toFixed(0)} ms, at most ${(delay.max / 1e6).toFixed(0)} ms`,
    limit: `${count(wantedPerSecond)} events/s`,
    ratio: lived.sent / (lived.ms / 1000) / wantedPerSecond,
    target: { atLeast: 1 },
  })

  hub.flush()
  add({
    name: `memory of ${count(branches)} branches and ${count(total)} events`,
    value: `${((heap() - empty) / branches / 1024).toFixed(1)} KB a branch`,
    limit: '1 KB',
    ratio: (heap() - empty) / branches / 1024,
  })

  for (const [scope, name] of [
    [province, 'a province'],
    [county, 'one of its counties'],
  ] as const) {
    const { ms, result } = await timed(() => JSON.stringify(hub.snapshot(scope, 'county')))
    add({
      name: `snapshot of ${name}`,
      value: `${(gzipSync(result, { level: 4 }).length / 1024).toFixed(0)} KB, ${ms.toFixed(1)} ms`,
      limit: '2 ms',
      ratio: ms / 2,
      target: { atMost: 1 },
    })
  }

  const atMs = startMs + 10 * 86_400_000
  for (const [scope, name] of [
    [county, 'a county'],
    [province, 'the province'],
  ] as const) {
    const { ms } = await timed(() => hub.figures(scope, 'county', { atMs, known: 'now' }))
    add({
      name: `figures of ${name} ten days ago`,
      value: seconds(ms),
      limit: '1 s',
      ratio: ms / 1000,
      ...(scope === county ? { target: { atMost: 1 } } : {}),
    })
  }

  const stop = await timed(() => hub.stop())
  const size = journal
    .snapshots(reducerVersion)
    .reduce((sum, name) => sum + (journal.loadSnapshot(name)?.length ?? 0), 0)
  bench.say(`stopped in ${seconds(stop.ms)}, all states kept ${mb(size)}`)
  await journal.close()

  const child = bench.own(
    spawn(process.execPath, [join(import.meta.dirname, 'scale-child.ts'), file, String(now())], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )
  const {
    verifyMs,
    startMs: boardsMs,
    parseMs,
  } = JSON.parse(await text(child.stdout)) as {
    readonly verifyMs: number
    readonly startMs: number
    readonly parseMs: number
  }
  add({
    name: `cold start from ${count(total)} events, chain verified`,
    value: `${seconds(verifyMs + boardsMs)}: ${seconds(verifyMs)} to verify, ${seconds(boardsMs)} to the boards`,
    limit: `reading and parsing every event: ${seconds(parseMs)}`,
    ratio: (verifyMs + boardsMs) / parseMs,
  })
  return []
}
