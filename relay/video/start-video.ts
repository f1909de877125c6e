/** The relay's part in live video, put together: which cameras there are, who may watch them, and what is fetched. */
import type { WebSocket } from 'ws'
import type { Camera, SourceStatus } from '../../protocol/video.ts'
import type { Audit } from '../audit.ts'
import type { Reach } from '../reach.ts'
import { createCameraList } from './camera-list.ts'
import type { FfmpegPath } from './ffmpeg-path.ts'
import { createHls, type Hls } from './hls/hls.ts'
import { createRound, type Round } from './look/round.ts'
import { mayWatch } from './may-watch.ts'
import { createOpener } from './open-origin.ts'
import { OriginError } from './origin-error.ts'
import { createStore } from './picture-store.ts'
import { createPushDoor } from './push/push-door.ts'
import { followRegistry, type Registry } from './registry/registry.ts'
import {
  isWhep,
  type Clearance,
  type Origin,
  type RegisteredCamera,
  type Streams,
} from './registry/streams-file.ts'
import { cameraOf, createSwitchboard, type SwitchboardStats } from './switchboard.ts'
import { createTeller } from './tell-cameras.ts'
import { createWhep, type Whep } from './whep.ts'

interface Options {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly dataDir: string
  /** Division of cameras that name none. */
  readonly home: string
  readonly ffmpeg: FfmpegPath
  readonly audit: Audit
  /** An organisation as the board has it. */
  readonly organization: (
    id: string,
  ) => { readonly name: string; readonly township: string | null } | undefined
  readonly log: (line: string) => void
  readonly warn: (line: string) => void
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Milliseconds of a clock that never steps. */
  readonly clock: () => number
}

interface VideoStats extends SwitchboardStats {
  /** Sources that are packed for players of HLS. */
  readonly packed: number
  readonly whepSessions: number
  /** Phones that push. */
  readonly pushing: number
}

export interface Video {
  attach(socket: WebSocket, who: { readonly reach: Reach; readonly scope: string }): void
  /** By a source's name: what is not there may be watched by nobody. */
  mayWatch(reach: Reach, name: string): boolean
  playlist(name: string): ReturnType<Hls['playlist']>
  part(name: string, part: string): Uint8Array | undefined
  /** Throws `OriginError`. */
  offer(name: string, reach: Reach, sdp: string): ReturnType<Whep['offer']>
  hangUp(name: string, session: string): boolean
  still: Round['still']
  /** For those who may see everything. */
  list(): readonly {
    readonly camera: Camera
    /** Undefined where browsers fetch it themselves. */
    readonly status: SourceStatus | undefined
    readonly viewers: number
    readonly clearance: Clearance | undefined
  }[]
  fault: Registry['fault']
  sign: Registry['sign']
  limits(): Streams['limits']
  /** Called when somebody may see more or less than before. */
  onChange(listener: () => void): () => void
  stats(): VideoStats
  stop(): Promise<void>
}

const GRACE_MS = 10_000
/** What all sources together may keep of their pictures. */
const KEPT_BYTES_MOST = 256 * 1024 * 1024

/** What can be watched, by the name on the wire. */
function originsOf({ cameras }: Streams): ReadonlyMap<string, Origin> {
  return new Map(
    cameras.flatMap(({ id, tile, main }) => {
      if (isWhep(tile)) return []
      return main === undefined
        ? [[id, tile]]
        : ([
            [id, tile],
            [`${id}@main`, main],
          ] as const)
    }),
  )
}

/** What is looked at, by camera, and what has to change for everything that is known of it to be forgotten. */
const seenOf = ({ cameras }: Streams): ReadonlyMap<string, string> =>
  new Map(
    cameras.flatMap(({ id, tile }) => (isWhep(tile) ? [] : [[id, JSON.stringify(tile)] as const])),
  )

export function startVideo(options: Options): Video {
  const { ffmpeg, log, now, clock } = options
  if (ffmpeg.kind === 'missing') options.warn(ffmpeg.sentence)
  const program = ffmpeg.kind === 'found' ? ffmpeg.ffmpeg : undefined
  const registry = followRegistry({ ...options, log: options.warn })
  const sees = (reach: Reach, camera: RegisteredCamera): boolean =>
    mayWatch(reach, camera, (id) => options.organization(id)?.township ?? null)
  function maySee(reach: Reach, id: string): boolean {
    const camera = registry.find(id)
    return camera !== undefined && sees(reach, camera)
  }
  const cameras = createCameraList({
    cameras: () => registry.streams().cameras,
    sees,
    health: (id) => round.health(id),
    still: (id) => round.stillOf(id),
    now,
  })
  const door = createPushDoor({ log: options.warn })
  const teller = createTeller(cameras)
  const opener = createOpener({ now, pushed: door.feed })
  const store = createStore(KEPT_BYTES_MOST)
  const hls = createHls({ store, now, clock })
  const whep = createWhep(opener)
  const switchboard = createSwitchboard({
    ffmpeg: program,
    open: opener.open,
    store,
    log,
    limits: () => registry.streams().limits,
    mayWatch: maySee,
    teller,
    graceMs: GRACE_MS,
    now,
    clock,
  })
  const round = createRound({
    ffmpeg: program,
    find: switchboard.find,
    onChange: cameras.changed,
    log: options.warn,
    now,
    clock,
  })
  function follow(streams: Streams): void {
    switchboard.register(originsOf(streams))
    round.follow(seenOf(streams), streams.lookMinutes)
    door.follow(streams)
  }
  follow(registry.streams())
  const unfollow = registry.onChange(({ after }) => {
    follow(after)
    switchboard.review()
    whep.review(maySee)
    cameras.changed()
  })

  return {
    attach: switchboard.attach,
    mayWatch: (reach, name) => maySee(reach, cameraOf(name)),
    async playlist(name) {
      const source = switchboard.find(name)
      return source === undefined ? { why: '此信号由浏览器直接播放' } : await hls.playlist(source)
    },
    part(name, part) {
      const source = switchboard.find(name)
      return source === undefined ? undefined : hls.part(source, part)
    },
    async offer(name, reach, sdp) {
      const camera = registry.find(name)
      if (camera === undefined) throw new OriginError('没有这个信号源')
      return await whep.offer(camera, reach, sdp)
    },
    hangUp: whep.end,
    still: round.still,
    list: () =>
      registry.streams().cameras.map((camera) => {
        const sources = [camera.id, `${camera.id}@main`].flatMap(
          (name) => switchboard.find(name) ?? [],
        )
        return {
          camera: cameras.rowOf(camera),
          status: sources[0]?.status(),
          viewers: sources.reduce((sum, source) => sum + source.viewers(), 0) + whep.of(camera.id),
          clearance: camera.clearance,
        }
      }),
    fault: registry.fault,
    sign: registry.sign,
    limits: () => registry.streams().limits,
    onChange: (listener) => registry.onChange(listener),
    stats: () => ({
      ...switchboard.stats(),
      bytesSent: switchboard.stats().bytesSent + hls.bytesSent(),
      packed: hls.packed(),
      whepSessions: whep.sessions(),
      pushing: door.pushing(),
    }),
    async stop() {
      unfollow()
      registry.stop()
      teller.stop()
      cameras.stop()
      round.stop()
      hls.stop()
      await whep.stop()
      await door.stop()
      await switchboard.stop()
    },
  }
}
