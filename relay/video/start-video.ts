/** The relay's part in live video, put together: which cameras there are, who may watch them, and what is fetched. */
import type { WebSocket } from 'ws'
import type { Audit } from '../audit.ts'
import type { Reach } from '../reach.ts'
import { createCameraList } from './camera-list.ts'
import type { FfmpegPath } from './ffmpeg-path.ts'
import { mayWatch } from './may-watch.ts'
import { createOpener } from './open-origin.ts'
import { createPushDoor } from './push/push-door.ts'
import { followRegistry } from './registry/registry.ts'
import {
  isWhep,
  type Origin,
  type RegisteredCamera,
  type Streams,
} from './registry/streams-file.ts'
import { createSwitchboard, type SwitchboardStats } from './switchboard.ts'
import { createTeller } from './tell-cameras.ts'

interface Options {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly dataDir: string
  /** Division of cameras that name none. */
  readonly home: string
  readonly ffmpeg: FfmpegPath
  readonly audit: Audit
  /** Code of the township that an organisation is in. */
  readonly townshipOf: (organization: string) => string | null
  readonly log: (line: string) => void
  readonly warn: (line: string) => void
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Milliseconds of a clock that never steps. */
  readonly clock: () => number
}

export interface Video {
  attach(socket: WebSocket, who: { readonly reach: Reach; readonly scope: string }): void
  stats(): SwitchboardStats
  stop(): Promise<void>
}

const GRACE_MS = 10_000

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

export function startVideo(options: Options): Video {
  const { ffmpeg, log, now, clock } = options
  if (ffmpeg.kind === 'missing') options.warn(ffmpeg.sentence)
  const registry = followRegistry({ ...options, log: options.warn })
  const sees = (reach: Reach, camera: RegisteredCamera): boolean =>
    mayWatch(reach, camera, options.townshipOf)
  const cameras = createCameraList({
    cameras: () => registry.streams().cameras,
    sees,
    health: () => undefined,
    still: () => undefined,
    now,
  })
  const door = createPushDoor({ log: options.warn })
  const teller = createTeller(cameras)
  const switchboard = createSwitchboard({
    ffmpeg: ffmpeg.kind === 'found' ? ffmpeg.ffmpeg : undefined,
    open: createOpener({ now, pushed: door.feed }).open,
    log,
    limits: () => registry.streams().limits,
    mayWatch(reach, id) {
      const camera = registry.find(id)
      return camera !== undefined && sees(reach, camera)
    },
    teller,
    graceMs: GRACE_MS,
    now,
    clock,
  })
  function follow(streams: Streams): void {
    switchboard.register(originsOf(streams))
    door.follow(streams)
  }
  follow(registry.streams())
  const unfollow = registry.onChange(({ after }) => {
    follow(after)
    switchboard.review()
    cameras.changed()
  })

  return {
    attach: switchboard.attach,
    stats: switchboard.stats,
    async stop() {
      unfollow()
      registry.stop()
      teller.stop()
      cameras.stop()
      await door.stop()
      await switchboard.stop()
    },
  }
}
