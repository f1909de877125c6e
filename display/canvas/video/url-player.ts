/**
 * Plays what a browser fetches by itself: HLS where it has no MSE, WebRTC where a source offers WHEP. The same watchdog as
 * for the video socket: pictures that do not come, or stand still, end the attempt, and the next one follows by itself.
 */
import { watchFrames } from './frame-watch.ts'
import { FROZEN_AFTER_MS, isSameState, readTileState, type TileState } from './tile-state.ts'
import type { SourceState } from './video-link.ts'

/** Why an attempt ended, in the relay's words where it has any. */
export interface Failure {
  readonly why: string
  /** This screen may not see it. */
  readonly isRefused: boolean
}

/** One attempt to play; returns how to end it. `fail` may be called at any time until then. */
export type Attempt = (video: HTMLVideoElement, fail: (failure: Failure) => void) => () => void

const TICK_MS = 250
/** HLS has its first segment after two, and a camera that was idle starts first. */
const FIRST_PICTURE_MS = 15_000
const STUCK_MS = FROZEN_AFTER_MS + 6_000
const RETRY_FIRST_MS = 1_000
const RETRY_MOST_MS = 10_000
/** Players of HLS begin three segments behind; farther from the edge they are set nearer to it. */
const BEHIND_MOST_SECONDS = 4
const BEHIND_SECONDS = 1.5

export function createUrlPlayer(
  video: HTMLVideoElement,
  attempt: Attempt,
  onState: (state: TileState) => void,
): { dispose(): void } {
  const startedAt = Date.now()
  let source: SourceState | undefined
  let lastFrameAt: number | undefined
  let liveSince: number | undefined
  let begunAt = startedAt
  let failures = 0
  let shown: TileState | undefined
  let end: (() => void) | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined

  function report(): void {
    const next = readTileState({
      now: Date.now(),
      startedAt,
      source,
      lastFrameAt,
      liveSince,
      recoveredAt: undefined,
      refusedCodec: undefined,
    })
    if (next.kind !== 'live') liveSince = undefined
    if (isSameState(shown, next)) return
    shown = next
    onState(next)
  }

  function begin(): void {
    begunAt = Date.now()
    lastFrameAt = undefined
    let isOver = false
    const stop = attempt(video, (failure) => {
      if (!isOver) fail(failure)
    })
    end = () => {
      isOver = true
      stop()
    }
    // Not every engine obeys `autoplay` for pictures that come later; the watchdog tells where it is refused.
    video.play().catch(() => undefined)
  }

  function fail({ why, isRefused }: Failure): void {
    end?.()
    end = undefined
    const waitMs = Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** failures)
    failures = Math.min(failures + 1, 10)
    const since = source !== undefined && 'error' in source ? source.since : Date.now()
    const state = isRefused ? 'refused' : 'lost'
    source = { state, since, retryAt: Date.now() + waitMs, error: why }
    clearTimeout(retryTimer)
    retryTimer = setTimeout(begin, waitMs)
    report()
  }

  function sawFrame(): void {
    if (end === undefined) return
    lastFrameAt = Date.now()
    liveSince ??= lastFrameAt
    source = undefined
    failures = 0
    if (shown?.kind !== 'live') report()
  }

  function nearEdge(): void {
    const { seekable, currentTime } = video
    if (seekable.length === 0 || video.srcObject !== null) return
    const edge = seekable.end(seekable.length - 1)
    if (Number.isFinite(edge) && edge - currentTime > BEHIND_MOST_SECONDS)
      video.currentTime = edge - BEHIND_SECONDS
  }

  function tick(): void {
    frames.look()
    const now = Date.now()
    const isHeld = lastFrameAt !== undefined && now - lastFrameAt > STUCK_MS
    const isLate = lastFrameAt === undefined && now - begunAt > FIRST_PICTURE_MS
    if (end !== undefined && !document.hidden && (isHeld || isLate))
      fail({ why: isHeld ? '画面停住' : '没有等到画面', isRefused: false })
    else if (lastFrameAt !== undefined) nearEdge()
    report()
  }

  video.muted = true
  video.playsInline = true
  video.disablePictureInPicture = true
  const frames = watchFrames(video, sawFrame)
  const ticker = setInterval(tick, TICK_MS)
  begin()
  report()

  return {
    dispose() {
      clearInterval(ticker)
      clearTimeout(retryTimer)
      frames.stop()
      end?.()
      end = undefined
    },
  }
}
