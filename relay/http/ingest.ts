import type { IncomingMessage, ServerResponse } from 'node:http'
import { toInstant } from '../../protocol/time.ts'
import type { Adapter } from '../platforms/adapter.ts'
import { readBody, readMedia, SenderGone, type Held } from './body.ts'
import { cloudEventItem, isBinary, readBinary, shownFields } from './cloudevents.ts'
import { countOf, type Delivery, type Item, type Line } from './deliver.ts'
import { parseForm } from './form.ts'
import type { Limiter } from './limiter.ts'
import { parseJson } from './parse.ts'
import { answerJson, answerProblem, Problem } from './problem.ts'
import { mask, redacted, unread } from './redact.ts'
import type { RefusalLog } from './refusals.ts'
import { verify, type SigningKey } from './signature.ts'

const eventBytes = 256 * 1024
const batchBytes = 4 * 1024 * 1024
const batchEvents = 5_000
/** Forged deliveries kept a second, so that a stranger cannot wash real refusals out of the log. */
const forgeriesKept = 5

export interface IngestParts {
  readonly delivery: Delivery
  readonly keys: {
    /** Keys that are valid now; undefined when the platform never had one. */
    valid(platform: string, nowMs: number): readonly SigningKey[] | undefined
  }
  /** By platform. */
  readonly adapters: ReadonlyMap<string, Pick<Adapter, 'accepts'>>
  readonly refusals: RefusalLog
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly log: {
    warn(fields: object, message: string): void
    error(fields: object, message: string): void
  }
  readonly limiter: Limiter
  /** Told what became of each delivery. */
  readonly onDelivered?: (platform: string, lines: readonly Line[]) => void
  /** Bytes of bodies in memory, 128 MB unless told; above it 503. */
  readonly heldMost?: number
  /** How long a body may take to arrive, 30 s unless told. */
  readonly patienceMs?: number
}

export type Ingest = (req: IncomingMessage, res: ServerResponse, platform: string) => Promise<void>

/** POST /v1/platforms/{platform}/events, on bare `node:http`. Answers every request; never rejects. */
export function createIngest(parts: IngestParts): Ingest {
  const {
    delivery,
    keys,
    adapters,
    refusals,
    now,
    log,
    limiter,
    onDelivered = () => undefined,
    patienceMs = 30_000,
  } = parts
  const held: Held = { bytes: 0, most: parts.heldMost ?? 128 * 1024 * 1024 }
  let forgerySecond = 0
  let forgeries = 0

  function keep(platform: string, status: number, reason: string, body: string): void {
    refusals.add({ platform, receivedAt: toInstant(now()), status, reason: mask(reason), body })
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
      if (!adapters.has(platform) && keys.valid(platform, now()) === undefined)
        throw new Problem(
          404,
          `No platform is named "${platform.slice(0, 40)}": check the address, or ask the operator to make a key for it.`,
        )
      delivery.refuseWhenBusy()
      slowDown(limiter.waitMs(platform))

      const media = readMedia(req)
      const mode = modeOf(media.type, req, platform, adapters.get(platform))
      const most = mode === 'structured' || mode === 'binary' ? eventBytes : batchBytes
      body = await readBody(req, { most, gzip: media.gzip, held, patienceMs })

      const key = verify(req.headers, body.bytes, keys.valid(platform, now()) ?? [], now())
      const value = mode === 'form' ? parseForm(body.bytes) : parseJson(body.bytes)
      const items = decode(mode, req, value, platform)
      const events = items.reduce((sum, { results }) => sum + results.length, 0)
      if (events > batchEvents)
        throw new Problem(
          413,
          `The batch holds ${events} events and ${batchEvents} are allowed: send it in smaller parts.`,
        )
      slowDown(limiter.take(platform, Math.max(1, events)))
      await deliver(res, platform, mode, key, items)
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
        keep(platform, error.status, error.message, unread(body?.bytes.length ?? 0))
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
        return [cloudEventItem(value, platform, at)]
      case 'binary':
        return [
          {
            results: [readBinary(req.headers, value, platform, at)],
            kept: () => redacted({ headers: ceHeaders(req), data: value }, shownFields),
          },
        ]
      case 'batch': {
        if (!Array.isArray(value))
          throw new Problem(400, 'A batch must be a JSON array of CloudEvents: send [ … ].')
        refuseLong(value.length)
        return value.map((each: unknown) => cloudEventItem(each, platform, at))
      }
      case 'native':
      case 'form': {
        const items = delivery.readNative(platform, value)
        refuseLong(items.length)
        return items
      }
    }
  }

  async function deliver(
    res: ServerResponse,
    platform: string,
    mode: Mode,
    key: SigningKey,
    items: readonly Item[],
  ): Promise<void> {
    const isSingle = mode !== 'batch' && items.length === 1
    const lines = await delivery.deliver({
      platform,
      counties: key.counties,
      items,
      label: (index) => (isSingle ? '' : `item ${index}: `),
    })
    onDelivered(platform, lines)
    const receipt = {
      accepted: countOf(lines, 'accepted'),
      duplicate: countOf(lines, 'duplicate'),
      rejected: countOf(lines, 'rejected'),
      items: lines,
    }
    const [first] = lines
    if (isSingle && first?.reason !== undefined) {
      answerProblem(res, new Problem(422, first.reason), { items: lines })
      return
    }
    answerJson(res, 202, 'application/json', receipt)
  }
}

type Mode = 'structured' | 'binary' | 'batch' | 'native' | 'form'

/** `native` is the platform's adapter, where it has one. */
function modeOf(
  type: string,
  req: IncomingMessage,
  platform: string,
  native: Pick<Adapter, 'accepts'> | undefined,
): Mode {
  if (type === 'application/cloudevents+json') return 'structured'
  if (type === 'application/cloudevents-batch+json') return 'batch'
  if (type === 'application/json' && isBinary(req.headers)) return 'binary'
  const accepts: readonly string[] =
    native === undefined ? [] : (native.accepts ?? ['application/json'])
  if (accepts.includes(type))
    return type === 'application/x-www-form-urlencoded' ? 'form' : 'native'
  const named =
    type === '' ? 'There is no Content-Type' : `Content-Type "${type.slice(0, 60)}" is not accepted`
  const own =
    accepts.length === 0
      ? `"${platform}" has no native format here`
      : `its native format is ${accepts.join(' or ')}`
  throw new Problem(
    415,
    `${named}: send application/cloudevents+json or application/cloudevents-batch+json; ${own}.`,
  )
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

function ceHeaders(req: IncomingMessage): Record<string, unknown> {
  return Object.fromEntries(Object.entries(req.headers).filter(([name]) => name.startsWith('ce-')))
}
