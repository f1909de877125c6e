/** Phones that steer this wall: lets them, ends them, and does what they say. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Board } from '../../protocol/board.ts'
import type { OpenRemote, RemoteDesk, Steer } from '../../protocol/remote.ts'
import { isRemoteDesk, isSteer } from '../checks.ts'
import type { Socket } from '../link.ts'
import type { Agreement } from './agreement.ts'
import type { Director } from './direct.ts'
import { idOf } from './show.ts'

interface RemoteState {
  readonly desk: RemoteDesk
  /** ms of the relay's clock. */
  readonly codeUntil: number
  /** The relay lets this browser be no wall. */
  readonly isRefused: boolean
}

export interface Remote {
  readonly store: StoreApi<RemoteState>
  open(scenes: OpenRemote['scenes']): void
  end(): void
  follow(listener: (steer: Steer) => void): () => void
}

interface Ports {
  readonly socket: Socket
  readonly agreement: Agreement
  /** `431128/hall` */
  readonly id: string
}

/** A browser that is a wall by itself keeps its name while phones may steer it, so that they find it again when it is loaded anew. */
const nameOf = (county: string): string => `wall-${county}`

export function keptWall(county: string): string | null {
  return sessionStorage.getItem(nameOf(county))
}

export function newWall(county: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return `${county}/solo-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

export function createRemote({ socket, agreement, id }: Ports): Remote {
  const store = createStore<RemoteState>(() => ({ desk: null, codeUntil: 0, isRefused: false }))
  const listeners = new Set<(steer: Steer) => void>()
  const name = nameOf(id.slice(0, 6))
  socket.on('remote', (desk) => {
    if (!isRemoteDesk(desk)) return
    if (desk === null) sessionStorage.removeItem(name)
    else sessionStorage.setItem(name, id)
    store.setState({ desk, codeUntil: agreement.now() + (desk?.codeMs ?? 0), isRefused: false })
  })
  socket.on('steer', (steer) => {
    if (isSteer(steer)) for (const listener of listeners) listener(steer)
  })
  return {
    store,
    open(scenes) {
      agreement.enter(id, (isJoined) => {
        if (isJoined) socket.emit('remote-open', { scenes })
        else store.setState({ isRefused: true })
      })
    },
    end: () => void socket.emit('remote-end'),
    follow(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** In the past the rotation stands still, and a card tells what is so today. */
const inPast: readonly Steer['do'][] = ['choose', 'step', 'back']

/** Of what is asked for, what this board does not have is left. */
export function steerBy(director: Director, board: Board, steer: Steer, isPast: boolean): void {
  if (isPast && !inPast.includes(steer.do)) return
  const { back, until } = director.latest()
  switch (steer.do) {
    case 'choose': {
      const [, about] = steer.scene.split('/')
      if (idOf(steer.scene) !== 'township' || board.townships.has(about ?? ''))
        director.choose(steer.scene, 'phone')
      break
    }
    case 'step':
      director.step(steer.by)
      break
    case 'hold':
      if (until !== null) director.toggleHold()
      break
    case 'let-go':
      if (until === null) director.toggleHold()
      break
    case 'open-card':
      if (board.organizations.has(steer.id)) director.openCard(steer.id)
      break
    case 'close-card':
      director.closeCard()
      break
    case 'back':
      if (back !== null) director.goBack()
      break
  }
}
