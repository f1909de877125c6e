/** The relay's clock to the millisecond, from questions and their answers. Pure. */

/** Relay clock minus this machine's clock lies between; the relay looked at its clock between question and answer. */
interface Sample {
  readonly leastMs: number
  readonly mostMs: number
}
export type Samples = readonly Sample[]

const most = 36

export function sampleOf(sentMs: number, heardMs: number, relayMs: number): Sample {
  return { leastMs: relayMs - heardMs, mostMs: relayMs - sentMs }
}

/** The quickest way there says it best from one side, and the quickest way back from the other. */
export function offsetOf(samples: Samples): number {
  const least = Math.max(...samples.map(({ leastMs }) => leastMs))
  return Math.round((least + Math.min(...samples.map(({ mostMs }) => mostMs))) / 2)
}

/** What contradicts the samples so far says that a clock was set: they are forgotten. */
export function withSample(samples: Samples, next: Sample): Samples {
  const contradicts = samples.some(
    ({ leastMs, mostMs }) => next.leastMs > mostMs + driftMs || next.mostMs < leastMs - driftMs,
  )
  return contradicts ? [next] : [...samples, next].slice(-most)
}

/** What two clocks may part in the time of all samples, and the millisecond to which they are read. */
const driftMs = 20
