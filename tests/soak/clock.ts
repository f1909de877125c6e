/** A platform clock that runs faster than the real one and stops by itself at the next checkpoint; parent and relay read the same. */

export interface Pace {
  /** What the clock said, in ms since 1970, … */
  readonly atMs: number
  /** … when the machine's monotonic clock said this, in ms. */
  readonly sinceMs: number
  readonly speed: number
  /** Here it stands still until it is given another pace. */
  readonly untilMs: number
}

/** It moves in steps, so that 20 ms of the relay's budget for a tick stay about 20 ms. */
const stepMs = 20

export const monotonicMs = (): number => Number(process.hrtime.bigint() / 1_000n) / 1_000

export function readClock({ atMs, sinceMs, speed, untilMs }: Pace): number {
  const passed = Math.floor(Math.max(0, monotonicMs() - sinceMs) / stepMs) * stepMs
  return Math.min(untilMs, Math.round(atMs + passed * speed))
}
