import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Event } from '../../protocol/events.ts'
import { toInstant } from '../../protocol/time.ts'
import { readBody, readMedia, SenderGone, type Held } from './body.ts'
import { checkEvent, type Checked } from './check.ts'
import { isBinary, readBinary, readCloudEvent } from './cloudevents.ts'
import type { Limiter } from './limiter.ts'
import { parseJson } from './parse.ts'
import { answerJson, answerProblem, Problem } from './problem.ts'
import type { RefusalLog } from './refusals.ts'
import { verify, type SigningKey } from './signature.ts'

const eventBytes = 256 * 1024
const batchBytes = 4 * 1024 * 1024
const batchEvents = 5_000
/** Forged deliveries kept a second, so that a stranger cannot wash real refusals out of the log. */
const forgeriesKept = 5

export type ReadResult = {
  readonly items: readonly (
    | { readonly ok: true; readonly events: readonly Event[] }
    | { readonly ok: false; readonly reason: string }
  )[]
}

export interface IngestParts {
  /** Rejects with an error named `JournalFull` when the disk is full. */
  readonly hub: {
    accept(
      events: readonly Event[],
    ): Promise<readonly { readonly status: 'accepted' | 'duplicate'; readonly ordinal: number }[]>
  }
  readonly keys: {
    /** Keys that are valid now; undefined when the platform never had one. */
    valid(platform: string, nowMs: number): readonly SigningKey[] | undefined
  }
  /** By platform. */
  readonly adapters: ReadonlyMap<string, { read(body: unknown): ReadResult }>
  readonly refusals: RefusalLog
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly log: {
    warn(fields: object, message: string): void
    error(fields: object, message: string): void
  }
  readonly limiter: Limiter
  /** Events that may wait for the disk, 50,000 unless told; above it 503. */
  readonly queuedMost?: number
  /** Bytes of bodies in memory, 128 MB unless told; above it 503. */
  readonly heldMost?: number
  /** How long a body may take to arrive, 30 s unless told. */
  readonly patienceMs?: number
}

export type Ingest = (req: IncomingMessage, res: ServerResponse, platform: string) => Promise<void>

/** One message as it came: what it became, and what to keep when it is refused. */
interface Item {
  readonly results: readonly Checked[]
  /** Undefined when the item cannot be told apart within the message. */
  readonly raw: unknown
}

interface Line {
  readonly index: number
  readonly status: 'accepted' | 'duplicate' | 'rejected'
  readonly ordinal?: number
  readonly reason?: string
}

/** POST /v1/platforms/{platform}/events, on bare `node:http`. Answers every request; never rejects. */
export function createIngest(parts: IngestParts): Ingest {
  const {
    hub,
    keys,
    adapters,
    refusals,
    now,
    log,
    limiter,
    queuedMost = 50_000,
    patienceMs = 30_000,
  } = parts
  const held: Held = { bytes: 0, most: parts.heldMost ?? 128 * 1024 * 1024 }
  let queued = 0
  let forgerySecond = 0
  let forgeries = 0

  function keep(platform: string, status: number, reason: string, body: string): void {
    refusals.add({ platform, receivedAt: toInstant(now()), status, reason, body })
  }

  /** Forgeries are kept too, because a wrong secret looks just like one, but only a few a second. */
  function mayKeep(problem: Problem): boolean {
    if (
      problem.status === 429 ||
      problem.status === 503 ||
      problem.status === 404 ||
      problem.status === 405
    )
      return false
    if (problem.status === 422 || problem.status === 400) return true
    const second = Math.floor(now() / 1000)
    if (second !== forgerySecond) forgeries = 0
    forgerySecond = second
    return ++forgeries <= forgeriesKept
  }

  return async function ingest(req, res, platform) {
    let body: { readonly bytes: Buffer; readonly release: () => void } | undefined
    try {
      if (req.method !== 'POST') throw new Problem(405, 'Deliver events with POST.')
      if (keys.valid(platform, now()) === undefined && !adapters.has(platform))
        throw new Problem(
          404,
          `No platform is named "${platform.slice(0, 40)}": check the address, or ask the operator to make a key for it.`,
        )
      if (queued >= queuedMost) throw busy()
      slowDown(await limiter.waitMs(platform))

      const media = readMedia(req)
      const mode = modeOf(media.type, req)
      if (mode === 'native' && !adapters.has(platform))
        throw new Problem(
          415,
          `"${platform}" has no native format here: send application/cloudevents+json or application/cloudevents-batch+json.`,
        )
      const most = mode === 'structured' || mode === 'binary' ? eventBytes : batchBytes
      body = await readBody(req, { most, gzip: media.gzip, held, patienceMs })

      const key = verify(req.headers, body.bytes, keys.valid(platform, now()) ?? [], now())
      const items = decode(mode, req, parseJson(body.bytes), platform)
      const events = items.reduce((sum, { results }) => sum + results.length, 0)
      if (events > batchEvents)
        throw new Problem(
          413,
          `The batch holds ${events} events and ${batchEvents} are allowed: send it in smaller parts.`,
        )
      slowDown(await limiter.take(platform, Math.max(1, events)))
      await deliver(res, platform, mode, key, items, body.bytes)
    } catch (error) {
      if (error instanceof SenderGone) return
      if (!(error instanceof Problem)) {
        // The sender keeps its events and sends them again; the operator gets the stack.
        log.error({ err: error, platform }, 'a delivery failed in the relay')
        answerProblem(
          res,
          new Problem(
            503,
            'The relay failed on this delivery: send the same events again; none is counted twice.',
            { retryAfterSeconds: 5 },
          ),
        )
        return
      }
      if (mayKeep(error))
        keep(platform, error.status, error.message, body === undefined ? '' : textOf(body.bytes))
      answerProblem(res, error)
    } finally {
      body?.release()
    }
  }

  function decode(
    mode: Mode,
    req: IncomingMessage,
    value: unknown,
    platform: string,
  ): readonly Item[] {
    const at = now()
    switch (mode) {
      case 'structured':
        return [{ results: [readCloudEvent(value, platform, at)], raw: value }]
      case 'binary':
        return [
          {
            results: [readBinary(req.headers, value, platform, at)],
            raw: { headers: ceHeaders(req), data: value },
          },
        ]
      case 'batch': {
        if (!Array.isArray(value))
          throw new Problem(400, 'A batch must be a JSON array of CloudEvents: send [ … ].')
        refuseLong(value.length)
        return value.map((raw: unknown) => ({ results: [readCloudEvent(raw, platform, at)], raw }))
      }
      case 'native': {
        const read = readNative(value, platform)
        refuseLong(read.items.length)
        return read.items.map((item, index) => ({
          results: item.ok ? item.events.map((event) => checkEvent(event, at)) : [item],
          // The adapter's items follow the message's own list where it has one; else they cannot be told apart.
          raw:
            Array.isArray(value) && value.length === read.items.length
              ? (value[index] as unknown)
              : undefined,
        }))
      }
    }
  }

  function readNative(value: unknown, platform: string): ReadResult {
    try {
      return adapters.get(platform)?.read(value) ?? { items: [] }
    } catch (error) {
      log.error({ err: error, platform }, 'the adapter of a platform failed on a message')
      return {
        items: [
          {
            ok: false,
            reason:
              'the message cannot be understood; compare it with the platform’s interface description',
          },
        ],
      }
    }
  }

  /** Events of one message stand or fall together: half a message would leave the board between two states. */
  async function deliver(
    res: ServerResponse,
    platform: string,
    mode: Mode,
    key: SigningKey,
    items: readonly Item[],
    bytes: Buffer,
  ): Promise<void> {
    const single =
      mode === 'structured' || mode === 'binary' || (mode === 'native' && items.length === 1)
    const reasons = items.map(({ results }) => refusalOf(results, key))
    const events: Event[] = []
    items.forEach(({ results }, index) => {
      if (reasons[index] !== undefined) return
      for (const result of results) if (result.ok) events.push(result.event)
    })

    if (queued > 0 && queued + events.length > queuedMost) throw busy()
    queued += events.length
    let outcomes: Awaited<ReturnType<typeof hub.accept>>
    try {
      outcomes = events.length === 0 ? [] : await hub.accept(events)
    } catch (cause) {
      if (!(cause instanceof Error && cause.name === 'JournalFull')) throw cause
      log.warn({ err: cause, platform }, 'the disk is full: events are refused')
      throw new Problem(
        503,
        "The relay's disk is full: keep these events and send the same ones again; none is counted twice.",
        {
          retryAfterSeconds: 30,
          cause,
        },
      )
    } finally {
      queued -= events.length
    }

    let next = 0
    let keptWhole = false
    const lines = items.map(({ results, raw }, index): Line => {
      const reason = reasons[index]
      if (reason !== undefined) {
        const named = single ? reason : `item ${index}: ${reason}`
        // The whole message is kept once, however many of its items are refused.
        if (raw !== undefined) keep(platform, 422, named, JSON.stringify(raw))
        else
          keep(
            platform,
            422,
            named,
            keptWhole ? '(the body is with the first refusal of this delivery)' : textOf(bytes),
          )
        keptWhole ||= raw === undefined
        return { index, status: 'rejected', reason: named }
      }
      const mine = outcomes.slice(next, next + results.length)
      next += results.length
      const fresh = mine.find(({ status }) => status === 'accepted')
      const shown = fresh ?? mine[0]
      return {
        index,
        status: fresh === undefined ? 'duplicate' : 'accepted',
        ...(shown === undefined ? {} : { ordinal: shown.ordinal }),
      }
    })
    const count = (status: Line['status']) => lines.filter((line) => line.status === status).length
    const receipt = {
      accepted: count('accepted'),
      duplicate: count('duplicate'),
      rejected: count('rejected'),
      items: lines,
    }
    const [first] = lines
    if (single && first?.reason !== undefined) {
      answerProblem(res, new Problem(422, first.reason), { items: lines })
      return
    }
    answerJson(res, 202, 'application/json', receipt)
  }
}

type Mode = 'structured' | 'binary' | 'batch' | 'native'

function modeOf(type: string, req: IncomingMessage): Mode {
  switch (type) {
    case 'application/cloudevents+json':
      return 'structured'
    case 'application/cloudevents-batch+json':
      return 'batch'
    case 'application/json':
      return isBinary(req.headers) ? 'binary' : 'native'
    default:
      throw new Problem(
        415,
        `Content-Type "${type.slice(0, 60)}" is not accepted: send application/cloudevents+json, application/cloudevents-batch+json or application/json.`,
      )
  }
}

function refusalOf(results: readonly Checked[], key: SigningKey): string | undefined {
  for (const result of results) {
    if (!result.ok) return result.reason
    if (!key.counties.includes(result.event.county))
      return `partitionkey: this key may not speak for county ${result.event.county}; send events of ${key.counties.join(', ')}, or ask the operator for the right`
  }
  return undefined
}

function refuseLong(length: number): void {
  if (length > batchEvents)
    throw new Problem(
      413,
      `The batch holds ${length} items and ${batchEvents} are allowed: send it in smaller parts.`,
    )
}

function slowDown(waitMs: number): void {
  if (waitMs <= 0) return
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  throw new Problem(
    429,
    `This platform sends more than its share: wait ${seconds} s, then send the same events again.`,
    {
      retryAfterSeconds: seconds,
    },
  )
}

function busy(): Problem {
  return new Problem(
    503,
    'The relay has as many events queued as it can hold: wait a second, then send the same events again.',
    {
      retryAfterSeconds: 1,
    },
  )
}

function ceHeaders(req: IncomingMessage): Record<string, unknown> {
  return Object.fromEntries(Object.entries(req.headers).filter(([name]) => name.startsWith('ce-')))
}

/** Enough of the body for the refusal log, which keeps 64 KB. */
function textOf(bytes: Buffer): string {
  return bytes.subarray(0, 65_536).toString('utf8')
}
