/** This browser as one of several that are one wall: what it proposes, what all agreed on, and whether it leads. */
import type { WallShow } from '../../protocol/agreement.ts'
import type { Wall } from '../board.ts'
import { isAgreed } from '../checks.ts'
import type { Socket } from '../link.ts'
import { offsetOf, sampleOf, withSample, type Samples } from './relay-clock.ts'
import type { Show } from './show.ts'

/** A show that is on from an instant of the relay's clock. */
export interface Dated {
  readonly show: Show
  readonly from: number
}

export interface Agreement {
  /** ms of the relay's clock, now and not at the last tick. */
  now(): number
  /** False while the relay is not there: then each browser goes on by itself, by the same board and clock. */
  isJoined(): boolean
  leads(): boolean
  /** From now on a part of this wall; `done` says whether the relay took it. */
  enter(id: string, done: (isJoined: boolean) => void): void
  propose(dated: Dated): void
  /** A scene that was agreed on stands here, drawn and not seen yet. */
  drawn(scene: string): void
  /** What others proposed; null asks a leader for what it shows. */
  follow(listener: (agreed: Dated | null) => void): () => void
  stop(): void
}

interface Ports {
  readonly socket: Socket
  /** `431128/hall`; null for a browser that is a wall by itself, until it enters one. */
  readonly id: string | null
  /** Milliseconds of this machine's clock. */
  readonly clock: () => number
}

/** So many questions about the time one after the other at first, when a page that is loading answers slowly, then some now and again. */
const burst = 8
const few = 3
const askMs = 5_000
const restsMost = 24

export function agree(wall: Wall, { socket, id: first, clock }: Ports): Agreement {
  let id = first
  let isJoined = false
  let leads = false
  /** The latest agreement known, own proposals that are on their way included. */
  let ordinal = 0
  let samples: Samples = []
  const listeners = new Set<(agreed: Dated | null) => void>()
  let last: Dated | null | undefined

  const ask = (times: number) => {
    const sentMs = clock()
    socket.emit('clock', (atMs) => {
      if (typeof atMs !== 'number') return
      const heardMs = clock()
      samples = withSample(samples, sampleOf(sentMs, heardMs, atMs))
      wall.measure(offsetOf(samples), heardMs)
      if (times > 1) ask(times - 1)
    })
  }
  const hear = (agreed: Dated | null) => {
    last = agreed
    for (const listener of listeners) listener(agreed)
  }

  const join = (done: (isJoined: boolean) => void = () => undefined) => {
    if (id === null) return
    samples = []
    ask(burst)
    socket.emit('join', { wall: id }, (answer) => {
      isJoined = answer === true
      done(isJoined)
    })
  }

  socket.on('connect', () => join())
  socket.on('disconnect', () => {
    isJoined = false
    leads = false
    last = undefined
  })
  socket.on('agreed', (message) => {
    if (!isAgreed(message)) return
    isJoined = true
    leads = message.leads
    // What this browser proposed is known to it, and it may have proposed more since.
    if (message.isOwn && message.ordinal <= ordinal) return
    ordinal = message.ordinal
    if (message.agreed !== null)
      hear({ show: ofWire(message.agreed.show), from: message.agreed.from })
    else if (leads) hear(null)
  })
  const timer = setInterval(() => {
    if (isJoined) ask(few)
  }, askMs)

  return {
    now: () => clock() + wall.store.getState().offsetMs,
    isJoined: () => isJoined,
    leads: () => leads,
    enter(wallId, done) {
      if (isJoined && id === wallId) return done(true)
      id = wallId
      join(done)
    },
    propose({ show, from }) {
      socket.emit('propose', { after: ordinal, from, show: toWire(show) })
      ordinal += 1
    },
    drawn(scene) {
      socket.emit('drawn', { scene })
    },
    follow(listener) {
      listeners.add(listener)
      if (last !== undefined) listener(last)
      return () => listeners.delete(listener)
    },
    stop() {
      clearInterval(timer)
    },
  }
}

function toWire(show: Show): WallShow {
  const rests = [...show.rests].map(([key, until]) => ({ key, until }))
  return { ...show, waiting: [...show.waiting], rests: rests.slice(-restsMost) }
}

function ofWire(show: WallShow): Show {
  return { ...show, rests: new Map(show.rests.map(({ key, until }) => [key, until])) }
}
