/**
 * Screens on the socket: snapshot by HTTP, then patches; a screen that does
 * not keep up leaves the stream and is caught up when it speaks again.
 */
import { Server } from 'socket.io'
import { randomInt } from 'node:crypto'
import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { Compile } from 'typebox/compile'
import { Drawn, Join, Proposal } from '../../protocol/agreement.ts'
import { Seen, Subscribe, type ToRelay, type ToScreen } from '../../protocol/frames.ts'
import type { Audit } from '../audit.ts'
import { addressOf } from '../http/access.ts'
import { isSameOrigin } from '../http/origin.ts'
import type { Seat } from '../fleet/desk.ts'
import type { Hub } from '../hub.ts'
import { viewerOf, type Reach, type Viewer } from '../reach.ts'
import { broadcast, bufferedBytes, type ScreenSocket } from './broadcast.ts'
import { openFleetDoors, seatScreen, type FleetParts } from './fleet-doors.ts'
import { createPinDesk, type PinDesk } from './pin-desk.ts'
import { openPinDoor } from './pin-doors.ts'
import { openRemoteDoors } from './remote-doors.ts'
import { createRemotes } from './remotes.ts'
import { createWalls } from './walls.ts'

interface Follower {
  readonly scope: string
  readonly viewer: Viewer
  /** Version last sent, and last said to be on screen. */
  sent: number
  seen: number
  /**
   * A version that was sent and not seen yet, and when. While patches keep coming a distant screen is never level with
   * the last one, so its delay is measured on one version at a time.
   */
  awaited: { readonly version: number; readonly since: number } | undefined
  behind: boolean
}

interface Options {
  readonly http: HttpServer
  readonly hub: Hub
  /** Milliseconds that only grow, whatever the machine's clock is set to. */
  readonly clock: () => number
  /** Milliseconds of the relay's clock. */
  readonly now: () => number
  /** Who is at the other end, by its request and the `auth` of its socket. */
  readonly reachOf: (request: IncomingMessage, auth: unknown) => Reach
  /** Keeps how to cut the connection of a paired screen, until the function that it returns is called. */
  readonly holdOf?: (
    request: IncomingMessage,
    auth: unknown,
  ) => ((cut: () => void) => () => void) | undefined
  readonly heartbeatMs?: number
  /** Whether somebody of such a reach may see a camera, for those that are pinned to walls. */
  readonly mayWatch?: (reach: Reach, camera: string) => boolean
  /** For screens of the fleet, and for notices to all; `seatOf` says what is at the other end. */
  readonly fleet?: FleetParts & {
    readonly seatOf: (request: IncomingMessage, auth: unknown, scope: string) => Seat
  }
  /** For phones that steer a wall; without it none may. */
  readonly remote?: {
    /** Of the page for phones, where they reach this relay. */
    readonly addresses: () => readonly string[]
    readonly audit: Audit
  }
}

export interface Screens {
  /** Walls that are on now, with the scene that each agreed on. */
  walls(): readonly {
    readonly id: string
    readonly screens: number
    readonly scene: string | null
  }[]
  /** Cameras that are pinned to walls. */
  readonly pins: Pick<PinDesk<ScreenSocket>, 'put' | 'drop' | 'list' | 'review'>
  count(): number
  behind(): number
  stop(): Promise<void>
}

const unseenMs = 2_000
const goneMs = 60_000
/** What a screen that reads nothing may cost before it leaves the stream. */
const bufferedMost = 65_536

const subscribes = Compile(Subscribe)
const sees = Compile(Seen)
const joins = Compile(Join)
const proposes = Compile(Proposal)
const draws = Compile(Drawn)

function refusal(scopes: readonly string[]): string {
  return `没有这个范围;本中心服务的范围是 ${scopes.slice(0, 12).join('、')}${scopes.length > 12 ? ' 等' : ''}`
}

export function serveScreens(options: Options): Screens {
  const { hub, clock, now, mayWatch = () => false } = options
  const io = new Server<ToRelay, ToScreen>(options.http, {
    serveClient: false,
    transports: ['websocket'],
    perMessageDeflate: false,
    maxHttpBufferSize: 8_192,
    // A half-open connection is noticed within their sum, which stays under 10 s; at the screen as well.
    pingInterval: 4_000,
    pingTimeout: 5_000,
    allowRequest: (request, answer) => answer(null, isSameOrigin(request)),
  })
  const walls = createWalls<ScreenSocket>({
    now,
    send: (socket, agreed) => socket.emit('agreed', agreed),
    onChange: (wall) => remotes.changed(wall),
  })
  const remotes = createRemotes<ScreenSocket>({
    clock,
    now,
    walls,
    draw: (below) => randomInt(below),
    addresses: options.remote?.addresses ?? (() => []),
    tellScreen: (socket, desk) => socket.emit('remote', desk),
    tellPhone: (socket, shown) => socket.emit('shown', shown),
    endPhone: (socket) => socket.emit('remote-over'),
  })
  const pins = createPinDesk<ScreenSocket>({
    now,
    wallOf: walls.wallOf,
    mayWatch,
    send: (socket, pinned) => socket.emit('pinned', pinned),
  })
  const followers = new Map<ScreenSocket, Follower>()
  /** The same by scope and viewer: a patch concerns one group, and there are many. */
  const groups = new Map<string, Map<ScreenSocket, Follower>>()
  function groupOf(scope: string, viewer: Viewer): Map<ScreenSocket, Follower> {
    const key = `${scope} ${viewer}`
    const group = groups.get(key) ?? new Map<ScreenSocket, Follower>()
    groups.set(key, group)
    return group
  }

  function catchUp(socket: ScreenSocket, follower: Follower): void {
    const { scope, viewer } = follower
    const { epoch } = hub.version(scope)
    const patch = hub.since(scope, epoch, follower.seen, viewer)
    if (patch === undefined) {
      // Too far behind for a patch: a base beyond the screen's version makes it subscribe again.
      socket.disconnect(true)
      return
    }
    socket.emit('patch', patch)
    follower.sent = patch.version
    follower.awaited = { version: patch.version, since: clock() }
    follower.behind = false
  }

  /** The followers of a scope and viewer that keep up; what they are sent next is `version`. */
  function* keepingUp(scope: string, viewer: Viewer, version: number): Iterable<ScreenSocket> {
    const since = clock()
    for (const [socket, follower] of groupOf(scope, viewer)) {
      if (follower.behind) continue
      if (bufferedBytes(socket) > bufferedMost) {
        follower.behind = true
        continue
      }
      follower.sent = version
      follower.awaited ??= { version, since }
      yield socket
    }
  }

  io.on('connection', (socket) => {
    const reach = options.reachOf(socket.request, socket.handshake.auth)
    const { audience } = reach
    const hold = options.holdOf?.(socket.request, socket.handshake.auth)
    const letGo = hold?.(() => socket.disconnect(true))
    let stopFollowing = (): void => undefined
    let seat: Seat | undefined
    let rise = (): void => undefined

    function leave(): void {
      const follower = followers.get(socket)
      if (follower === undefined) return
      followers.delete(socket)
      groupOf(follower.scope, follower.viewer).delete(socket)
      stopFollowing()
    }

    socket.on('subscribe', (request, answer) => {
      if (typeof answer !== 'function') return
      if (!subscribes.Check(request) || !hub.scopes().includes(request.scope)) {
        answer({ mode: 'refused', reason: refusal(hub.scopes()) })
        return
      }
      const { scope } = request
      hub.flush(scope)
      const viewer = viewerOf(reach, scope)
      const { version } = hub.version(scope)
      const patch = hub.since(scope, request.epoch, request.version, viewer)
      leave()
      const follower: Follower = {
        scope,
        viewer,
        sent: version,
        seen: version,
        awaited: undefined,
        behind: false,
      }
      followers.set(socket, follower)
      groupOf(scope, viewer).set(socket, follower)
      stopFollowing = hub.follow(scope, viewer)
      if (patch !== undefined) answer({ mode: 'patch', patch })
      else answer({ mode: 'snapshot', url: `/v1/snapshot/${scope}` })
      pins.enter(socket, { scope, reach })
      if (options.fleet !== undefined) {
        rise()
        seat = options.fleet.seatOf(socket.request, socket.handshake.auth, scope)
        rise = seatScreen(socket, seat, options.fleet)
      }
    })

    socket.on('seen', (message) => {
      const follower = followers.get(socket)
      if (follower === undefined || !sees.Check(message)) return
      const { sent, awaited } = follower
      const seen = Math.min(message.version, sent)
      follower.seen = seen
      if (seen >= sent) follower.awaited = undefined
      else if (awaited === undefined || seen >= awaited.version)
        follower.awaited = { version: sent, since: clock() }
      if (follower.behind && bufferedBytes(socket) <= bufferedMost) catchUp(socket, follower)
    })

    socket.on('clock', (answer) => {
      if (typeof answer === 'function') answer(now())
    })

    socket.on('join', (request, answer) => {
      if (typeof answer !== 'function') return
      const isJoined =
        joins.Check(request) &&
        // A wall shows why its scene is on, which may name a warning.
        viewerOf(reach, request.wall.slice(0, 6)) === 'wall' &&
        walls.join(socket, request.wall)
      answer(isJoined)
      if (!isJoined) return
      remotes.welcome(socket)
      pins.tell(socket)
    })

    socket.on('propose', (proposal) => {
      if (proposes.Check(proposal)) walls.propose(socket, proposal)
    })

    socket.on('drawn', (drawn) => {
      if (draws.Check(drawn)) walls.drawn(socket, drawn.scene)
    })

    if (options.fleet !== undefined) openFleetDoors(socket, options.fleet, () => seat)
    if (options.remote !== undefined) {
      const { audit } = options.remote
      const address = addressOf(socket.request)
      openRemoteDoors(socket, { remotes, audience, address, audit })
      openPinDoor(socket, {
        desk: pins,
        audit,
        address,
        now,
        wall: () => walls.wallOf(socket),
        mayWatch: (camera) => mayWatch(reach, camera),
      })
    }

    socket.on('disconnect', () => {
      leave()
      rise()
      pins.leave(socket)
      letGo?.()
      walls.leave(socket)
    })
  })

  const stopChange = hub.onChange((changes) => {
    for (const { scope, viewer, patch } of changes) {
      broadcast(io, keepingUp(scope, viewer, patch.version), patch)
    }
  })

  const watch = setInterval(() => {
    remotes.sweep()
    pins.sweep()
    for (const [socket, follower] of followers) {
      const unseenForMs = follower.awaited === undefined ? 0 : clock() - follower.awaited.since
      if (unseenForMs > goneMs) socket.disconnect(true)
      else if (unseenForMs > unseenMs) follower.behind = true
    }
  }, 500)
  const beat = setInterval(() => {
    const byScope = new Map<string, string[]>()
    for (const [{ id }, { scope }] of followers) {
      const ids = byScope.get(scope)
      if (ids === undefined) byScope.set(scope, [id])
      else ids.push(id)
    }
    for (const [scope, ids] of byScope) io.to(ids).emit('heartbeat', hub.version(scope))
  }, options.heartbeatMs ?? 4_000)

  return {
    walls: () =>
      walls.all().map((id) => ({
        id,
        screens: walls.membersOf(id).length,
        scene: walls.agreedOn(id)?.show.scene ?? null,
      })),
    pins,
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
