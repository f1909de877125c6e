import type { Entry } from '../../relay/journal/journal.ts'

/** Mulberry32: the same numbers in [0, 1) for the same seed, in every process. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Deliveries of one seed: revisions, retractions, and about a third repeats of something earlier. */
export function planEntries(seed: number, count: number): readonly Entry[] {
  const random = seeded(seed)
  const plan: Entry[] = []
  for (let index = 0; index < count; index++) {
    const earlier = plan[Math.floor(random() * plan.length)]
    if (earlier !== undefined && random() < 0.3) {
      plan.push(earlier)
      continue
    }
    const id = `e${Math.floor(random() * count)}`
    const fresh: Entry = {
      source: `/platform/${'abc'[Math.floor(random() * 3)] ?? 'a'}`,
      id,
      rev: Math.floor(random() * 3),
      time: '2026-03-01T09:00:00+08:00',
      body: JSON.stringify({ id, index, text: '红旗'.repeat(Math.floor(random() * 200)) }),
    }
    plan.push(
      random() < 0.1 && earlier !== undefined
        ? { ...fresh, retracts: `${earlier.source} ${earlier.id}` }
        : fresh,
    )
  }
  return plan
}

export function keyOf({ source, id, rev }: Entry): string {
  return `${source} ${id} ${rev}`
}
