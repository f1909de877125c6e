/** The mock platforms: past days or what they published, then life as it happens. They speak only HTTP to the relay. */
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
import { write, xintian } from './platforms/xintian.ts'
import { drive } from './drive.ts'
import type { MockPlatform } from './platform.ts'
import { platforms } from './registry.ts'
import { createSender, waitForKey } from './send.ts'
import { createTrouble, faults, type Fault } from './trouble.ts'

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
  /** Xintian with its past unless told. */
  readonly platforms?: readonly MockPlatform[]
  /** What each published of itself, and nothing after it unless `forSeconds` says so. */
  readonly isPublished?: boolean
  readonly log?: (line: string) => void
}

export interface FeedResult {
  readonly backfilled: number
  readonly live: number
}

const tickMs = 500
const rememberEveryMs = 5_000

const nonsense = [
  { msgId: 'hx-1', msgType: 'WZ', payload: { zzmc: '\u202E积分' } },
  { msgType: 'HDQD', occurTime: '2026-02-30 25:61:00' },
]

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
    const { key: given } = options
    const key =
      given === undefined
        ? await waitForKey({ dataDir, platform: 'xintian', divisions: ['431128'] }, signal, log)
        : () => given
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

    const trouble = createTrouble<object>(options.faults ?? [], seed, nonsense)
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

const help = `The mock platforms: past days first, then life as it happens.

  npm run feeds -- [options]

  --platform LIST    of ${platforms.map(({ platform }) => platform).join(', ')}; or all (xintian)
  --published        send what the platforms published of themselves, as events, and end
  --url URL          the relay (http://127.0.0.1:8080)
  --key whsec_…      signing key of the one platform; else the newest in DATA_DIR/keys.json
  --speed N          simulated seconds a second (1)
  --seed N           other events, the same totals (1)
  --at TIME          local time at which the story begins, such as 2026-06-18T09:30 (now)
  --days N           days to send before that (xintian 120, others 30)
  --for SECONDS      end after so many seconds of live feed; with --published, live for so long
  --lively           xintian: add unplanned activities, about 12 events a minute at any hour
  --faults LIST      of ${faults.join(', ')}
`

function number(name: string, text: string | undefined, minimum: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isFinite(value) || value < minimum)
    throw new RangeError(`--${name} wants a number from ${minimum}, not "${text}".`)
  return value
}

function platformsNamed(list: string): readonly MockPlatform[] {
  if (list === 'all') return platforms
  return list.split(',').map((word) => {
    const found = platforms.find(({ platform }) => platform === word)
    if (found) return found
    const known = platforms.map(({ platform }) => platform).join(', ')
    throw new RangeError(`--platform knows ${known} and all, not "${word}".`)
  })
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
      platform: text,
      help: { ...flag, short: 'h' },
    },
  })
  if (values.help) return help
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
  const chosen = platformsNamed(values.platform ?? 'xintian')
  if (values.key !== undefined && chosen.length > 1)
    throw new RangeError('--key is the key of one platform: name that one with --platform.')
  return {
    platforms: chosen,
    isPublished: values.published ?? false,
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

/** One platform to its end; one that fails stops the others. */
async function feed(
  platform: MockPlatform,
  options: FeedOptions,
  stopping: AbortController,
): Promise<void> {
  const log = (line: string) => console.log(`${platform.platform}: ${line}`)
  try {
    const { backfilled, live } =
      platform === xintian && !options.isPublished
        ? await runFeed({ ...options, log }, stopping.signal)
        : await drive(platform, { ...options, log }, stopping.signal)
    log(
      `Stopped after ${backfilled.toLocaleString('en')} past and ${live.toLocaleString('en')} live events.`,
    )
  } catch (error) {
    stopping.abort()
    throw error
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
    await Promise.all((options.platforms ?? []).map((each) => feed(each, options, stopping)))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await main()
