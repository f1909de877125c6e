/** A rotation that stands still although it should have moved on: what was drawn by a clock that stopped is drawn anew. Pure. */
import type { Show } from '../director/show.ts'

export interface Watched {
  readonly since: number
  /** When this machine first saw it, ms of a clock that nobody sets. */
  readonly seenAt: number
}

/** So long after it was due a scene may still be on. */
const graceMs = 60_000

/** The next look at a show; `isStuck` says that it should have changed long ago. */
export function watch(
  before: Watched | null,
  { since, until }: Pick<Show, 'since' | 'until'>,
  nowMs: number,
): Watched & { readonly isStuck: boolean } {
  if (before === null || before.since !== since || until === null)
    return { since, seenAt: nowMs, isStuck: false }
  return { ...before, isStuck: nowMs - before.seenAt > until - since + graceMs }
}
