import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** A bucket for each name. */
export interface Limiter {
  /** Milliseconds until the bucket has room; 0 when it has. Takes nothing. */
  waitMs(name: string): Promise<number>
  /** Takes from the bucket; milliseconds to wait when it had not enough, else 0. */
  take(name: string, amount: number): Promise<number>
}

/** `perSecond` may come at once; the bucket is full again a second later. */
export function createLimiter(perSecond = 20_000): Limiter {
  const limiter = new RateLimiterMemory({ points: perSecond, duration: 1 })
  return {
    async waitMs(name) {
      const state = await limiter.get(name)
      return state === null || state.remainingPoints > 0 ? 0 : Math.max(1, state.msBeforeNext)
    },
    async take(name, amount) {
      try {
        // A batch larger than the bucket passes alone, instead of never.
        await limiter.consume(name, Math.min(amount, perSecond))
        return 0
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1, refused.msBeforeNext)
        throw refused
      }
    },
  }
}
