/** The socket to the relay: subscribe, follow, resume after a gap, and notice silence. */
import { io } from 'socket.io-client'
import type { Drawn, Join, Proposal } from '../protocol/agreement.ts'
import type { Patch, Seen, Subscribe } from '../protocol/frames.ts'
import type { PinHere } from '../protocol/pins.ts'
import type { JoinRemote, OpenRemote, Steer } from '../protocol/remote.ts'
import type { Beat, CommandDone, NoticeSeen } from '../protocol/screens.ts'
import { instantMs } from '../protocol/time.ts'
import type { Wall } from './board.ts'
import { isHeartbeat, isPatch, isSnapshot } from './checks.ts'

/** Two heartbeats and a little: with the look once a second, silence is noticed within 10 s. */
const silenceMs = 8_500
const snapshotMs = 12_000
/** Grows gently at first: a relay that is started anew is back in seconds, and so should its walls be. */
const firstWaitMs = 1_000
const waitGrowth = 1.5
const longestWaitMs = 15_000

/** The part of a socket that the link, the agreement and the remote use. */
export interface Socket {
  on(name: string, listener: (message: unknown) => void): unknown
  emit(name: 'subscribe', request: Subscribe, answer: (reply: unknown) => void): unknown
  emit(name: 'seen', seen: Seen): unknown
  emit(name: 'clock', answer: (atMs: unknown) => void): unknown
  emit(name: 'join', request: Join, answer: (isJoined: unknown) => void): unknown
  emit(name: 'propose', proposal: Proposal): unknown
  emit(name: 'drawn', drawn: Drawn): unknown
  emit(name: 'pin', request: PinHere, answer: (isPinned: unknown) => void): unknown
  emit(name: 'remote-open', request: OpenRemote): unknown
  emit(name: 'remote-end'): unknown
  emit(name: 'remote-join', request: JoinRemote, answer: (reply: unknown) => void): unknown
  emit(name: 'steer', steer: Steer): unknown
  emit(name: 'beat', beat: Beat): unknown
  emit(name: 'command-done', done: CommandDone): unknown
  emit(name: 'notice-seen', seen: NoticeSeen): unknown
  connect(): unknown
  disconnect(): unknown
}

export interface LinkPorts {
  readonly scope: string
  readonly socket: Socket
  readonly fetchJson: (url: string) => Promise<unknown>
  /** Milliseconds of this machine's clock. */
  readonly clock: () => number
  /** 0 … 1 */
  readonly random: () => number
}

export function openSocket(): Socket {
  return io({
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
  }) as unknown as Socket
}

/** For a page that follows no board: it comes back by itself after a break. */
export function openLastingSocket(): Socket {
  return io({
    transports: ['websocket'],
    autoConnect: false,
    reconnectionDelayMax: 5_000,
  }) as unknown as Socket
}

export async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(snapshotMs) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.json()
}

/** Follows the relay until the returned function is called. */
export function followRelay(wall: Wall, ports: LinkPorts): () => void {
  const { socket, clock } = ports
  const relayNow = () => clock() + wall.store.getState().offsetMs
  let isOpen = false
  let isStopped = false
  let heardAt = clock()
  /** When the handshake under way began; null while open or waiting for the next one. */
  let knockedAt: number | null = null
  let attempts = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  /** Set while a subscription is being answered; patches that come meanwhile wait here. */
  let held: Patch[] | null = null
  /** Answers to an older question are not heard. */
  let question = 0

  const fail = () => {
    if (isStopped) return
    isOpen = false
    knockedAt = null
    held = null
    question += 1
    socket.disconnect()
    clearTimeout(retry)
    const waitMs =
      Math.min(longestWaitMs, firstWaitMs * waitGrowth ** attempts) * (0.5 + ports.random() / 2)
    attempts += 1
    const lostAt = wall.store.getState().lostAt ?? heardAt + wall.store.getState().offsetMs
    wall.setConnection({ connection: 'lost', lostAt, attempts, nextTryAt: relayNow() + waitMs })
    retry = setTimeout(knock, waitMs)
    if (wall.store.getState().epoch === null) void beginOld()
  }

  /** Before anything came: what is kept between here and the relay is better than nothing, with its age. */
  const beginOld = async () => {
    const body = await ports.fetchJson(`/v1/snapshot/${ports.scope}`).catch(() => null)
    const { epoch, connection, nextTryAt } = wall.store.getState()
    if (isStopped || epoch !== null || !isSnapshot(body)) return
    wall.receive(body)
    if (connection === 'lost')
      wall.setConnection({ connection, lostAt: instantMs(body.at), attempts, nextTryAt })
  }

  const knock = () => {
    knockedAt = clock()
    socket.connect()
  }

  const settle = () => {
    attempts = 0
    wall.setConnection({ connection: 'live', lostAt: null, attempts: 0, nextTryAt: null })
  }

  const subscribe = (afresh: boolean) => {
    const { epoch, version } = wall.store.getState()
    question += 1
    const asked = question
    held = held ?? []
    const request: Subscribe =
      afresh || epoch === null ? { scope: ports.scope } : { scope: ports.scope, epoch, version }
    socket.emit('subscribe', request, (reply) => {
      if (asked !== question) return
      heardAt = clock()
      void answer(reply, asked)
    })
  }

  const answer = async (reply: unknown, asked: number) => {
    const subscribed = readSubscribed(reply)
    if (subscribed === null) return fail()
    if (subscribed.mode === 'snapshot') {
      let body: unknown
      try {
        body = await ports.fetchJson(subscribed.url)
      } catch {
        // The link is down or the relay is restarting: the back-off asks again.
        if (asked === question) fail()
        return
      }
      if (asked !== question) return
      heardAt = clock()
      if (!isSnapshot(body)) return fail()
      wall.hear(body.at, clock())
      wall.receive(body)
    } else {
      wall.hear(subscribed.patch.at, clock())
      if (!wall.receive(subscribed.patch)) return subscribe(true)
    }
    const waiting = held ?? []
    held = null
    settle()
    for (const patch of waiting) if (held === null) follow(patch)
  }

  const follow = (patch: Patch) => {
    if (held !== null) {
      held.push(patch)
      return
    }
    if (wall.receive(patch)) return
    subscribe(patch.epoch !== wall.store.getState().epoch)
  }

  socket.on('connect', () => {
    isOpen = true
    knockedAt = null
    heardAt = clock()
    held = null
    subscribe(false)
  })
  socket.on('connect_error', fail)
  socket.on('disconnect', () => {
    if (isOpen) fail()
  })
  socket.on('patch', (message) => {
    heardAt = clock()
    if (!isPatch(message)) return fail()
    wall.hear(message.at, heardAt)
    follow(message)
  })
  socket.on('heartbeat', (message) => {
    heardAt = clock()
    if (!isHeartbeat(message)) return fail()
    wall.hear(message.at, heardAt)
    const { epoch, version } = wall.store.getState()
    if (held !== null) return
    if (message.epoch !== epoch) subscribe(true)
    else if (message.version > version) subscribe(false)
  })

  const beat = setInterval(() => {
    if (!isOpen) {
      // A handshake that never ends is a failure as well.
      if (knockedAt !== null && clock() - knockedAt > silenceMs) fail()
      return
    }
    if (clock() - heardAt > silenceMs) return fail()
    if (held === null) socket.emit('seen', { version: wall.store.getState().version })
  }, 1_000)
  knock()

  return () => {
    isStopped = true
    clearInterval(beat)
    clearTimeout(retry)
    socket.disconnect()
  }
}

type Answer = { mode: 'patch'; patch: Patch } | { mode: 'snapshot'; url: string }

/** Null when the relay refused or said something else. */
function readSubscribed(reply: unknown): Answer | null {
  if (typeof reply !== 'object' || reply === null || !('mode' in reply)) return null
  if (reply.mode === 'patch' && 'patch' in reply && isPatch(reply.patch))
    return { mode: 'patch', patch: reply.patch }
  if (
    reply.mode === 'snapshot' &&
    'url' in reply &&
    typeof reply.url === 'string' &&
    reply.url.startsWith('/')
  )
    return { mode: 'snapshot', url: reply.url }
  return null
}
