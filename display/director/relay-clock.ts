/** The relay's clock to the millisecond, from questions and their answers. Pure. */

interface Sample {
  /** Relay clock minus this machine's clock; off by half of the way there and back at most. */
  readonly offsetMs: number
  readonly tripMs: number
}
export type Samples = readonly Sample[]

const most = 24

export function sampleOf(sentMs: number, heardMs: number, relayMs: number): Sample {
  const tripMs = heardMs - sentMs
  return { offsetMs: relayMs + tripMs / 2 - heardMs, tripMs }
}

/** The quickest way says it best. */
export function offsetOf(samples: Samples): number {
  const best = samples.reduce((a, b) => (b.tripMs < a.tripMs ? b : a))
  return Math.round(best.offsetMs)
}

/** What contradicts the samples so far says that a clock was set: they are forgotten. */
export function withSample(samples: Samples, next: Sample): Samples {
  const contradicts = samples.some(
    ({ offsetMs, tripMs }) =>
      Math.abs(offsetMs - next.offsetMs) > (tripMs + next.tripMs) / 2 + driftMs,
  )
  return contradicts ? [next] : [...samples, next].slice(-most)
}

/** What two clocks may part in the time of all samples, and the millisecond to which they are read. */
const driftMs = 20
