/**
 * Screens on the socket: snapshot by HTTP, then patches; a screen that does
 * not keep up leaves the stream and is caught up when it speaks again.
 */
import { Server, type Socket } from 'socket.io'
import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { Value } from 'typebox/value'
import { Seen, Subscribe, type ToRelay, type ToScreen } from '../../protocol/frames.ts'
import type { Hub } from '../hub.ts'
import type { Audience } from '../project.ts'

interface Follower {
  readonly scope: string
  readonly audience: Audience
  /** Version last sent, and last said to be on screen. */
  sent: number
  seen: number
  /** When the screen was last level with what was sent, or fell behind. */
  levelAt: number
  behind: boolean
}

interface Options {
  readonly http: HttpServer
  readonly hub: Hub
  readonly now: () => number
  readonly audienceOf: (request: IncomingMessage) => Audience
  readonly heartbeatMs?: number
}

export interface Screens {
  count(): number
  behind(): number
  stop(): Promise<void>
}

const unseenMs = 2_000
const goneMs = 60_000

/** Neither Socket.IO nor ws checks the origin by itself. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}

/** Screens that are sent the same. */
const roomOf = (scope: string, audience: Audience): string => `${scope} ${audience}`

function refusal(scopes: readonly string[]): string {
  return `没有这个范围;本中心服务的范围是 ${scopes.slice(0, 12).join('、')}${scopes.length > 12 ? ' 等' : ''}`
}

export function serveScreens(options: Options): Screens {
  const { hub, now } = options
  const io = new Server<ToRelay, ToScreen>(options.http, {
    serveClient: false,
    transports: ['websocket'],
    perMessageDeflate: false,
    maxHttpBufferSize: 8_192,
    pingInterval: 5_000,
    pingTimeout: 5_000,
    allowRequest: (request, answer) => answer(null, isSameOrigin(request)),
  })
  const followers = new Map<Socket<ToRelay, ToScreen>, Follower>()

  function catchUp(socket: Socket<ToRelay, ToScreen>, follower: Follower): void {
    const { scope, audience } = follower
    const { epoch } = hub.version(scope)
    const patch = hub.since(scope, epoch, follower.seen, audience)
    if (patch === undefined) {
      // Too far behind for a patch: a base beyond the screen's version makes it subscribe again.
      socket.disconnect(true)
      return
    }
    socket.emit('patch', patch)
    follower.sent = patch.version
    follower.levelAt = now()
    follower.behind = false
    void socket.join(roomOf(scope, audience))
  }

  io.on('connection', (socket) => {
    const audience = options.audienceOf(socket.request)
    let stopFollowing = (): void => undefined

    function leave(): void {
      const before = followers.get(socket)
      if (before === undefined) return
      followers.delete(socket)
      stopFollowing()
      void socket.leave(roomOf(before.scope, audience))
    }

    socket.on('subscribe', (request, answer) => {
      if (typeof answer !== 'function') return
      if (!Value.Check(Subscribe, request) || !hub.scopes().includes(request.scope)) {
        answer({ mode: 'refused', reason: refusal(hub.scopes()) })
        return
      }
      const { scope } = request
      hub.flush(scope)
      const { version } = hub.version(scope)
      const patch = hub.since(scope, request.epoch, request.version, audience)
      leave()
      followers.set(socket, {
        scope,
        audience,
        sent: version,
        seen: version,
        levelAt: now(),
        behind: false,
      })
      stopFollowing = hub.follow(scope)
      void socket.join(roomOf(scope, audience))
      if (patch !== undefined) answer({ mode: 'patch', patch })
      else answer({ mode: 'snapshot', url: `/v1/snapshot/${scope}` })
    })

    socket.on('seen', (message) => {
      const follower = followers.get(socket)
      if (follower === undefined || !Value.Check(Seen, message)) return
      follower.seen = Math.min(message.version, follower.sent)
      if (follower.seen >= follower.sent) follower.levelAt = now()
      if (follower.behind) catchUp(socket, follower)
    })

    socket.on('disconnect', leave)
  })

  const stopChange = hub.onChange((changes) => {
    for (const { scope, audience, patch } of changes) {
      io.to(roomOf(scope, audience)).emit('patch', patch)
      for (const follower of followers.values()) {
        if (follower.scope !== scope || follower.audience !== audience || follower.behind) continue
        if (follower.seen >= follower.sent) follower.levelAt = now()
        follower.sent = patch.version
      }
    }
  })

  const watch = setInterval(() => {
    for (const [socket, follower] of followers) {
      const unseen = now() - follower.levelAt
      if (follower.seen >= follower.sent) continue
      if (unseen > goneMs) socket.disconnect(true)
      else if (unseen > unseenMs && !follower.behind) {
        follower.behind = true
        void socket.leave(roomOf(follower.scope, follower.audience))
      }
    }
  }, 500)
  const beat = setInterval(() => {
    const rooms = new Set<string>()
    for (const [socket, { scope, audience, behind }] of followers) {
      const room = roomOf(scope, audience)
      if (behind) socket.emit('heartbeat', hub.version(scope))
      else if (!rooms.has(room)) {
        rooms.add(room)
        io.to(room).emit('heartbeat', hub.version(scope))
      }
    }
  }, options.heartbeatMs ?? 5_000)

  return {
    count: () => followers.size,
    behind: () => [...followers.values()].filter((follower) => follower.behind).length,
    async stop() {
      clearInterval(watch)
      clearInterval(beat)
      stopChange()
      await io.close()
    },
  }
}
