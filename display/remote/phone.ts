/** What a phone knows of the wall that it steers: joins by a code, comes back by its pass, and says what somebody wants. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import {
  type JoinRemote,
  type RemoteJoined,
  type Shown,
  type Steer,
} from '../../protocol/remote.ts'
import { isRemoteJoined, isShown } from '../checks.ts'
import type { Socket } from '../link.ts'

type Joined = Extract<RemoteJoined, { readonly state: 'joined' }>

export type PhoneState =
  /** Somebody has to type a code; `mistake` says why again. */
  | { readonly kind: 'asking'; readonly mistake: string | null }
  | { readonly kind: 'connecting' }
  | {
      readonly kind: 'joined'
      readonly scope: string
      readonly scenes: Joined['scenes']
      /** ms of this machine's clock. */
      readonly until: number
      readonly isLost: boolean
      /** Null until the relay has told. */
      readonly shown: Shown | null
    }
  | { readonly kind: 'over' }

export interface Phone {
  readonly store: StoreApi<PhoneState>
  enter(code: string): void
  steer(steer: Steer): void
  stop(): void
}

interface Ports {
  readonly socket: Socket
  /** What outlives a reload of this tab. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  /** Milliseconds of this machine's clock. */
  readonly clock: () => number
  /** The code that the address brought. */
  readonly code: string | null
}

const passName = 'remote-pass'

const mistakes = {
  refused: '口令无效或已过期,请看大屏上的新口令',
  full: '已有八部手机在遥控,请先在大屏上结束',
} as const

export function createPhone({ socket, storage, clock, code: brought }: Ports): Phone {
  let code = brought
  const begins = code !== null || storage.getItem(passName) !== null
  const store = createStore<PhoneState>(() =>
    begins ? { kind: 'connecting' } : { kind: 'asking', mistake: null },
  )
  let shown: Shown | null = null
  const put = (state: PhoneState) => store.setState(state, true)

  const end = () => {
    storage.removeItem(passName)
    shown = null
    put({ kind: 'over' })
  }
  const hear = (reply: unknown) => {
    code = null
    if (!isRemoteJoined(reply)) return put({ kind: 'asking', mistake: '请刷新页面再试' })
    switch (reply.state) {
      case 'joined': {
        const { pass, scope, scenes, leftMs } = reply
        storage.setItem(passName, pass)
        const until = clock() + leftMs
        return put({ kind: 'joined', scope, scenes, until, isLost: false, shown })
      }
      case 'over':
        return end()
      case 'locked': {
        const mistake = `输错次数过多,请 ${Math.ceil(reply.seconds / 60)} 分钟后再试`
        return put({ kind: 'asking', mistake })
      }
      case 'refused':
      case 'full':
        return put({ kind: 'asking', mistake: mistakes[reply.state] })
    }
  }
  const join = () => {
    const pass = storage.getItem(passName)
    const request: JoinRemote | null = code !== null ? { code } : pass !== null ? { pass } : null
    if (request !== null) socket.emit('remote-join', request, hear)
  }

  socket.on('connect', join)
  socket.on('disconnect', (reason) => {
    const state = store.getState()
    if (state.kind === 'joined') put({ ...state, isLost: true })
    // Whom the relay sends away does not come back by itself.
    if (reason === 'io server disconnect') socket.connect()
  })
  socket.on('shown', (message) => {
    if (!isShown(message)) return
    shown = message
    const state = store.getState()
    if (state.kind === 'joined') put({ ...state, shown })
  })
  socket.on('remote-over', end)
  if (begins) socket.connect()

  return {
    store,
    enter(typed) {
      code = typed
      put({ kind: 'connecting' })
      // On a line that is open nothing connects; one that is not yet joins when it is.
      socket.disconnect()
      socket.connect()
    },
    steer(steer) {
      const state = store.getState()
      if (state.kind === 'joined' && !state.isLost) socket.emit('steer', steer)
    },
    stop: () => void socket.disconnect(),
  }
}
