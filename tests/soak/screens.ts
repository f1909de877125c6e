/** Walls without a browser: the display's own link with a store of rows only, which takes one snapshot and then lives on patches. */
import { isDeepStrictEqual } from 'node:util'
import { io } from 'socket.io-client'
import { createStore } from 'zustand/vanilla'
import type { Wall, WallState } from '../../display/board.ts'
import { followRelay, type Socket } from '../../display/link.ts'
import { apply, boardOf, emptyBoard } from '../../protocol/apply.ts'
import { tableNames } from '../../protocol/board.ts'
import type { Snapshot } from '../../protocol/frames.ts'
import { until } from '../support/relay.ts'
import { ask } from './relay-process.ts'

export type Sight = 'wall' | 'public'

export interface Screen {
  readonly name: string
  /** Snapshots taken so far: one, unless it had to begin anew. */
  snapshots(): number
  /** How often it lost the line: each is one reason for another snapshot. */
  losses(): number
  /** The tables in which it differs from a fresh snapshot. */
  differences(): Promise<readonly string[]>
  close(): void
}

/** What a display does with a frame, without its choreography, which needs a browser. */
function createPlainWall(): Wall {
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
    present: 0,
    isPast: false,
    pinned: null,
    stage: { seq: 0 } as WallState['stage'],
  }))
  return {
    store,
    receive(frame) {
      const { board, epoch, version } = store.getState()
      if ('tables' in frame) {
        store.setState({ board: boardOf(frame), epoch: frame.epoch, version: frame.version })
        return true
      }
      if (frame.epoch !== epoch || frame.base > version) return false
      if (frame.version > version)
        store.setState({ board: apply(board, frame.puts, frame.deletes), version: frame.version })
      return true
    },
    setConnection: (connection) => store.setState(connection),
    hear: () => undefined,
    measure: () => undefined,
    tick: () => undefined,
    pin: () => undefined,
    dropNews: () => undefined,
  }
}

export async function openScreen(url: string, scope: string, sight: Sight): Promise<Screen> {
  const headers: Record<string, string> =
    sight === 'public' ? { 'x-forwarded-for': '192.0.2.1' } : {}
  let snapshots = 0
  const fetchJson = (path: string): Promise<unknown> => ask(`${url}${path}`, headers)
  let losses = 0
  const wall = createPlainWall()
  wall.store.subscribe(({ connection }, before) => {
    if (connection === 'lost' && before.connection === 'live') losses += 1
  })
  const socket = io(url, {
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
    forceNew: true,
    extraHeaders: headers,
  }) as unknown as Socket
  const close = followRelay(wall, {
    scope,
    socket,
    fetchJson(path) {
      snapshots += 1
      return fetchJson(path)
    },
    clock: () => performance.now(),
    random: () => 0.5,
  })
  const name = `${scope} ${sight}`
  const state = () => wall.store.getState()
  await until(`the screen ${name}`, () => state().connection === 'live', 60_000)
  return {
    name,
    snapshots: () => snapshots,
    losses: () => losses,
    close,
    async differences() {
      const fresh = (await fetchJson(`/v1/snapshot/${scope}`)) as Snapshot
      await until(
        `the screen ${name} at ${fresh.version}`,
        () => state().version >= fresh.version,
        60_000,
      )
      const board = boardOf(fresh)
      const own = state().board
      return tableNames.filter((table) => !isDeepStrictEqual(own[table], board[table]))
    },
  }
}
