/** Who watches which camera: one fetch a source however many watch it, within what the machine bears. */
import type { WebSocket } from 'ws'
import type { Camera, SourceStatus } from '../../protocol/video.ts'
import type { Reach } from '../reach.ts'
import type { Ffmpeg } from './ffmpeg-path.ts'
import type { Opener } from './open-origin.ts'
import type { Store } from './picture-store.ts'
import type { Origin } from './registry/streams-file.ts'
import { createSource, type Source } from './source.ts'
import type { Teller } from './tell-cameras.ts'
import { createViewer, type Viewer } from './viewer.ts'

export interface SwitchboardOptions {
  /** Undefined makes every source `lost` with a sentence that says so. */
  readonly ffmpeg: Ffmpeg | undefined
  readonly open: Opener['open']
  log(line: string): void
  /** Programs at once, and how many of them may transcode; each of those costs about half a core. */
  limits(): { readonly processes: number; readonly transcodes: number }
  /** Whether somebody of such a reach may watch a camera, by its id. */
  mayWatch(reach: Reach, camera: string): boolean
  readonly teller?: Teller
  /** How long a source without viewers keeps running. */
  readonly graceMs: number
  /** A source without a frame for this long is restarted. Default 6000. */
  readonly stallMs?: number
  readonly store: Store
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Milliseconds of a clock that never steps. */
  readonly clock: () => number
}

export type SourceReport = {
  readonly name: string
  readonly index: number
  readonly watchers: number
} & SourceStatus

export interface SwitchboardStats {
  readonly processes: number
  readonly transcodes: number
  readonly pids: readonly number[]
  readonly viewers: number
  readonly sources: number
  readonly bytesSent: number
  readonly keptBytes: number
  /** Times a viewer that couldn't keep up was made to skip to the next key frame. */
  readonly skips: number
  /** Times a source started again after it had ended unasked. */
  readonly restarts: number
}

export interface Switchboard {
  sources(): readonly SourceReport[]
  find(name: string): Source | undefined
  /** Makes the sources equal to these: those that are not among them any more are taken away. */
  register(origins: ReadonlyMap<string, Origin>): void
  /** Ends what a viewer may not watch any more. */
  review(): void
  attach(socket: WebSocket, who: { readonly reach: Reach; readonly scope: string }): void
  stop(): Promise<void>
  stats(): SwitchboardStats
}

const WATCHDOG_MS = 500
const HEARTBEAT_MS = 15_000
const MAX_VIEWERS = 256
const MAX_SOURCES = 0xffff
const TRY_AGAIN_LATER = 1013

/** A source's camera: `xintian-1` of `xintian-1@main`. */
export const cameraOf = (name: string): Camera['id'] => name.replace(/@main$/, '')

export function createSwitchboard(options: SwitchboardOptions): Switchboard {
  const { log, limits, mayWatch, teller, stallMs = 6_000 } = options
  const sources = new Map<string, Source>()
  let bytesSent = 0
  let skips = 0
  let isStopped = false

  const all = (): Source[] => [...sources.values()]
  const fetches = () => all().flatMap((source) => source.fetches())

  function refusal(source: Source, isTranscode: boolean): string | undefined {
    const { processes, transcodes } = limits()
    const running = fetches()
    if (isTranscode) {
      if (transcodes === 0) return '本中心不转码，请在摄像机上改用 H.264'
      const busy = running.filter(({ coding }) => coding !== 'copy').length
      if (busy >= transcodes) return `同时转码已到上限 ${transcodes} 路，有空位时自动接入`
    }
    if (running.length < processes) return undefined
    // One that nobody watches any more makes room: its end starts whoever waits.
    if (source.isWanted())
      all()
        .find((other) => !other.isWanted() && other.fetches().length > 0)
        ?.yield()
    return `同时拉流已到上限 ${processes} 路，有空位时自动接入`
  }

  /** Places go to those who watch first, and among them to whoever waits longest. */
  function freed(): void {
    if (isStopped) return
    const waiting = all().filter((source) => source.waitingSince() !== undefined)
    const since = (source: Source): number => source.waitingSince() ?? 0
    waiting.sort((a, b) => Number(b.isWanted()) - Number(a.isWanted()) || since(a) - since(b))
    for (const source of waiting) source.again()
  }

  const ports = {
    ffmpeg: options.ffmpeg,
    open: options.open,
    clock: options.clock,
    now: options.now,
    graceMs: options.graceMs,
    stallMs,
    log,
    refusal,
    freed,
    store: options.store,
  }

  function find(name: string): Source | undefined {
    const source = sources.get(name)
    return source?.isUp() === true ? source : undefined
  }

  const findFor = (reach: Reach, name: string): Source | string =>
    mayWatch(reach, cameraOf(name)) ? (find(name) ?? '没有这个信号源') : '无权观看此信号'

  const sockets = new Map<Viewer, WebSocket>()
  const watchdog = setInterval(() => {
    for (const source of sources.values()) source.watchStall()
  }, WATCHDOG_MS)
  const heartbeat = setInterval(() => {
    for (const [viewer, socket] of sockets) if (!viewer.beat()) socket.terminate()
  }, HEARTBEAT_MS)

  return {
    find,
    sources: () =>
      all()
        .filter((source) => source.isUp())
        .map((source) => ({
          name: source.name,
          index: source.index,
          watchers: source.watchers(),
          ...source.status(),
        })),

    register(origins) {
      for (const [name, origin] of origins) {
        const known = sources.get(name)
        if (known === undefined && sources.size > MAX_SOURCES) continue
        const source = known ?? createSource(name, sources.size, ports)
        sources.set(name, source)
        source.set(origin)
      }
      for (const [name, source] of sources) if (!origins.has(name)) source.set(undefined)
    },

    review() {
      for (const viewer of sockets.keys())
        viewer.review((name) => (find(name) === undefined ? '摄像机已移除' : '此信号已停止公开'))
    },

    attach(socket, { reach, scope }) {
      if (isStopped) return socket.close(1001, 'relay is stopping')
      if (sockets.size >= MAX_VIEWERS) return socket.close(TRY_AGAIN_LATER, 'too many screens')
      const viewer = createViewer({
        socket,
        reach,
        scope,
        find: (name) => findFor(reach, name),
        log,
        sent: (bytes) => (bytesSent += bytes),
        skipped: () => (skips += 1),
      })
      sockets.set(viewer, socket)
      socket.on('close', () => {
        sockets.delete(viewer)
        teller?.leave(viewer)
        viewer.leave()
      })
      teller?.join(viewer)
    },

    async stop() {
      isStopped = true
      clearInterval(watchdog)
      clearInterval(heartbeat)
      for (const socket of sockets.values()) socket.close(1001, 'relay is stopping')
      await Promise.all(all().map((source) => source.stop()))
    },

    stats: () => ({
      processes: fetches().length,
      transcodes: fetches().filter(({ coding }) => coding !== 'copy').length,
      pids: fetches().flatMap((fetch) => fetch.pid() ?? []),
      viewers: sockets.size,
      sources: all().filter((source) => source.isUp()).length,
      bytesSent,
      keptBytes: options.store.used(),
      skips,
      restarts: all().reduce((sum, source) => sum + source.restarts(), 0),
    }),
  }
}
