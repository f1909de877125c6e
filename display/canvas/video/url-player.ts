/**
 * Plays what a browser fetches by itself: HLS where it has no MSE, WebRTC where a source offers WHEP. The same watchdog as
 * for the video socket: pictures that do not come, or stand still, end the attempt, and the next one follows by itself.
 */
import { silence, watchFrames } from './frame-watch.ts'
import { createTileReport } from './tile-report.ts'
import { FROZEN_AFTER_MS, type TileState } from './tile-state.ts'

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
  const { known, report, sawFrame } = createTileReport(onState)
  let begunAt = Date.now()
  let failures = 0
  let end: (() => void) | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined

  function begin(): void {
    begunAt = Date.now()
    known.lastFrameAt = undefined
    let isOver = false
    const stop = attempt(video, (failure) => {
      if (!isOver) fail(failure)
    })
    end = () => {
      isOver = true
      stop()
    }
  }

  function fail({ why, isRefused }: Failure): void {
    end?.()
    end = undefined
    const waitMs = Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** failures)
    failures = Math.min(failures + 1, 10)
    const { source } = known
    const since = source !== undefined && 'error' in source ? source.since : Date.now()
    const state = isRefused ? 'refused' : 'lost'
    known.source = { state, since, retryAt: Date.now() + waitMs, error: why }
    clearTimeout(retryTimer)
    retryTimer = setTimeout(begin, waitMs)
    report()
  }

  function onFrame(): void {
    if (end === undefined) return
    known.source = undefined
    failures = 0
    sawFrame()
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
    const { lastFrameAt } = known
    const isHeld = lastFrameAt !== undefined && now - lastFrameAt > STUCK_MS
    const isLate = lastFrameAt === undefined && now - begunAt > FIRST_PICTURE_MS
    if (end !== undefined && !document.hidden && (isHeld || isLate))
      fail({ why: isHeld ? '画面停住' : '没有等到画面', isRefused: false })
    else if (lastFrameAt !== undefined) nearEdge()
    report()
  }

  silence(video)
  const frames = watchFrames(video, onFrame)
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
