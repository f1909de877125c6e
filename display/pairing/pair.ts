/** A screen that waits to be let in: asks for a code, shows it, and asks again until somebody has approved it. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PairOffer, PairRequest } from '../../protocol/screens.ts'
import { isPairAnswer, isPairOffer } from '../checks.ts'

export type PairState =
  | { readonly kind: 'asking' }
  | {
      readonly kind: 'waiting'
      readonly offer: PairOffer
      /** ms of this machine's clock. */
      readonly until: number
      /** The relay did not answer the last question. */
      readonly isLost: boolean
    }
  /** No code yet: the relay does not answer, or too many wait. */
  | { readonly kind: 'refused'; readonly why: 'lost' | 'busy' }
  | { readonly kind: 'paired' }

interface Ports {
  readonly request: PairRequest
  /** The answer's body; throws where there is none. */
  readonly post: (path: string, json: unknown) => Promise<unknown>
  /** Milliseconds of this machine's clock. */
  readonly clock: () => number
  readonly wait: (ms: number) => Promise<void>
}

export interface Pair {
  readonly store: StoreApi<PairState>
  stop(): void
}

/** `post` throws it where too many wait. */
export class Busy extends Error {
  override readonly name = 'Busy'
}

const retryMs = 5_000
const busyMs = 60_000

export function startPairing({ request, post, clock, wait }: Ports): Pair {
  const store = createStore<PairState>(() => ({ kind: 'asking' }))
  const put = (state: PairState) => store.setState(state, true)
  let isStopped = false

  async function begin(): Promise<PairOffer | undefined> {
    try {
      const offer = await post('/v1/pair', request)
      if (isPairOffer(offer)) return offer
      put({ kind: 'refused', why: 'lost' })
    } catch (error) {
      put({ kind: 'refused', why: error instanceof Busy ? 'busy' : 'lost' })
      await wait(error instanceof Busy ? busyMs - retryMs : 0)
    }
    await wait(retryMs)
    return undefined
  }

  /** True once somebody has let it in. */
  async function follow(offer: PairOffer): Promise<boolean> {
    const until = clock() + offer.expiresIn * 1_000
    let interval = offer.interval
    put({ kind: 'waiting', offer, until, isLost: false })
    while (!isStopped && clock() < until) {
      await wait(interval * 1_000)
      let answer: unknown
      try {
        answer = await post('/v1/pair/token', { deviceCode: offer.deviceCode })
      } catch {
        put({ kind: 'waiting', offer, until, isLost: true })
        continue
      }
      if (!isPairAnswer(answer) || answer.state === 'expired') return false
      if (answer.state === 'paired') return true
      if (answer.state === 'slow-down') interval = answer.interval
      put({ kind: 'waiting', offer, until, isLost: false })
    }
    return false
  }

  async function run(): Promise<void> {
    while (!isStopped) {
      const offer = await begin()
      if (offer !== undefined && (await follow(offer))) {
        put({ kind: 'paired' })
        return
      }
    }
  }
  void run()
  return {
    store,
    stop() {
      isStopped = true
    },
  }
}

/** The word of a link that lets this box in, which stands behind the address and is sent with no request; null without one. */
export const ticketIn = (hash: string): string | null =>
  /^#join=([A-Za-z0-9_-]{43})$/.exec(hash)?.[1] ?? null

/** True where the link let it in: its cookie says who it is from now on. A used one is no hindrance to what goes on without. */
export async function joinBy(ticket: string, send: Ports['post']): Promise<boolean> {
  try {
    const answer = await send('/v1/pair/join', { ticket })
    return isPairAnswer(answer) && answer.state === 'paired'
  } catch (error) {
    console.warn(String(error))
    return false
  }
}

export async function post(path: string, json: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
    signal: AbortSignal.timeout(12_000),
  })
  if (response.status === 429) throw new Busy()
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return response.json()
}
