import { toInstant } from '../../protocol/time.ts'
import type { Kind } from './config.ts'
import type { Lag, Outcome } from './connector.ts'

export type State = 'running' | 'backing-off' | 'stopped' | 'misconfigured'

/** How a connector fares, as an operator sees it. */
export interface Health {
  readonly name: string
  readonly platform: string
  readonly kind: Kind
  readonly state: State
  /** When the source last answered, with rows or without. */
  readonly lastOkAt?: string
  /** The last trouble, one sentence; it stays after the source is back. */
  readonly lastError?: string
  readonly lastErrorAt?: string
  readonly lag?: Lag
  /** Events a second over the last minute. */
  readonly rate: number
  readonly accepted: number
  readonly duplicate: number
  readonly rejected: number
}

export interface HealthBook {
  read(): Health
  /** The source answered. */
  ok(lag?: Lag): void
  counted(outcome: Outcome): void
  trouble(state: 'backing-off' | 'misconfigured', sentence: string): void
  stopped(): void
}

const windowMs = 60_000

export function createHealth(
  who: { readonly name: string; readonly platform: string; readonly kind: Kind },
  now: () => number,
  redact: (text: string) => string,
): HealthBook {
  const { name, platform, kind } = who
  const startedMs = now()
  let state: State = 'running'
  let lastOkMs: number | undefined
  let lastError: { readonly sentence: string; readonly atMs: number } | undefined
  let lag: Lag | undefined
  const total = { accepted: 0, duplicate: 0, rejected: 0 }
  /** Events by second. */
  const recent = new Map<number, number>()

  function rate(): number {
    const atMs = now()
    let events = 0
    for (const [second, count] of recent) {
      if (second * 1000 < atMs - windowMs) recent.delete(second)
      else events += count
    }
    const spanMs = Math.min(windowMs, Math.max(1000, atMs - startedMs))
    return Math.round((events / spanMs) * 10_000) / 10
  }

  return {
    read: () => ({
      name,
      platform,
      kind,
      state,
      ...(lastOkMs === undefined ? {} : { lastOkAt: toInstant(lastOkMs) }),
      ...(lastError === undefined
        ? {}
        : { lastError: lastError.sentence, lastErrorAt: toInstant(lastError.atMs) }),
      ...(lag === undefined ? {} : { lag }),
      rate: rate(),
      ...total,
    }),
    ok(waiting) {
      state = 'running'
      lastOkMs = now()
      lag = waiting ?? lag
    },
    counted({ accepted, duplicate, refused }) {
      total.accepted += accepted
      total.duplicate += duplicate
      total.rejected += refused.length
      const second = Math.floor(now() / 1000)
      recent.set(second, (recent.get(second) ?? 0) + accepted + duplicate + refused.length)
      if (recent.size > 120) rate()
    },
    trouble(next, sentence) {
      state = next
      lastError = { sentence: redact(sentence), atMs: now() }
    },
    stopped() {
      state = 'stopped'
    },
  }
}
