/** Tells the story of any mock platform through the relay's public door: what came before, then life as it happens. */
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Event } from '../protocol/events.ts'
import { dayMs } from '../protocol/time.ts'
import { reportsAt, reportsBetween, type Delivery, type MockPlatform } from './platform.ts'
import { createDoor, waitForKey, type Sent } from './send.ts'
import { createTrouble, type Fault } from './trouble.ts'

export interface DriveOptions {
  readonly url?: string
  readonly dataDir?: string
  readonly key?: string
  readonly speed?: number
  readonly seed?: number
  readonly atMs?: number
  readonly days?: number
  readonly forSeconds?: number
  readonly faults?: readonly Fault[]
  readonly isPublished?: boolean
  readonly log: (line: string) => void
}

const inFlight = 3
const tickMs = 500

/** Ends when `signal` aborts or the story is told; throws when the relay refuses the feed for good. */
export async function drive(
  platform: MockPlatform,
  options: DriveOptions,
  signal: AbortSignal,
): Promise<{ readonly backfilled: number; readonly live: number }> {
  const { log, speed = 1, seed = 1, days = 30, isPublished = false } = options
  const dataDir = resolve(options.dataDir ?? process.env['DATA_DIR'] ?? 'data')
  const startedMs = Date.now()
  const asOfMs = Math.floor((options.atMs ?? startedMs) / 1000) * 1000
  const told = { backfilled: 0, live: 0 }
  try {
    const { key: given } = options
    const key =
      given === undefined ? await waitForKey({ ...platform, dataDir }, signal, log) : () => given
    const base = (options.url ?? 'http://127.0.0.1:8080').replace(/\/$/, '')
    const url = `${base}/v1/platforms/${platform.platform}/events`
    const send = createSending(createDoor({ url, key, onTrouble: log }, signal))

    const story = platform.tell({ seed, asOfMs })
    const past = isPublished ? story.published() : pastOf(story, asOfMs - days * dayMs, asOfMs)
    await send(platform.deliveries(chain(past, reportsAt(platform, asOfMs))), (events, sent) => {
      told.backfilled = events
      log(`${events.toLocaleString('en')} past events${rejections(sent)}`)
    })

    const trouble = createTrouble<Event>(
      (options.faults ?? []).filter((fault) => fault !== 'nonsense'),
      seed,
      [],
    )
    const isNonsense = options.faults?.includes('nonsense') ?? false
    const liveMs = Date.now()
    const seconds = options.forSeconds ?? (isPublished ? 0 : Infinity)
    let doneMs = asOfMs
    while (!signal.aborted && Date.now() - liveMs < seconds * 1000) {
      const nowMs = Math.floor((asOfMs + (Date.now() - startedMs) * speed) / 1000) * 1000
      if (nowMs > doneMs) {
        const events = trouble(
          [...chain(story.between(doneMs, nowMs), reportsBetween(platform, doneMs, nowMs))],
          Date.now(),
        )
        await send(isNonsense ? withNonsense(platform, events) : platform.deliveries(events))
        told.live += events.length
        doneMs = nowMs
      }
      await wait(tickMs, undefined, { signal })
    }
  } catch (error) {
    // Being asked to stop is not a failure, wherever it was noticed.
    if (!signal.aborted) throw error
  }
  return told
}

function* pastOf(
  story: ReturnType<MockPlatform['tell']>,
  fromMs: number,
  toMs: number,
): Generator<Event> {
  yield* story.roster(fromMs)
  yield* story.between(fromMs, toMs)
}

function* chain(...streams: readonly Iterable<Event>[]): Generator<Event> {
  for (const stream of streams) yield* stream
}

/** A body that is JSON, or a form, and nothing that the dialect knows. */
function* withNonsense(platform: MockPlatform, events: readonly Event[]): Generator<Delivery> {
  for (const delivery of platform.deliveries(events)) {
    yield delivery
    const body = delivery.contentType === 'application/json' ? '{"nonsense":1}' : 'nonsense=1'
    yield { contentType: delivery.contentType, body, events: 1 }
  }
}

const rejections = ({ rejected }: Sent) =>
  rejected === 0 ? '' : `; ${rejected.toLocaleString('en')} messages were refused`

/** Pulls from the story only as fast as the relay takes it. */
function createSending(door: ReturnType<typeof createDoor>) {
  const run = Date.now().toString(36)
  let bodies = 0
  return async (
    deliveries: Iterable<Delivery>,
    onProgress?: (events: number, sent: Sent) => void,
  ): Promise<void> => {
    const total = { accepted: 0, duplicate: 0, rejected: 0 }
    let events = 0
    let shownMs = performance.now()
    const iterator = deliveries[Symbol.iterator]()
    const worker = async () => {
      for (let next = iterator.next(); !next.done; next = iterator.next()) {
        bodies += 1
        const { contentType, body, events: told } = next.value
        const sent = await door.deliver(`${run}-${bodies}`, contentType, body, told)
        events += told
        total.accepted += sent.accepted
        total.duplicate += sent.duplicate
        total.rejected += sent.rejected
        if (performance.now() - shownMs < 5_000) continue
        shownMs = performance.now()
        onProgress?.(events, total)
      }
    }
    await Promise.all(Array.from({ length: inFlight }, worker))
    onProgress?.(events, total)
  }
}
