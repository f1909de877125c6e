/** The mock platform of Xintian: a backfill of past days, then life as it happens. Speaks only HTTP to the relay. */
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { dayMs, dayStartMs, localDay } from '../protocol/time.ts'
import { pastOf, resumeAt, sendPast } from './past.ts'
import type { Cursor } from './cursor.ts'
import { makeCounty } from './platforms/xintian-county.ts'
import {
  eventsBetween,
  reportsAt,
  reportsBetween,
  spontaneousBetween,
} from './platforms/xintian-day.ts'
import { write } from './platforms/xintian.ts'
import { randomOf } from './random.ts'
import { createSender, keyFrom } from './send.ts'

export const faults = ['duplicates', 'disorder', 'late', 'silence', 'flood', 'nonsense'] as const
export type Fault = (typeof faults)[number]

export interface FeedOptions {
  /** Where the relay listens. */
  readonly url?: string
  /** Where keys.json is, when no key is given. */
  readonly dataDir?: string
  readonly key?: string
  /** Simulated seconds a second. */
  readonly speed?: number
  readonly seed?: number
  /** Where the story begins, ms since 1970; the present unless told. */
  readonly atMs?: number
  /** Days before that moment to send first. */
  readonly days?: number
  /** End by itself after this many seconds of live feed. */
  readonly forSeconds?: number
  readonly faults?: readonly Fault[]
  readonly isLively?: boolean
  /** Goes on where an earlier run ended instead of sending the past again. */
  readonly cursor?: Cursor
  readonly log?: (line: string) => void
}

export interface FeedResult {
  readonly backfilled: number
  readonly live: number
}

const tickMs = 500
const rememberEveryMs = 5_000

/** Turns a tick's events into what a troubled platform would send. */
function createTrouble(active: readonly Fault[], seed: number) {
  const random = randomOf('faults', seed)
  const on = (fault: Fault) => active.includes(fault)
  let held: { readonly dueMs: number; readonly message: object }[] = []
  return (messages: readonly object[], nowMs: number): readonly object[] => {
    if (on('silence') && Math.floor(nowMs / 60_000) % 3 === 2) {
      held.push(...messages.map((message) => ({ dueMs: nowMs, message })))
      return []
    }
    let out = held.filter(({ dueMs }) => dueMs <= nowMs).map(({ message }) => message)
    held = held.filter(({ dueMs }) => dueMs > nowMs)
    for (const message of messages) {
      if (on('late') && random.chance(0.05))
        held.push({ dueMs: nowMs + random.between(5, 120) * 1000, message })
      else out.push(message)
    }
    if (on('duplicates')) out.push(...out.filter(() => random.chance(0.2)))
    if (on('flood')) out = Array.from({ length: 20 }, () => out).flat()
    if (on('nonsense')) {
      out.push(
        { msgId: `hx-${nowMs}`, msgType: 'WZ', payload: { zzmc: '\u202E积分' } },
        { msgType: 'HDQD', occurTime: '2026-02-30 25:61:00' },
      )
    }
    return on('disorder') ? random.shuffled(out) : out
  }
}

async function waitForKey(
  options: FeedOptions,
  dataDir: string,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<() => string> {
  if (options.key !== undefined) {
    const { key } = options
    return () => key
  }
  let known = keyFrom(dataDir, 'xintian', Date.now())
  if (known === undefined)
    log(
      `Waiting for a key of xintian in ${dataDir}/keys.json (npm run keys -- make xintian --counties 431128) …`,
    )
  while (known === undefined) {
    await wait(500, undefined, { signal })
    known = keyFrom(dataDir, 'xintian', Date.now())
  }
  const first = known
  return () => keyFrom(dataDir, 'xintian', Date.now()) ?? first
}

/** Feeds until `signal` aborts or `forSeconds` have passed; throws when the relay refuses the feed for good. */
export async function runFeed(options: FeedOptions, signal: AbortSignal): Promise<FeedResult> {
  const {
    url = 'http://127.0.0.1:8080',
    speed = 1,
    seed = 1,
    days = 120,
    isLively = false,
    cursor,
    log = console.log,
  } = options
  const dataDir = resolve(options.dataDir ?? process.env['DATA_DIR'] ?? 'data')
  const startedMs = Date.now()
  const atMs = Math.floor((options.atMs ?? startedMs) / 1000) * 1000
  const result = { backfilled: 0, live: 0 }
  try {
    const key = await waitForKey(options, dataDir, signal, log)
    const sender = createSender(
      {
        url: `${url.replace(/\/$/, '')}/v1/platforms/xintian/events`,
        key,
        wrap: (batchNo, messages) =>
          `{"batchNo":"${batchNo}","sysCode":"XTZHDJ","areaCode":"431128","list":[${messages.join(',')}]}`,
        onTrouble: log,
      },
      signal,
    )
    const county = makeCounty({ seed, asOf: localDay(atMs) })
    // At least since midnight: the cameras and today's figures begin there.
    const fromMs = Math.min(atMs - days * dayMs, dayStartMs(localDay(atMs)))
    const told = cursor?.read()
    const resumedMs = await resumeAt(told, { seed, fromMs, atMs }, sender)
    const toldFromMs = (resumedMs === undefined ? undefined : told?.fromMs) ?? fromMs
    const remember = (doneMs: number) =>
      cursor?.write({ seed, asOf: county.asOf, fromMs: toldFromMs, doneMs })
    if (resumedMs !== undefined) log('History: the relay knows it; what it missed follows.')
    await sendPast({
      sender,
      events:
        resumedMs === undefined
          ? pastOf(county, fromMs, atMs, seed)
          : eventsBetween(county, resumedMs, atMs, seed),
      fromMs: resumedMs ?? fromMs,
      toMs: atMs,
      log,
      onSent(sent, upToMs) {
        result.backfilled = sent
        remember(upToMs)
      },
    })
    remember(atMs)

    const trouble = createTrouble(options.faults ?? [], seed)
    const liveMs = Date.now()
    let doneMs = atMs
    let rememberedMs = atMs
    let isFirst = true
    log(`Live from here on${speed === 1 ? '' : `, at ${speed} times the pace`}.`)
    while (!signal.aborted && Date.now() - liveMs < (options.forSeconds ?? Infinity) * 1000) {
      // The backfill took a while: the first tick catches up with the clock.
      const nowMs = Math.floor((atMs + (Date.now() - startedMs) * speed) / 1000) * 1000
      if (nowMs > doneMs) {
        const events = [
          ...eventsBetween(county, doneMs, nowMs, seed),
          ...(isLively ? spontaneousBetween(county, doneMs, nowMs, seed) : []),
          ...(isFirst ? reportsAt(nowMs) : reportsBetween(doneMs, nowMs)),
        ]
        const messages = trouble(events.map(write), Date.now())
        if (messages.length > 0) await sender.send(messages)
        result.live += messages.length
        doneMs = nowMs
        isFirst = false
        if (doneMs - rememberedMs >= rememberEveryMs) {
          remember(doneMs)
          rememberedMs = doneMs
        }
      }
      await wait(tickMs, undefined, { signal })
    }
  } catch (error) {
    // Being asked to stop is not a failure, wherever it was noticed.
    if (!signal.aborted) throw error
  }
  return result
}

const help = `The mock platform of Xintian (新田智慧党建): past days first, then life as it happens.

  npm run feeds -- [options]

  --url URL          the relay (http://127.0.0.1:8080)
  --key whsec_…      signing key; else the newest of xintian in DATA_DIR/keys.json
  --speed N          simulated seconds a second (1)
  --seed N           another county of the same size (1)
  --at TIME          local time at which the story begins, such as 2026-06-18T09:30 (now)
  --days N           days to send before that (120)
  --for SECONDS      end after so many seconds of live feed
  --lively           add unplanned activities, about 12 events a minute at any hour
  --faults LIST      of ${faults.join(', ')}
  --published        not yet: only Xintian's published figures exist, and they always hold
`

function number(name: string, text: string | undefined, minimum: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isFinite(value) || value < minimum)
    throw new RangeError(`--${name} wants a number from ${minimum}, not "${text}".`)
  return value
}

/** Words of the command line → options, or the text to print instead. Throws `RangeError` with a sentence. */
export function readArguments(words: readonly string[]): FeedOptions | string {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const { values } = parseArgs({
    args: [...words],
    options: {
      url: text,
      key: text,
      speed: text,
      seed: text,
      at: text,
      days: text,
      for: text,
      faults: text,
      lively: flag,
      published: flag,
      help: { ...flag, short: 'h' },
    },
  })
  if (values.help) return help
  if (values.published)
    return '--published is not there yet: run without it; the figures of Xintian hold in every run.\n'
  const speed = number('speed', values.speed, 0.01)
  const seed = number('seed', values.seed, 0)
  const days = number('days', values.days, 0)
  const forSeconds = number('for', values.for, 0)
  const atMs =
    values.at === undefined
      ? undefined
      : Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(values.at) ? values.at : `${values.at}+08:00`)
  if (Number.isNaN(atMs))
    throw new RangeError(
      `--at wants a local time such as 2026-06-18T09:30, not "${values.at ?? ''}".`,
    )
  const wanted = (values.faults ?? '').split(',').filter((fault) => fault !== '')
  const active = wanted.map((word) => {
    const fault = faults.find((known) => known === word)
    if (!fault) throw new RangeError(`--faults knows ${faults.join(', ')}, not "${word}".`)
    return fault
  })
  return {
    ...(values.url !== undefined && { url: values.url }),
    ...(values.key !== undefined && { key: values.key }),
    ...(speed !== undefined && { speed }),
    ...(seed !== undefined && { seed }),
    ...(days !== undefined && { days }),
    ...(forSeconds !== undefined && { forSeconds }),
    ...(atMs !== undefined && { atMs }),
    faults: active,
    isLively: values.lively ?? false,
  }
}

async function main(): Promise<void> {
  let options: FeedOptions | string
  try {
    options = readArguments(process.argv.slice(2))
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : String(error)} See npm run feeds -- --help.`,
    )
    process.exitCode = 2
    return
  }
  if (typeof options === 'string') {
    process.stdout.write(options)
    return
  }
  const stopping = new AbortController()
  process.on('SIGINT', () => stopping.abort())
  process.on('SIGTERM', () => stopping.abort())
  try {
    const { backfilled, live } = await runFeed(options, stopping.signal)
    console.log(
      `Stopped after ${backfilled.toLocaleString('en')} past and ${live.toLocaleString('en')} live events.`,
    )
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await main()
