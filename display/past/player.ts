/** The past on a wall of its own: asks the relay for its frames, and shows each when it is due. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { apply, boardOf, emptyBoard } from '../../protocol/apply.ts'
import type { Board } from '../../protocol/board.ts'
import type { Making, Patch, Snapshot } from '../../protocol/frames.ts'
import { dayStartMs, instantMs, localDay, toInstant } from '../../protocol/time.ts'
import { createWall, type Wall } from '../board.ts'
import { askedFor, boundsOf, dayBefore, daySpeed, pastMoment, type Asked } from './track.ts'

/** A play goes by the clock. Behind by more than one frame, frames are passed over, though one is shown at least so often … */
const passOverMs = 100
const leastOftenMs = 500
/** … and so far behind, the relay is asked for the moment that is due, and for half as many frames after it. */
const behindMs = 2_000
const coarsest = 16
const retryMs = 5_000
/** So near to the present the play has reached it. */
const presentMs = 2_000

export interface PastState {
  /** The moment that was asked for last, or that a play has come to. */
  readonly atMs: number
  readonly speed: number
  readonly isPlaying: boolean
  /** `seeking`: the relay makes the board of the moment. `lost`: it did not, and is asked again. */
  readonly phase: 'seeking' | 'shown' | 'lost'
  /** How far the relay is with a board that sums up many; null while it says nothing of it. */
  readonly making: Making | null
  /** Relay's time of the next try, while it is lost. */
  readonly retryAt: number | null
  /** The wall has a board of the past. */
  readonly isShown: boolean
  /** Nothing was recorded by then. */
  readonly isEmpty: boolean
}

export interface Player {
  readonly store: StoreApi<PastState>
  readonly wall: Wall
  /** Goes on playing where it plays. */
  seek(ms: number): void
  togglePlay(): void
  setSpeed(speed: number): void
  /** 昨日 60 秒 */
  playYesterday(): void
  close(): void
}

export interface PlayerPorts {
  readonly scope: string
  readonly frames: (path: string, signal: AbortSignal) => AsyncIterable<Snapshot | Patch | Making>
  /** The relay's time, ms. */
  readonly present: () => number
  /** Milliseconds of a clock that never steps. */
  readonly clock: () => number
  readonly onPresent: () => void
}

/** Of one play: where it was when, from its first board on. */
interface Tempo {
  readonly speed: number
  from: { readonly clockMs: number; readonly atMs: number } | undefined
  /** How long the relay took for the first frame of a question. */
  answerMs: number
}

/** The moment that a play has to be at. */
function dueAt({ speed, from }: Tempo, clockMs: number): number {
  return from === undefined ? -Infinity : from.atMs + (clockMs - from.clockMs) * speed
}

export function createPlayer(atMs: number, ports: PlayerPorts): Player {
  const wall = createWall({ isPast: true, connection: 'live', now: atMs, present: ports.present() })
  const store = createStore<PastState>(() => ({
    atMs,
    speed: 60,
    isPlaying: false,
    phase: 'seeking',
    making: null,
    retryAt: null,
    isShown: false,
    isEmpty: false,
  }))
  let running = new AbortController()
  let retry: ReturnType<typeof setTimeout> | undefined
  /** Where a play ends by itself; the present unless told. */
  let endMs: number | null = null

  function show(board: Board, atMs: number): void {
    const isEmpty = board.organizations.size === 0
    wall.store.setState({ board: isEmpty ? emptyBoard() : board, now: atMs })
    store.setState({ atMs, isEmpty, isShown: true, phase: 'shown', making: null })
  }

  /** Shows the frames of one question, each in its time, until the last or until it is far behind. Returns the moment of the last. */
  async function showAll(asked: Asked, tempo: Tempo, signal: AbortSignal): Promise<number> {
    let board = emptyBoard()
    let atMs = asked.fromMs
    let shownAt: number | null = null
    const askedAt = ports.clock()
    for await (const frame of ports.frames(pathOf(ports.scope, asked), signal)) {
      if (signal.aborted) break
      if ('made' in frame) {
        store.setState({ making: frame })
        continue
      }
      const clockMs = ports.clock()
      atMs = instantMs(frame.at)
      board = 'tables' in frame ? boardOf(frame) : apply(board, frame.puts, frame.deletes)
      if ('tables' in frame) tempo.answerMs = clockMs - askedAt
      tempo.from ??= { clockMs, atMs }
      const lateMs = clockMs - tempo.from.clockMs - (atMs - tempo.from.atMs) / tempo.speed
      const mayPassOver = atMs < asked.toMs && shownAt !== null && clockMs - shownAt < leastOftenMs
      if (lateMs > passOverMs && mayPassOver) continue
      if (lateMs < 0) await pause(-lateMs, signal)
      if (signal.aborted) break
      show(board, atMs)
      if (lateMs > behindMs && shownAt !== null) break
      shownAt = ports.clock()
    }
    return atMs
  }

  async function play(signal: AbortSignal): Promise<void> {
    const { speed } = store.getState()
    const tempo: Tempo = { speed, from: undefined, answerMs: 0 }
    let coarse = 1
    for (let { atMs } = store.getState(); !signal.aborted;) {
      const end = endMs ?? pastMoment(Infinity, ports.present())
      const asked = askedFor(atMs, speed * coarse, end)
      atMs = await showAll(asked, tempo, signal)
      if (signal.aborted) return
      if (atMs < asked.toMs) {
        coarse = Math.min(coarsest, 2 * coarse)
        atMs = Math.min(end, Math.max(atMs, dueAt(tempo, ports.clock() + tempo.answerMs)))
        continue
      }
      if (endMs !== null && atMs >= endMs) {
        store.setState({ isPlaying: false })
        return
      }
      if (endMs === null && ports.present() - atMs < presentMs + asked.stepSeconds * 1_000) {
        ports.onPresent()
        return
      }
    }
  }

  function run(change: Partial<PastState>): void {
    running.abort()
    clearTimeout(retry)
    running = new AbortController()
    const { signal } = running
    store.setState({ ...change, phase: 'seeking', making: null, retryAt: null })
    const { atMs, isPlaying } = store.getState()
    const still = { fromMs: atMs, toMs: atMs, stepSeconds: 1 }
    const done = isPlaying
      ? play(signal)
      : showAll(still, { speed: 1, from: undefined, answerMs: 0 }, signal)
    done.catch((error: unknown) => {
      if (signal.aborted) return
      console.error(`The past did not come: ${String(error)}`)
      store.setState({ phase: 'lost', retryAt: ports.present() + retryMs })
      retry = setTimeout(() => run({}), retryMs)
    })
  }
  run({})

  return {
    store,
    wall,
    seek(ms) {
      endMs = null
      run({ atMs: pastMoment(ms, ports.present()) })
    },
    togglePlay() {
      const { isPlaying, phase } = store.getState()
      if (!isPlaying) run({ isPlaying: true })
      else if (phase === 'shown') {
        running.abort()
        store.setState({ isPlaying: false })
      } else run({ isPlaying: false })
    },
    setSpeed(speed) {
      endMs = null
      run({ speed, isPlaying: true })
    },
    playYesterday() {
      const day = dayBefore(localDay(ports.present()))
      endMs = boundsOf(day).toMs
      run({ atMs: dayStartMs(day), speed: daySpeed, isPlaying: true })
    },
    close() {
      running.abort()
      clearTimeout(retry)
    },
  }
}

function pathOf(scope: string, { fromMs, toMs, stepSeconds }: Asked): string {
  const [from, to] = [fromMs, toMs].map((ms) => encodeURIComponent(toInstant(ms)))
  return `/v1/past/${scope}?from=${from}&to=${to}&step=${stepSeconds}`
}

/** Ends with the signal, too. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resume) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resume()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}
