/** What the wall knows and how sure it is of it. */
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { apply, boardOf, emptyBoard } from '../protocol/apply.ts'
import type { Board, Row, TableName } from '../protocol/board.ts'
import type { Patch, Snapshot } from '../protocol/frames.ts'
import { instantMs } from '../protocol/time.ts'
import { advance, arrive, emptyStage, type Arrival, type Stage } from './choreography.ts'

/** Times are milliseconds of the relay's clock. */
export interface Connection {
  readonly connection: 'connecting' | 'live' | 'lost'
  /** When the last message came, once the link is not live. */
  readonly lostAt: number | null
  readonly attempts: number
  readonly nextTryAt: number | null
}

export interface WallState extends Connection {
  readonly board: Board
  readonly epoch: string | null
  readonly version: number
  /** Relay clock minus this machine's clock. */
  readonly offsetMs: number
  /** Whose time the board is of: the relay's, moved once a second; of a wall of the past, its moment. */
  readonly now: number
  /** The relay's time, whatever the board is of: what turns pages and takes a card away goes by it. */
  readonly present: number
  readonly isPast: boolean
  /** The camera that somebody wants as the large picture; null where nobody does. */
  readonly pinned: string | null
  readonly stage: Stage
}

export interface Wall {
  readonly store: StoreApi<WallState>
  /** False on a gap or another epoch: subscribe again. */
  receive(frame: Snapshot | Patch): boolean
  setConnection(connection: Connection): void
  /** A frame said what time it is. */
  hear(at: string, localMs: number): void
  /** The difference was measured, so that instants cut to seconds no longer count. */
  measure(offsetMs: number, localMs: number): void
  tick(localMs: number): void
  /** What is to be the large picture of all that show one. */
  pin(camera: string | null): void
  /** What happened until now is no news any more. */
  dropNews(): void
}

/** Instants on the wire are cut to seconds, so the largest of the last differences is the nearest. */
const offsetSamples = 30

export function createWall(initial: Partial<WallState> = {}): Wall {
  const store = createStore<WallState>(() => ({
    board: emptyBoard(),
    epoch: null,
    version: 0,
    connection: 'connecting',
    lostAt: null,
    attempts: 0,
    nextTryAt: null,
    offsetMs: 0,
    now: 0,
    present: initial.now ?? 0,
    isPast: false,
    pinned: null,
    stage: emptyStage,
    ...initial,
  }))
  let samples: number[] = []
  let isMeasured = false
  /** The relay's time of the last frame: `now` moves once a second, a sequence starts at once. */
  let heardAt = 0

  return {
    store,
    receive(frame) {
      const state = store.getState()
      if ('tables' in frame) {
        store.setState({ board: boardOf(frame), epoch: frame.epoch, version: frame.version })
        return true
      }
      if (frame.epoch !== state.epoch) return false
      if (frame.version <= state.version) return true
      if (frame.base > state.version) return false
      const board = apply(state.board, frame.puts, frame.deletes)
      const arrivals = arrivalsBetween(state.board, board, frame.puts.feed ?? [])
      store.setState({
        board,
        version: frame.version,
        ...(arrivals.length > 0
          ? { stage: arrive(state.stage, arrivals, Math.max(heardAt, state.now)) }
          : {}),
      })
      return true
    },
    setConnection(connection) {
      const isBack = connection.connection === 'live' && store.getState().connection !== 'live'
      // Nothing is replayed after a break.
      store.setState(
        isBack ? { ...connection, stage: emptyStageAfter(store.getState().stage) } : connection,
      )
    },
    hear(at, localMs) {
      if (isMeasured) {
        heardAt = localMs + store.getState().offsetMs
        return
      }
      samples = [...samples, instantMs(at) - localMs].slice(-offsetSamples)
      const offsetMs = Math.max(...samples)
      heardAt = localMs + offsetMs
      if (offsetMs === store.getState().offsetMs) return
      store.setState({ offsetMs, now: heardAt, present: heardAt })
    },
    measure(offsetMs, localMs) {
      isMeasured = true
      if (offsetMs === store.getState().offsetMs) return
      const now = localMs + offsetMs
      store.setState({ offsetMs, now, present: now })
    },
    tick(localMs) {
      const { offsetMs, stage } = store.getState()
      const now = localMs + offsetMs
      store.setState({ now, present: now, stage: advance(stage, now) })
    },
    pin(camera) {
      if (store.getState().pinned !== camera) store.setState({ pinned: camera })
    },
    dropNews() {
      store.setState({ stage: emptyStageAfter(store.getState().stage) })
    },
  }
}

function emptyStageAfter(stage: Stage): Stage {
  return { ...emptyStage, seq: stage.seq }
}

/**
 * Activities that were not on the board before, in the order of the feed, so that a thread for several starts
 * at the row on top. An old row that a retraction brings back is no arrival.
 */
export function arrivalsBetween(
  before: Board,
  after: Board,
  puts: readonly Row<'feed'>[],
): Arrival[] {
  let oldest = Infinity
  for (const row of before.feed.values()) oldest = Math.min(oldest, instantMs(row.at))
  return puts
    .filter(
      (row) =>
        !before.feed.has(row.id) &&
        after.feed.has(row.id) &&
        (before.feed.size === 0 || instantMs(row.at) >= oldest),
    )
    .sort((a, b) => instantMs(b.at) - instantMs(a.at) || (a.id < b.id ? 1 : -1))
    .map((row) => ({ id: row.id, organization: row.organization }))
}

/** How much of the picture holds: of the past nothing is live, and when the relay is silent less and less. */
export type Trust = 'live' | 'past' | 'brief' | 'stale' | 'unknown'
export function trustOf(state: Pick<WallState, 'connection' | 'lostAt' | 'now' | 'isPast'>): Trust {
  if (state.isPast) return 'past'
  if (state.connection === 'live' || state.lostAt === null) return 'live'
  const awayMs = state.now - state.lostAt
  if (awayMs >= 600_000) return 'unknown'
  return awayMs >= 60_000 ? 'stale' : 'brief'
}

const WallContext = createContext<Wall | null>(null)
export const WallProvider = WallContext.Provider

export function useWallStore(): Wall {
  const wall = useContext(WallContext)
  if (wall === null) throw new Error('No WallProvider above')
  return wall
}

export function useWall<T>(select: (state: WallState) => T): T {
  return useStore(useWallStore().store, select)
}

export function useTable<T extends TableName>(name: T): Board[T] {
  return useWall((state) => state.board[name])
}

/** The county row; null until the first snapshot. */
export function useCounty(): Row<'county'> | null {
  return useWall((state) => state.board.county.values().next().value ?? null)
}

/** What the county's rules count from; null until the first snapshot, and on a board of several counties. */
export function useThresholds(): Row<'thresholds'> | null {
  return useWall((state) => state.board.thresholds.values().next().value ?? null)
}

export function useTrust(): Trust {
  return useWall(trustOf)
}
