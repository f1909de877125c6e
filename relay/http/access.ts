/** Who is asking: a leader's or operator's bearer token, a paired screen, the wall on this machine, or the public. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Audit } from '../audit.ts'
import type { ScreenConfig } from '../../protocol/screens.ts'
import { everywhereAs, thePublic, viewerOf, type Reach, type Viewer } from '../reach.ts'
import { operatorAt, personOf, reachOfPerson, type Person } from '../people/person.ts'
import type { Account } from '../../protocol/people.ts'
import { readCookie } from './cookies.ts'
import { createLockout, triesMost } from './lockout.ts'
import { isSameOrigin } from './origin.ts'

/**
 * What a request's token says of its sender; `locked` for a quarter of an hour after five wrong ones. `unpaired` is a
 * screen whose token counts no longer: nobody guesses 256 bits, so it locks nothing.
 */
export type Standing = 'anonymous' | 'operator' | 'screen' | 'wrong' | 'locked' | 'unpaired'

export const screenCookie = 'flagwall-screen'
export const personCookie = 'flagwall-person'
/** A browser that carries it with `public` looks as the public, whoever stands beside it: that of a television channel. */
export const asCookie = 'flagwall-as'

export interface Access {
  /** The same for one request, however often it is asked. */
  standing(request: IncomingMessage): Standing
  /** Whole seconds until the sender's address may try again; 0 where it is not locked out. */
  lockedSeconds(request: IncomingMessage): number
  /** The token of a screen's cookie, for renewing it. */
  cookieOf(request: IncomingMessage): string | undefined
  /** The screen that a header, a socket's `auth` or a cookie names; `unpaired` where its token counts no longer. */
  screenOf(request: IncomingMessage, auth?: unknown): ScreenConfig | 'unpaired' | undefined
  /** For pages, sockets and video. A browser whose cookie counts no longer is the public, as is whoever asks with `as=public`. */
  reachOf(request: IncomingMessage, auth?: unknown): Reach
  screenViewer(request: IncomingMessage, scope: string): Viewer
  /** For the REST interface: the county with the operator's token, a screen with its own, and else the public. */
  callerViewer(request: IncomingMessage, scope: string): Viewer
  isOperator(request: IncomingMessage): boolean
  /** Who is signed in, or holds the operator's token. The same for one request, however often it is asked. */
  personOf(request: IncomingMessage): Person | undefined
  /** The word of the session that a request belongs to, for ending it. */
  sessionOf(request: IncomingMessage): string | undefined
}

interface Options {
  readonly dataDir: string
  readonly audit: Audit
  /** The screen that a token was given to. */
  readonly findScreen: (token: string) => ScreenConfig | undefined
  /** The account whose session a cookie's word is of. `isActive`: a person is at the page, and not a page by itself. */
  readonly findPerson: (word: string, isActive: boolean) => Account | undefined
  /** Milliseconds of a clock that never steps. */
  readonly clock: () => number
  /** As whom an unpaired browser on this machine looks: the wall, unless the county's file says the public. */
  readonly localAudience?: 'wall' | 'public' | undefined
}

/** The token is made at the first start and kept in DATA_DIR/operator.token, readable by its owner only. */
function operatorToken(dataDir: string): string {
  const file = join(dataDir, 'operator.token')
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  }
  return readFileSync(file, 'utf8').trim()
}

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

export const addressOf = (request: IncomingMessage): string =>
  request.socket.remoteAddress ?? 'unknown'

/** A village's television must not become the wall by standing beside it. */
function asksAsPublic(request: IncomingMessage): boolean {
  const asked = new URLSearchParams((request.url ?? '').split('?')[1]).get('as')
  return asked === 'public' || readCookie(request, asCookie) === 'public'
}

export function createAccess(options: Options): Access {
  const { dataDir, audit, findScreen, findPerson, clock } = options
  const token = Buffer.from(operatorToken(dataDir))
  const known = new WeakMap<IncomingMessage, Standing>()
  const people = new WeakMap<IncomingMessage, Person | 'nobody'>()
  const lockout = createLockout(clock)

  function isToken(given: string): boolean {
    const bytes = Buffer.from(given)
    return bytes.length === token.length && timingSafeEqual(bytes, token)
  }

  function judge(request: IncomingMessage): Standing {
    const { authorization } = request.headers
    if (authorization === undefined) return 'anonymous'
    const screen = /^Screen (\S+)$/i.exec(authorization)?.[1]
    if (screen !== undefined) return findScreen(screen) === undefined ? 'unpaired' : 'screen'
    const address = addressOf(request)
    if (lockout.isLocked(address)) return 'locked'
    const given = /^Bearer (\S+)$/i.exec(authorization)?.[1]
    if (given !== undefined && isToken(given)) {
      lockout.forgive(address)
      return 'operator'
    }
    const tries = lockout.miss(address)
    audit.record(
      tries < triesMost ? 'token.refused' : 'token.locked',
      address,
      `wrong operator token, try ${tries} of ${triesMost}`,
    )
    return 'wrong'
  }

  function standing(request: IncomingMessage): Standing {
    const before = known.get(request)
    if (before !== undefined) return before
    const now = judge(request)
    known.set(request, now)
    return now
  }

  const isOperator = (request: IncomingMessage): boolean => standing(request) === 'operator'

  function sessionOf(request: IncomingMessage): string | undefined {
    const word = readCookie(request, personCookie)
    if (word === undefined || word === '') return undefined
    // Another page of the same host, on another port, is the same site to a browser and sends the cookie along.
    const isSafe = request.method === 'GET' || request.method === 'HEAD'
    if (!isSafe && (request.headers.origin === undefined || !isSameOrigin(request)))
      return undefined
    return word
  }

  function lookForPerson(request: IncomingMessage): Person | undefined {
    const address = addressOf(request)
    if (isOperator(request)) return operatorAt(address)
    const word = sessionOf(request)
    if (word === undefined) return undefined
    const account = findPerson(word, request.headers['x-passive'] === undefined)
    return account === undefined ? undefined : personOf(account, address)
  }

  function person(request: IncomingMessage): Person | undefined {
    const before = people.get(request) ?? lookForPerson(request) ?? 'nobody'
    people.set(request, before)
    return before === 'nobody' ? undefined : before
  }
  return {
    standing,
    lockedSeconds: (request) => lockout.lockedSeconds(addressOf(request)),
    isOperator,
    personOf: person,
    sessionOf,
    cookieOf: (request) => readCookie(request, screenCookie),
    screenOf,
    reachOf,
    screenViewer: (request, scope) => viewerOf(reachOf(request), scope),
    callerViewer(request, scope) {
      const screen = screenOf(request)
      if (isOperator(request)) return 'county'
      if (typeof screen === 'object') return viewerOf(reachOfScreen(screen), scope)
      const somebody = person(request)
      return somebody === undefined ? 'public' : viewerOf(reachOfPerson(somebody), scope)
    },
  }

  function screenOf(
    request: IncomingMessage,
    auth?: unknown,
  ): ScreenConfig | 'unpaired' | undefined {
    const token = tokenIn(auth) ?? tokenOf(request) ?? readCookie(request, screenCookie)
    return token === undefined ? undefined : (findScreen(token) ?? 'unpaired')
  }

  function reachOf(request: IncomingMessage, auth?: unknown): Reach {
    if (asksAsPublic(request)) return thePublic
    if (isOperator(request)) return everywhereAs('county')
    const screen = screenOf(request, auth)
    // A screen stays what it is, whoever signs in beside it.
    if (screen !== undefined && screen !== 'unpaired') return reachOfScreen(screen)
    const somebody = person(request)
    if (somebody !== undefined) return reachOfPerson(somebody)
    if (screen === 'unpaired') return thePublic
    const isWall = options.localAudience !== 'public' && isLocal(request)
    return isWall ? everywhereAs('wall') : thePublic
  }
}

/** What a client that keeps its token itself says in a socket's `auth`: `{screen: token}`. */
function tokenIn(auth: unknown): string | undefined {
  if (typeof auth !== 'object' || auth === null || !('screen' in auth)) return undefined
  return typeof auth.screen === 'string' ? auth.screen : undefined
}

function tokenOf({ headers }: IncomingMessage): string | undefined {
  return /^Screen (\S+)$/i.exec(headers.authorization ?? '')?.[1]
}

/** A browser on this machine. Whoever comes through a proxy says so, or counts as one. */
export function isLocal(request: IncomingMessage): boolean {
  return loopback.has(addressOf(request)) && request.headers['x-forwarded-for'] === undefined
}

function reachOfScreen({ audience, county, scope }: ScreenConfig): Reach {
  return { audience, code: audience === 'township' ? scope : county }
}
