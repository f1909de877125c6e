/** Who is asking: a leader's or operator's bearer token, the wall on this machine, or the public. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Audience } from '../project.ts'

export interface Access {
  /** For pages, sockets and video on the wall's own machine. */
  screenAudience(request: IncomingMessage): Audience
  /** For the REST interface: the county with the operator's token, the public without. */
  callerAudience(request: IncomingMessage): Audience
  isOperator(request: IncomingMessage): boolean
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

export function createAccess(dataDir: string): Access {
  const token = Buffer.from(operatorToken(dataDir))

  function isOperator(request: IncomingMessage): boolean {
    const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
    if (given === undefined) return false
    const bytes = Buffer.from(given)
    return bytes.length === token.length && timingSafeEqual(bytes, token)
  }

  return {
    isOperator,
    callerAudience: (request) => (isOperator(request) ? 'county' : 'public'),
    screenAudience(request) {
      if (isOperator(request)) return 'county'
      const isLocal =
        loopback.has(request.socket.remoteAddress ?? '') &&
        request.headers['x-forwarded-for'] === undefined
      return isLocal ? 'wall' : 'public'
    },
  }
}
