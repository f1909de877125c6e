import { covers } from '../../protocol/division.ts'
import type { Event } from '../../protocol/events.ts'
import { toInstant } from '../../protocol/time.ts'
import type { Adapter, ReadResult } from '../platforms/adapter.ts'
import { checkEvent, type Checked } from './check.ts'
import { Problem } from './problem.ts'
import { mask, redacted } from './redact.ts'
import type { RefusalLog } from './refusals.ts'

export interface DeliveryParts {
  /** Rejects with an error named `JournalFull` when the disk is full. */
  readonly hub: {
    accept(
      events: readonly Event[],
    ): Promise<readonly { readonly status: 'accepted' | 'duplicate'; readonly ordinal: number }[]>
  }
  /** By platform. */
  readonly adapters: ReadonlyMap<string, Pick<Adapter, 'read' | 'shows'>>
  readonly refusals: RefusalLog
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly log: {
    warn(fields: object, message: string): void
    error(fields: object, message: string): void
  }
  /** Events that may wait for the disk, 50,000 unless told; above it 503. */
  readonly queuedMost?: number
}

/** One message as it came: what it became, and what to keep when it is refused. */
export interface Item {
  readonly results: readonly Checked[]
  /** What of it an operator may see; asked for when it is refused. */
  readonly kept: () => string
}

/** What became of one item. */
export interface Line {
  readonly index: number
  readonly status: 'accepted' | 'duplicate' | 'rejected'
  readonly ordinal?: number
  readonly reason?: string
}

interface Consignment {
  readonly platform: string
  /** Division codes that the sender may speak for, each with all beneath it. */
  readonly counties: readonly string[]
  readonly items: readonly Item[]
  /** What goes before the reason of a refused item, to tell which it was. */
  readonly label: (index: number) => string
}

/** Where every way in ends, HTTP push and connectors alike: decoded messages → checks → disk → what became of each. */
export interface Delivery {
  /** A platform's own message through its adapter, whose failures are refusals. */
  readNative(platform: string, body: unknown): readonly Item[]
  /** Throws `Problem` 503 when too much waits for the disk already. */
  refuseWhenBusy(): void
  /** Resolves after the good items are on disk and the refused ones are kept. Throws `Problem` 503 when the disk or the queue is full. */
  deliver(consignment: Consignment): Promise<readonly Line[]>
}

export function createDelivery(parts: DeliveryParts): Delivery {
  const { hub, adapters, refusals, now, log, queuedMost = 50_000 } = parts
  let queued = 0

  function keep(platform: string, reason: string, body: string): void {
    refusals.add({
      platform,
      receivedAt: toInstant(now()),
      status: 422,
      reason: mask(reason),
      body,
    })
  }

  function readSafely(platform: string, body: unknown): ReadResult {
    try {
      return adapters.get(platform)?.read(body) ?? { items: [] }
    } catch (error) {
      log.error({ err: error, platform }, 'the adapter of a platform failed on a message')
      return {
        items: [
          {
            ok: false,
            reason: '报文无法读取,请与本平台的接口约定对照',
          },
        ],
      }
    }
  }

  async function store(platform: string, events: readonly Event[]) {
    if (events.length === 0) return []
    if (queued > 0 && queued + events.length > queuedMost) throw busy()
    queued += events.length
    try {
      return await hub.accept(events)
    } catch (cause) {
      if (!(cause instanceof Error && cause.name === 'JournalFull')) throw cause
      log.warn({ err: cause, platform }, 'the disk is full: events are refused')
      throw new Problem(
        503,
        "The relay's disk is full: keep these events and send the same ones again; none is counted twice.",
        { retryAfterSeconds: 30, cause },
      )
    } finally {
      queued -= events.length
    }
  }

  return {
    refuseWhenBusy() {
      if (queued >= queuedMost) throw busy()
    },

    readNative(platform, body) {
      const { items } = readSafely(platform, body)
      const shows = adapters.get(platform)?.shows ?? new Set()
      const at = now()
      return items.map((item) => ({
        results: item.ok ? item.events.map((event) => checkEvent(event, at)) : [item],
        kept: () => redacted(item.message ?? body, shows),
      }))
    },

    /** Events of one message stand or fall together: half a message would leave the board between two states. */
    async deliver({ platform, counties, items, label }) {
      const reasons = items.map(({ results }) => refusalOf(results, counties))
      const events: Event[] = []
      items.forEach(({ results }, index) => {
        if (reasons[index] !== undefined) return
        for (const result of results) if (result.ok) events.push(result.event)
      })
      const outcomes = await store(platform, events)

      let next = 0
      return items.map(({ results, kept }, index): Line => {
        const reason = reasons[index]
        if (reason !== undefined) {
          const named = `${label(index)}${reason}`
          keep(platform, named, kept())
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
    },
  }
}

export function countOf(lines: readonly Line[], status: Line['status']): number {
  return lines.filter((line) => line.status === status).length
}

function refusalOf(results: readonly Checked[], counties: readonly string[]): string | undefined {
  for (const result of results) {
    if (!result.ok) return result.reason
    const { county } = result.event
    if (!counties.some((code) => covers(code, county)))
      return `字段 partitionkey 为 ${county},本密钥无权代表该区划报送,应为 ${counties.join('、')} 或其下级,或请管理员授权`
  }
  return undefined
}

function busy(): Problem {
  return new Problem(
    503,
    'The relay has as many events queued as it can hold: wait a second, then send the same events again.',
    { retryAfterSeconds: 1 },
  )
}
