/**
 * WHEP for browsers: the relay hands an offer on to where the pictures are and the answer back, so that address and token
 * stay here. The pictures themselves go between the browser and that server.
 */
import { randomBytes } from 'node:crypto'
import type { Reach } from '../reach.ts'
import type { Opener } from './open-origin.ts'
import { OriginError } from './origin-error.ts'
import type { RegisteredCamera } from './registry/streams-file.ts'

export interface Whep {
  /** Throws `OriginError`. */
  offer(camera: RegisteredCamera, reach: Reach, sdp: string): Promise<Answer>
  /** False where there is no such session. */
  end(camera: string, session: string): boolean
  /** Ends the sessions of those who may watch no longer. */
  review(mayWatch: (reach: Reach, camera: string) => boolean): void
  sessions(): number
  /** Sessions of one camera. */
  of(camera: string): number
  stop(): Promise<void>
}

interface Answer {
  readonly session: string
  readonly sdp: string
}

interface Session {
  readonly camera: string
  readonly reach: Reach
  /** Where the server wants to be told of the end; undefined where it did not say. */
  readonly resource: URL | undefined
  readonly token: string | undefined
}

const PATIENCE_MS = 10_000
const MAX_SDP_BYTES = 256 * 1024
/** Browsers that go without a word leave theirs behind. */
const MAX_SESSIONS = 512

const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` }

export function createWhep({ whepOf }: { readonly whepOf: Opener['whepOf'] }): Whep {
  const sessions = new Map<string, Session>()

  /** Nobody waits for it, and the server ends what is silent by itself. */
  async function tellEnd({ resource, token }: Session): Promise<void> {
    if (resource === undefined) return
    const signal = AbortSignal.timeout(PATIENCE_MS)
    await fetch(resource, { method: 'DELETE', headers: bearer(token), signal }).catch(
      () => undefined,
    )
  }

  function close(id: string): Promise<void> {
    const session = sessions.get(id)
    sessions.delete(id)
    return session === undefined ? Promise.resolve() : tellEnd(session)
  }

  return {
    async offer({ id, tile }, reach, sdp) {
      const signal = AbortSignal.timeout(PATIENCE_MS)
      const { url, token } = await whepOf(tile, signal)
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/sdp', ...bearer(token) },
        body: sdp,
        signal,
      }).catch((error: unknown) => {
        const isLate = error instanceof DOMException && error.name === 'TimeoutError'
        throw new OriginError(isLate ? '信号源没有及时答复' : '信号源连接不上')
      })
      if (!response.ok) throw new OriginError(`信号源答复 ${response.status}`)
      const text = await response.text()
      if (text.length > MAX_SDP_BYTES || !text.startsWith('v=0'))
        throw new OriginError('信号源的答复不是 SDP')
      const location = response.headers.get('location')
      const resource = location === null ? undefined : (URL.parse(location, url) ?? undefined)
      const session = randomBytes(16).toString('base64url')
      const [oldest] = sessions.keys()
      if (sessions.size >= MAX_SESSIONS && oldest !== undefined) void close(oldest)
      sessions.set(session, { camera: id, reach, resource, token })
      return { session, sdp: text }
    },
    end(camera, id) {
      if (sessions.get(id)?.camera !== camera) return false
      void close(id)
      return true
    },
    review(mayWatch) {
      for (const [id, { reach, camera }] of sessions) if (!mayWatch(reach, camera)) void close(id)
    },
    sessions: () => sessions.size,
    of: (camera) => [...sessions.values()].filter((session) => session.camera === camera).length,
    async stop() {
      await Promise.all([...sessions.keys()].map(close))
    },
  }
}
