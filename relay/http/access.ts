/** Who is asking: a leader's or operator's bearer token, the wall on this machine, or the public. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Audit } from '../audit.ts'
import type { Audience } from '../project.ts'
import { createLockout, triesMost } from './lockout.ts'

/** What a request's bearer token says of its sender; `locked` for a quarter of an hour after five wrong ones. */
export type Standing = 'anonymous' | 'operator' | 'wrong' | 'locked'

export interface Access {
  /** The same for one request, however often it is asked. */
  standing(request: IncomingMessage): Standing
  /** Whole seconds until the sender's address may try again; 0 where it is not locked out. */
  lockedSeconds(request: IncomingMessage): number
  /** For pages, sockets and video on the wall's own machine. */
  screenAudience(request: IncomingMessage): Audience
  /** For the REST interface: the county with the operator's token, the public without. */
  callerAudience(request: IncomingMessage): Audience
  isOperator(request: IncomingMessage): boolean
}

interface Options {
  readonly dataDir: string
  readonly audit: Audit
  /** Milliseconds of a clock that never steps. */
  readonly clock: () => number
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

export function createAccess({ dataDir, audit, clock }: Options): Access {
  const token = Buffer.from(operatorToken(dataDir))
  const known = new WeakMap<IncomingMessage, Standing>()
  const lockout = createLockout(clock)

  function isToken(given: string): boolean {
    const bytes = Buffer.from(given)
    return bytes.length === token.length && timingSafeEqual(bytes, token)
  }

  function judge(request: IncomingMessage): Standing {
    const { authorization } = request.headers
    if (authorization === undefined) return 'anonymous'
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
  return {
    standing,
    lockedSeconds: (request) => lockout.lockedSeconds(addressOf(request)),
    isOperator,
    callerAudience: (request) => (isOperator(request) ? 'county' : 'public'),
    screenAudience(request) {
      if (isOperator(request)) return 'county'
      const isLocal =
        loopback.has(addressOf(request)) && request.headers['x-forwarded-for'] === undefined
      return isLocal ? 'wall' : 'public'
    },
  }
}
