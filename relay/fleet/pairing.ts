/**
 * Screens that wait to be let in, as RFC 8628 has it: each has a secret to ask with and a code to show. Kept in memory:
 * a relay that is started anew knows none of them, and they begin anew by themselves.
 */
import { codeLength, codeLetters } from '../../protocol/remote.ts'
import type { PairRequest } from '../../protocol/screens.ts'
import { hashOf } from './store.ts'

export const offerMs = 10 * 60_000
const intervalSeconds = 5
/** Added to the interval of whoever asks too soon (RFC 8628 §3.5). */
const slowerSeconds = 5
/** A line is never so even that the next question comes at the second. */
const earlyMs = 500
const offersMost = 1_000
const perAddress = 20
/** Wrong activation codes for one user code. */
const missesMost = 5
/** An answer may be lost: for so long after the first the token is given out anew. */
const takenMs = 30_000

export interface Waiting {
  readonly userCode: string
  readonly profile: PairRequest['profile']
  readonly engine: string
  readonly address: string
  readonly leftMs: number
}

interface Offer extends Omit<Waiting, 'leftMs'> {
  untilMs: number
  askedMs: number
  interval: number
  misses: number
  /** The screen that it becomes. */
  screen: string | null
  isTaken: boolean
}

export type Asked =
  | { readonly state: 'pending' | 'expired' }
  | { readonly state: 'slow-down'; readonly interval: number }
  | { readonly state: 'approved'; readonly screen: string }

interface Options {
  /** Milliseconds of a clock that never steps. */
  readonly clock: () => number
  /** A whole number from 0 to below `below`, which nobody can guess. */
  readonly draw: (below: number) => number
  /** A word that nobody can guess. */
  readonly secret: () => string
}

export interface Pairing {
  /** Undefined where too many wait, of this address or of all. */
  begin(
    address: string,
    request: PairRequest,
  ): { readonly deviceCode: string; readonly userCode: string } | undefined
  ask(deviceCode: string): Asked
  look(userCode: string): Waiting | undefined
  /** False where no such code waits. */
  approve(userCode: string, screen: string): boolean
  refuse(userCode: string): boolean
  /** Somebody tried to activate it with a wrong word; after five the code is over. */
  miss(userCode: string): void
}

export const pairTerms = { expiresIn: offerMs / 1_000, interval: intervalSeconds } as const

export function createPairing({ clock, draw, secret }: Options): Pairing {
  /** By the hash of the device code. */
  const offers = new Map<string, Offer>()
  const byCode = new Map<string, string>()

  function sweep(): void {
    for (const [key, offer] of offers) if (clock() >= offer.untilMs) drop(key, offer)
  }
  function drop(key: string, { userCode }: Offer): void {
    offers.delete(key)
    byCode.delete(userCode)
  }
  function newCode(): string {
    for (;;) {
      const code = Array.from({ length: codeLength }, () =>
        codeLetters.charAt(draw(codeLetters.length)),
      ).join('')
      if (!byCode.has(code)) return code
    }
  }
  function waiting(userCode: string): Offer | undefined {
    const offer = offers.get(byCode.get(userCode) ?? '')
    return offer !== undefined && clock() < offer.untilMs && offer.screen === null
      ? offer
      : undefined
  }

  return {
    begin(address, { profile, engine }) {
      sweep()
      const own = [...offers.values()].filter((offer) => offer.address === address)
      if (offers.size >= offersMost || own.length >= perAddress) return undefined
      const deviceCode = secret()
      const key = hashOf(deviceCode)
      const userCode = newCode()
      byCode.set(userCode, key)
      offers.set(key, {
        userCode,
        profile,
        engine,
        address,
        untilMs: clock() + offerMs,
        askedMs: -Infinity,
        interval: intervalSeconds,
        misses: 0,
        screen: null,
        isTaken: false,
      })
      return { deviceCode, userCode }
    },
    ask(deviceCode) {
      const key = hashOf(deviceCode)
      const offer = offers.get(key)
      if (offer === undefined || clock() >= offer.untilMs) return { state: 'expired' }
      const isEarly = clock() - offer.askedMs < offer.interval * 1_000 - earlyMs
      offer.askedMs = clock()
      if (isEarly) {
        offer.interval += slowerSeconds
        return { state: 'slow-down', interval: offer.interval }
      }
      if (offer.screen === null) return { state: 'pending' }
      if (!offer.isTaken) offer.untilMs = Math.min(offer.untilMs, clock() + takenMs)
      offer.isTaken = true
      return { state: 'approved', screen: offer.screen }
    },
    look(userCode) {
      const offer = waiting(userCode)
      if (offer === undefined) return undefined
      const { profile, engine, address, untilMs } = offer
      return { userCode, profile, engine, address, leftMs: Math.ceil(untilMs - clock()) }
    },
    approve(userCode, screen) {
      const offer = waiting(userCode)
      if (offer === undefined) return false
      offer.screen = screen
      return true
    },
    refuse(userCode) {
      const offer = waiting(userCode)
      if (offer === undefined) return false
      drop(byCode.get(userCode) ?? '', offer)
      return true
    },
    miss(userCode) {
      const offer = waiting(userCode)
      if (offer === undefined) return
      offer.misses += 1
      if (offer.misses >= missesMost) drop(byCode.get(userCode) ?? '', offer)
    },
  }
}
