/** What a tile says of its picture. Pure. */
import type { SourceState } from './video-link.ts'

/** All times are epoch milliseconds. */
export type TileState =
  | { readonly kind: 'connecting'; readonly since: number }
  | { readonly kind: 'live'; readonly since: number }
  /** A picture stands still: it must be marked, a wall never lies about being live. */
  | { readonly kind: 'frozen'; readonly since: number; readonly heldSeconds: number }
  /** The relay has no place for it yet; `why` says what it waits for. */
  | { readonly kind: 'waiting'; readonly since: number; readonly why: string }
  | {
      /** `refused`: this screen may not see it, or it is not there; asked again at `retryAt`. */
      readonly kind: 'lost' | 'refused'
      readonly since: number
      readonly retryAt: number
      /** The relay's words. */
      readonly why: string
    }
  | { readonly kind: 'unsupported'; readonly codec: string }

export interface TileFacts {
  readonly now: number
  readonly startedAt: number
  readonly source: SourceState | undefined
  /** When the decoder last showed a new picture; silence on the wire says nothing about that. */
  readonly lastFrameAt: number | undefined
  readonly liveSince: number | undefined
  /** When the source last came back: pictures from before prove nothing about now. */
  readonly recoveredAt: number | undefined
  readonly refusedCodec: string | undefined
}

export const FROZEN_AFTER_MS = 2_000

export function readTileState(facts: TileFacts): TileState {
  const { now, source, lastFrameAt } = facts
  if (source?.state === 'lost' || source?.state === 'refused')
    return { kind: source.state, since: source.since, retryAt: source.retryAt, why: source.error }
  if (source?.state === 'waiting')
    return { kind: 'waiting', since: source.since, why: source.error }
  if (facts.refusedCodec !== undefined) return { kind: 'unsupported', codec: facts.refusedCodec }
  if (lastFrameAt === undefined) return { kind: 'connecting', since: facts.startedAt }
  if (now - lastFrameAt > FROZEN_AFTER_MS || lastFrameAt < (facts.recoveredAt ?? 0)) {
    return {
      kind: 'frozen',
      since: lastFrameAt,
      heldSeconds: Math.floor((now - lastFrameAt) / 1000),
    }
  }
  return { kind: 'live', since: facts.liveSince ?? lastFrameAt }
}

export const isSameState = (a: TileState | undefined, b: TileState): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

export type EdgeMove =
  { readonly kind: 'rate'; readonly rate: number } | { readonly kind: 'jump'; readonly to: number }

const TARGET_SECONDS = 0.2
const HURRY_SECONDS = 0.4
const JUMP_SECONDS = 1

/** How to get back to the live edge; `start` and `end` bound the newest buffered range, in seconds. */
export function chaseEdge(current: number, start: number, end: number, rate: number): EdgeMove {
  const behind = end - current
  if (current < start || behind > JUMP_SECONDS || behind < -0.1) {
    return { kind: 'jump', to: Math.max(start, end - TARGET_SECONDS) }
  }
  if (behind > HURRY_SECONDS) return { kind: 'rate', rate: 1.1 }
  return { kind: 'rate', rate: behind > TARGET_SECONDS && rate > 1 ? rate : 1 }
}
