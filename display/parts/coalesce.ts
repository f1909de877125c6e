/** Holds a counter still until a second after its last change. Pure. */
export interface Held {
  readonly shown: number
  readonly wanted: number
  readonly changedAt: number
}

export const coalesceMs = 1_000

export function hold(held: Held, wanted: number, now: number): Held {
  if (now - held.changedAt < coalesceMs) return held.wanted === wanted ? held : { ...held, wanted }
  if (wanted === held.shown) return held.wanted === wanted ? held : { ...held, wanted }
  return { shown: wanted, wanted, changedAt: now }
}

/** How a change is shown: digits roll, or the whole number fades where rolling says nothing. */
export function turnOf(before: number | null, after: number): 'roll' | 'fade' {
  return before === null || Math.abs(after - before) > 999 ? 'fade' : 'roll'
}
