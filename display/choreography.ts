/**
 * Which arrivals get the whole sequence (row, thread, flag, counter). Pure: time
 * comes in as milliseconds. One thread at a time; arrivals within 600 ms merge;
 * at most 12 sequences a minute; the rest only update feed and counters.
 */
import tokens from './theme/tokens.json'

const { coalesceMs, fullSequencesPerMinute } = tokens.motion.limits
const minuteMs = 60_000
/** Hold and settle of a sequence that nothing waits behind. */
export const sequenceMs = 7_200
/** With something waiting, the hold ends after a twelfth of a minute. */
const crowdedMs = minuteMs / fullSequencesPerMinute
/** More arrivals a minute than this, and the feed shows their number instead. */
export const burstPerMinute = 60
const waitingLimit = 3

export interface Arrival {
  /** The feed row. */
  readonly id: string
  readonly organization: string
}

export interface Sequence extends Arrival {
  readonly seq: number
  readonly startedAt: number
  /** Arrivals merged into this one. */
  readonly more: number
}

export interface Stage {
  readonly current: Sequence | null
  readonly waiting: readonly {
    readonly arrival: Arrival
    readonly since: number
    readonly more: number
  }[]
  readonly arrivals: readonly number[]
  readonly starts: readonly number[]
  readonly seq: number
}

export const emptyStage: Stage = { current: null, waiting: [], arrivals: [], starts: [], seq: 0 }

export function arrive(stage: Stage, arrivals: readonly Arrival[], now: number): Stage {
  let next: Stage = {
    ...stage,
    arrivals: [...stage.arrivals.filter((at) => now - at < minuteMs), ...arrivals.map(() => now)],
  }
  for (const arrival of arrivals) {
    const last = next.waiting.at(-1)
    if (last !== undefined && now - last.since <= coalesceMs) {
      next = { ...next, waiting: [...next.waiting.slice(0, -1), { ...last, more: last.more + 1 }] }
    } else if (
      last === undefined &&
      next.current !== null &&
      now - next.current.startedAt <= coalesceMs
    ) {
      next = { ...next, current: { ...next.current, more: next.current.more + 1 } }
    } else if (next.waiting.length < waitingLimit) {
      next = { ...next, waiting: [...next.waiting, { arrival, since: now, more: 0 }] }
    }
    next = advance(next, now)
  }
  return next
}

/** Ends what is over and starts what waits; same object when nothing changes. */
export function advance(stage: Stage, now: number): Stage {
  const { current } = stage
  const starts = stage.starts.filter((at) => now - at < minuteMs)
  const isOver =
    current !== null &&
    now - current.startedAt >= (stage.waiting.length > 0 ? crowdedMs : sequenceMs)
  const isFree = current === null || isOver
  const [head, ...rest] = stage.waiting
  if (isFree && head !== undefined && starts.length < fullSequencesPerMinute) {
    const seq = stage.seq + 1
    const started: Sequence = { ...head.arrival, seq, startedAt: now, more: head.more }
    return { ...stage, seq, current: started, waiting: rest, starts: [...starts, now] }
  }
  return isOver ? { ...stage, current: null, starts } : stage
}

/** Arrivals of the last minute when they are too many to show one by one, else null. */
export function burst(stage: Stage, now: number): number | null {
  const count = stage.arrivals.filter((at) => now - at < minuteMs).length
  return count > burstPerMinute ? count : null
}
