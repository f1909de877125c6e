/** A token bucket for each name. */
export interface Limiter {
  /** Milliseconds until the bucket has room; 0 when it has. Takes nothing. */
  waitMs(name: string): number
  /** Takes from the bucket; milliseconds to wait when it had not enough, else 0. */
  take(name: string, amount: number): number
}

interface Options {
  /** Tokens that come back each second. */
  readonly perSecond?: number
  /** Tokens of a full bucket: what may come at once. */
  readonly burst?: number
  /** Milliseconds of a clock that never steps, such as `performance.now`. */
  readonly clock: () => number
}

/** Names come from a list (platforms with a key), so the buckets are few and none is ever dropped. */
export function createLimiter({ perSecond = 20_000, burst = perSecond, clock }: Options): Limiter {
  const buckets = new Map<string, { tokens: number; atMs: number }>()

  function filled(name: string): { tokens: number; atMs: number } {
    const nowMs = clock()
    const bucket = buckets.get(name) ?? { tokens: burst, atMs: nowMs }
    const back = (Math.max(0, nowMs - bucket.atMs) / 1_000) * perSecond
    bucket.tokens = Math.min(burst, bucket.tokens + back)
    bucket.atMs = nowMs
    buckets.set(name, bucket)
    return bucket
  }

  // Fractions of tokens do not add up exactly: a millionth is forgiven, so that who waited is not told to wait again.
  const waitFor = (tokens: number, needed: number): number =>
    tokens + 1e-6 >= needed ? 0 : Math.ceil(((needed - tokens) / perSecond) * 1_000)

  return {
    waitMs: (name) => waitFor(filled(name).tokens, 1),
    take(name, amount) {
      const bucket = filled(name)
      // A batch larger than the bucket passes when it is full, instead of never, and is paid back afterwards.
      const waitMs = waitFor(bucket.tokens, Math.min(amount, burst))
      if (waitMs === 0) bucket.tokens -= amount
      return waitMs
    },
  }
}
