import { setTimeout as wait } from 'node:timers/promises'

const firstMs = 500
const mostMs = 60_000

export interface BackOff {
  /** Milliseconds until the next try: 0.5 s, then twice as long each time up to a minute, less up to half by chance. */
  next(): number
  reset(): void
}

/** `random` in [0, 1): sources that went down together are not asked together. */
export function createBackOff(random: () => number = Math.random): BackOff {
  let tries = 0
  return {
    next() {
      const fullMs = Math.min(mostMs, firstMs * 2 ** tries)
      tries = Math.min(tries + 1, 16)
      return Math.round(fullMs * (1 - random() / 2))
    },
    reset() {
      tries = 0
    },
  }
}

/** Resolves after the time, or at once when the signal comes. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
