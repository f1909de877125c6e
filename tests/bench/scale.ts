/**
 * A province on one relay: 132,000 branches in 129 counties. By name only, for minutes: `npm run bench -- scale`.
 * SCALE_EVENTS=2000000 makes a smaller log; SCALE_LOG=FILE keeps the log there, and a later run begins with a copy.
 */
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import type { Event } from '../../protocol/events.ts'
import { reducerVersion } from '../../relay/core/core.ts'
import { createHub } from '../../relay/hub.ts'
import { openEmbeddedJournal, openWhileVerifying } from '../../relay/journal/embedded.ts'
import { dayBegan } from '../../relay/scopes/past.ts'
import { entryOf } from '../../relay/scopes/reduction.ts'
import { instantMs, localDay, toInstant } from '../../protocol/time.ts'
import { count, percentile, type Bench, type BenchRow, type Part } from './measure.ts'
import { counties, makeProvince, type Province } from './yunnan.ts'

const branches = 132_000
/** Events in the log before the relay starts. */
const wanted = Number(process.env['SCALE_EVENTS'] ?? 5_000_000)
const batch = 2_000
const inFlight = 4
const wantedPerSecond = 5_000
const days = 20
const dayMs = 86_400_000
/** How long events are delivered to the boards. */
const liveMs = 30_000
/** How long states are saved after all boards have turned to the new day. */
const midnightMs = 20_000
const startMs = Date.parse('2026-06-01T00:00:00+08:00')
const endMs = startMs + days * dayMs
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

/** Between two turns of the loop, ms. Node's own monitor misses a loop that never turns again before it is asked. */
function watchLoop(): () => readonly number[] {
  const gaps: number[] = []
  let last = performance.now()
  function look(): void {
    const at = performance.now()
    gaps.push(at - last)
    last = at
  }
  const timer = setInterval(look, 5)
  return () => {
    clearInterval(timer)
    look()
    return gaps
  }
}

function standstill(gaps: readonly number[]): Pick<BenchRow, 'value' | 'limit' | 'ratio'> {
  const most = Math.max(...gaps)
  const value = `p99 ${percentile(gaps, 0.99).toFixed(0)} ms, at most ${most.toFixed(0)} ms`
  return { value, limit: '100 ms', ratio: most / 100 }
}

/** Hands over batches as a few senders would, each with its next one once the last is on disk. */
async function deliver(
  events: Iterator<Event>,
  accept: (events: readonly Event[]) => Promise<unknown>,
  isOver: (sent: number) => boolean,
): Promise<{ readonly sent: number; readonly ms: number }> {
  let sent = 0
  let isEmpty = false
  async function sender(): Promise<void> {
    while (!isEmpty && !isOver(sent)) {
      const part: Event[] = []
      while (part.length < batch && !isEmpty) {
        const { value, done } = events.next()
        if (done === true) isEmpty = true
        else part.push(value)
      }
      sent += part.length
      await accept(part)
    }
  }
  const { ms } = await timed(() => Promise.all(Array.from({ length: inFlight }, sender)))
  return { sent, ms }
}

/** Straight into the journal: the roster, and organised life with the beginning of each day. */
async function writeLog(bench: Bench, file: string, yunnan: Province): Promise<void> {
  const journal = openEmbeddedJournal(file)
  const append = (events: readonly Event[], atMs: number) =>
    journal.append(events.map(entryOf), toInstant(atMs))
  await deliver(
    yunnan.roster(),
    (events) => append(events, startMs),
    () => false,
  )
  bench.say(`roster of ${count(journal.head().ordinal)} events written`)
  const perDay = Math.max(0, wanted - journal.head().ordinal) / days
  const life = yunnan.life(startMs, perDay / 86_400)
  for (let day = 0; day < days; day += 1) {
    const atMs = startMs + day * dayMs
    await append([dayBegan(localDay(atMs))], atMs)
    await deliver(
      life,
      (events) => append(events, instantMs(events.at(-1)?.time ?? '')),
      (sent) => sent >= perDay,
    )
    if (day % 5 === 4) bench.say(`${count(journal.head().ordinal)} events written`)
  }
  await journal.close()
}

interface Started {
  /** Events in the log. */
  readonly total: number
  /** Until the boards stood; the chain is verified meanwhile. */
  readonly boardsMs: number
  /** Until the chain was verified as well. */
  readonly startMs: number
  readonly parseMs: number
  readonly stopMs: number
}

export const benchScale: Part = async (bench) => {
  const dir = mkdtempSync(join(tmpdir(), 'flagwall-bench-'))
  bench.atEnd(() => rmSync(dir, { recursive: true, force: true }))
  const file = join(dir, 'journal.sqlite')
  const add = (row: BenchRow): void => {
    bench.add(row)
    bench.say(`${row.name}: ${row.value}`)
  }
  const kept = process.env['SCALE_LOG']
  if (kept !== undefined && existsSync(kept)) copyFileSync(kept, file)
  else {
    const { ms: writtenMs } = await timed(() => writeLog(bench, file, makeProvince({ branches })))
    bench.say(`written in ${seconds(writtenMs)}`)
    if (kept !== undefined) copyFileSync(file, kept)
  }

  const child = bench.own(
    spawn(
      process.execPath,
      [
        '--max-old-space-size=4096',
        join(import.meta.dirname, 'scale-child.ts'),
        file,
        String(endMs),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    ),
  )
  const cold = JSON.parse(await text(child.stdout)) as Started
  const { total } = cold
  const limit = `reading and parsing every event: ${seconds(cold.parseMs)}`
  add({
    name: `start from ${count(total)} events without saved states, chain verified`,
    value: `${seconds(cold.startMs)}, the boards after ${seconds(cold.boardsMs)}`,
    limit,
    ratio: cold.startMs / cold.parseMs,
    target: { atMost: 2 },
  })
  bench.say(`stopped in ${seconds(cold.stopMs)}, every state saved`)

  const openedAt = performance.now()
  let skippedMs = 0
  const now = (): number => endMs + skippedMs + (performance.now() - openedAt)
  const empty = heap()
  const { journal, verified } = openWhileVerifying(file)
  const hub = createHub({ home: province, journal, now })
  const boardsMs = performance.now() - openedAt
  await verified
  const warmMs = performance.now() - openedAt
  add({
    name: 'the same start with them',
    value: `${seconds(warmMs)}, the boards after ${seconds(boardsMs)}`,
    limit,
    ratio: warmMs / cold.parseMs,
    target: { atMost: 1 },
  })

  const used = heap() - empty
  add({
    name: `memory of ${count(branches)} branches and ${count(total)} events`,
    value: `${(used / branches / 1024).toFixed(1)} KB a branch, ${(used / total).toFixed(0)} bytes an event`,
    limit: '150 bytes an event',
    ratio: used / total / 150,
    target: { atMost: 1 },
  })

  const stopFollowing = hub.follow(county, 'wall')
  const stopWatching = watchLoop()
  const untilMs = performance.now() + liveMs
  const life = makeProvince({ branches, seed: 2, made: total }).life(endMs, 2_000)
  const lived = await deliver(life, hub.accept, () => performance.now() > untilMs)
  const stalls = stopWatching()
  stopFollowing()
  add({
    name: `${count(lived.sent)} more durable events in batches of ${count(batch)}, all boards kept`,
    value: `${count(lived.sent / (lived.ms / 1000))} events/s`,
    limit: `${count(wantedPerSecond)} events/s`,
    ratio: lived.sent / (lived.ms / 1000) / wantedPerSecond,
    target: { atLeast: 1 },
  })
  add({
    name: '… how long the loop stands still meanwhile',
    ...standstill(stalls),
    target: { atMost: 1 },
  })

  const { ordinal: before } = journal.head()
  bench.say('midnight: every board is judged anew, and saved')
  const stopMidnight = watchLoop()
  skippedMs += dayMs
  const { ms: turnedMs } = await timed(async () => {
    while (counties.some((code) => hub.version(code).version <= before)) await wait(50)
  })
  await wait(midnightMs)
  const atMidnight = stopMidnight()
  add({
    name: `a midnight: all boards on the new day after ${seconds(turnedMs)}; how long the loop stands still`,
    ...standstill(atMidnight),
    target: { atMost: 1 },
  })

  await hub.settle()
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

  for (const [scope, name, ago, most] of [
    [county, 'a county, an hour ago', 3_600_000, 0.2],
    [county, 'a county, ten days ago', 10 * dayMs, 0.2],
    [province, 'the province, an hour ago', 3_600_000, undefined],
  ] as const) {
    const { ms } = await timed(() =>
      hub.figures(scope, 'county', { atMs: now() - ago, known: 'now' }),
    )
    add({
      name: `figures of ${name}`,
      value: seconds(ms),
      limit: '1 s',
      ratio: ms / 1000,
      ...(most === undefined ? {} : { target: { atMost: most } }),
    })
  }
  const stop = await timed(() => hub.stop())
  const size = journal
    .snapshots(reducerVersion)
    .reduce((sum, name) => sum + (journal.loadSnapshot(name)?.length ?? 0), 0)
  bench.say(`stopped in ${seconds(stop.ms)}, all states kept ${mb(size)}`)
  await journal.close()
  return []
}
