import type { RawData, WebSocket } from 'ws'
import {
  requestBytesMost,
  writePicture,
  type SourceStatus,
  type VideoMessage,
} from '../../protocol/video.ts'
import type { Segment } from './boxes.ts'
import { readRequest } from './request.ts'
import { refuseUrl, startPull, type Pull } from './pull.ts'

export interface VideoSource {
  readonly id: string
  /** A file (played in a loop, in real time) or rtsp, rtmp, http(s), tcp or srt. Never leaves the relay. */
  readonly url: string
}

export interface GatewayOptions {
  /** Path of the program; undefined makes every source `lost` with a sentence that says so. */
  readonly ffmpeg: string | undefined
  log(line: string): void
  /** How many ffmpeg may run at once. */
  readonly maxProcesses: number
  /** How many of them may transcode, each costs about half a core. Default 1. */
  readonly maxTranscodes?: number
  /** How long a source without viewers keeps running. */
  readonly graceMs: number
  /** A source without a frame for this long is restarted. Default 6000. */
  readonly stallMs?: number
  /** Epoch milliseconds. */
  now(): number
}

export type SourceReport = {
  readonly id: string
  readonly index: number
  readonly viewers: number
} & SourceStatus

export interface GatewayStats {
  readonly processes: number
  readonly pids: readonly number[]
  readonly viewers: number
  readonly sources: number
  readonly bytesSent: number
  /** Times a viewer that couldn't keep up was made to skip to the next key frame. */
  readonly skips: number
}

export interface Gateway {
  sources(): readonly SourceReport[]
  /** Adds a source or moves it to another URL. Throws a sentence on a URL ffmpeg must not get. */
  up(source: VideoSource): void
  /** Forgets a source; its viewers see `lost` and start again when it comes back up. */
  down(id: string): void
  attach(socket: WebSocket, viewer: { mayWatch(sourceId: string): boolean }): void
  stop(): Promise<void>
  stats(): GatewayStats
}

const MAX_BUFFERED_BYTES = 1024 * 1024
const MAX_WATCHES = 64
const MAX_GOP_BYTES = 4 * 1024 * 1024
const MAX_GOP_FRAGMENTS = 600
const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 10_000
const WATCHDOG_MS = 500
const HEARTBEAT_MS = 15_000
const POLICY_VIOLATION = 1008

interface Viewer {
  readonly socket: WebSocket
  readonly mayWatch: (sourceId: string) => boolean
  /** What this viewer still needs before a plain fragment makes sense to its decoder. */
  readonly watches: Map<string, 'init' | 'key' | 'nothing'>
  isAlive: boolean
}

interface Source {
  readonly id: string
  readonly index: number
  url: string
  /** False after `down`: the index stays reserved and nothing runs. */
  isUp: boolean
  status: Status
  /** Set while a process exists, also while it is ending. */
  pull: Pull | undefined
  isEnding: boolean
  mode: 'copy' | 'transcode'
  /** When its process began or last gave a frame, ms of a clock that nobody sets. */
  signAt: number
  lastFrameAt: number | undefined
  failures: number
  retryTimer: NodeJS.Timeout | undefined
  graceTimer: NodeJS.Timeout | undefined
  init: Uint8Array | undefined
  codec: string
  gop: Uint8Array[]
  gopBytes: number
}

type Status =
  | { readonly state: 'idle' | 'connecting' | 'live'; readonly since: number }
  | {
      readonly state: 'lost'
      readonly since: number
      readonly error: string
      readonly retryAt: number | undefined
    }

const iso = (at: number): string => new Date(at).toISOString()

export function createGateway(options: GatewayOptions): Gateway {
  const { ffmpeg, log, maxProcesses, graceMs, now, maxTranscodes = 1, stallMs = 6_000 } = options
  const sources = new Map<string, Source>()
  const viewers = new Set<Viewer>()
  let bytesSent = 0
  let skips = 0
  let isStopped = false

  const all = (): Source[] => [...sources.values()]
  const running = (): Source[] => all().filter((source) => source.pull !== undefined)
  const watchersOf = (id: string): Viewer[] =>
    [...viewers].filter((viewer) => viewer.watches.has(id))

  // ── towards the viewers ────────────────────────────────────────────────────────────────────────

  function reportOf(source: Source): SourceStatus {
    const { status, lastFrameAt } = source
    const since = iso(status.since)
    if (status.state === 'live') {
      return {
        state: 'live',
        since,
        codec: source.codec,
        lastFrameAt: iso(lastFrameAt ?? status.since),
      }
    }
    if (status.state !== 'lost') return { state: status.state, since }
    return {
      state: 'lost',
      since,
      error: status.error,
      ...(lastFrameAt === undefined ? {} : { lastFrameAt: iso(lastFrameAt) }),
      ...(status.retryAt === undefined ? {} : { retryInMs: Math.max(0, status.retryAt - now()) }),
    }
  }

  function say(viewer: Viewer, message: VideoMessage): void {
    if (viewer.socket.readyState === viewer.socket.OPEN) viewer.socket.send(JSON.stringify(message))
  }

  const sayState = (viewer: Viewer, source: Source): void =>
    say(viewer, { type: 'state', source: source.id, index: source.index, ...reportOf(source) })

  function setStatus(source: Source, status: Status): void {
    source.status = status
    for (const viewer of watchersOf(source.id)) sayState(viewer, source)
  }

  function sendFrame(viewer: Viewer, frame: Uint8Array): void {
    bytesSent += frame.length
    viewer.socket.send(frame, { binary: true }, (error) => {
      // The close event that follows removes the viewer; here is only the reason.
      if (error !== undefined && error !== null) log(`video viewer: ${error.message}`)
    })
  }

  function isFull(viewer: Viewer): boolean {
    return (
      viewer.socket.readyState !== viewer.socket.OPEN ||
      viewer.socket.bufferedAmount > MAX_BUFFERED_BYTES
    )
  }

  /** The init segment and everything since the last key frame: a picture at once. */
  function sendRunningGop(viewer: Viewer, source: Source): void {
    if (source.init === undefined || source.gop.length === 0 || isFull(viewer)) return
    if (source.gopBytes + viewer.socket.bufferedAmount > MAX_BUFFERED_BYTES) return
    sendFrame(viewer, source.init)
    for (const frame of source.gop) sendFrame(viewer, frame)
    viewer.watches.set(source.id, 'nothing')
  }

  function fanOut(source: Source, frame: Uint8Array, isKey: boolean): void {
    for (const viewer of watchersOf(source.id)) {
      const needs = viewer.watches.get(source.id)
      if (isFull(viewer)) {
        if (needs === 'nothing') {
          skips += 1
          viewer.watches.set(source.id, 'key')
        }
        continue
      }
      if (needs !== 'nothing') {
        if (!isKey || source.init === undefined) continue
        if (needs === 'init') sendFrame(viewer, source.init)
        viewer.watches.set(source.id, 'nothing')
      }
      sendFrame(viewer, frame)
    }
  }

  // ── one source ─────────────────────────────────────────────────────────────────────────────────

  function receive(source: Source, segment: Segment): void {
    if (segment.kind === 'init') {
      if (source.mode === 'copy' && !segment.codec.startsWith('avc')) {
        const transcoding = running().filter((other) => other.mode === 'transcode').length
        if (transcoding < maxTranscodes) {
          log(`video ${source.id}: ${segment.codec} is transcoded to H.264`)
          source.mode = 'transcode'
          source.failures = 0
          end(source)
          return
        }
      }
      source.init = writePicture('init', source.index, segment.bytes)
      source.codec = segment.codec
      source.gop = []
      source.gopBytes = 0
      for (const viewer of watchersOf(source.id)) viewer.watches.set(source.id, 'init')
      return
    }
    source.lastFrameAt = now()
    source.signAt = performance.now()
    const frame = writePicture(segment.isKey ? 'key' : 'fragment', source.index, segment.bytes)
    if (segment.isKey) {
      source.gop = [frame]
      source.gopBytes = frame.length
    } else if (source.gop.length > 0) {
      source.gop.push(frame)
      source.gopBytes += frame.length
      if (source.gop.length > MAX_GOP_FRAGMENTS || source.gopBytes > MAX_GOP_BYTES) {
        source.gop = []
        source.gopBytes = 0
      }
    }
    if (source.status.state !== 'live') {
      source.failures = 0
      setStatus(source, { state: 'live', since: now() })
    }
    fanOut(source, frame, segment.isKey)
  }

  function forgetPictures(source: Source): void {
    source.init = undefined
    source.gop = []
    source.gopBytes = 0
    for (const viewer of watchersOf(source.id)) viewer.watches.set(source.id, 'init')
  }

  function lose(source: Source, error: string, retryAt: number | undefined): void {
    const since = source.status.state === 'lost' ? source.status.since : now()
    setStatus(source, { state: 'lost', since, error, retryAt })
  }

  function start(source: Source): void {
    clearTimeout(source.retryTimer)
    source.retryTimer = undefined
    if (
      isStopped ||
      !source.isUp ||
      source.pull !== undefined ||
      watchersOf(source.id).length === 0
    )
      return
    if (ffmpeg === undefined) return lose(source, '缺少程序 ffmpeg，请在服务器上安装', undefined)
    if (running().length >= maxProcesses) {
      // One that nobody watches any more makes room: its end starts whoever waits.
      const unused = running().find(
        ({ graceTimer, isEnding }) => graceTimer !== undefined && !isEnding,
      )
      if (unused !== undefined) end(unused)
      return lose(source, `同时拉流已到上限 ${maxProcesses} 路`, undefined)
    }
    // A retry stays `lost` on the screen until a picture proves the opposite.
    if (source.status.state !== 'lost') setStatus(source, { state: 'connecting', since: now() })
    source.signAt = performance.now()
    source.isEnding = false
    const pull = startPull({
      ffmpeg,
      url: source.url,
      mode: source.mode,
      isPatient: source.failures > 1,
      onSegment: (segment) => {
        if (!source.isEnding) receive(source, segment)
      },
      onEnd: (reason) => ended(source, reason),
    })
    source.pull = pull
  }

  function ended(source: Source, reason: string): void {
    const wasAsked = source.isEnding
    source.pull = undefined
    source.isEnding = false
    forgetPictures(source)
    if (isStopped) return
    if (!source.isUp) {
      if (watchersOf(source.id).length > 0) lose(source, '信号源已停用', undefined)
    } else if (watchersOf(source.id).length === 0) {
      source.failures = 0
      setStatus(source, { state: 'idle', since: now() })
    } else if (wasAsked && source.failures === 0) {
      start(source)
    } else {
      retryLater(source, wasAsked && source.status.state === 'lost' ? source.status.error : reason)
    }
    // A freed process goes to whoever waits for one.
    for (const waiting of all()) {
      if (
        waiting.status.state === 'lost' &&
        waiting.status.retryAt === undefined &&
        waiting.pull === undefined
      )
        start(waiting)
    }
  }

  function retryLater(source: Source, error: string): void {
    const delayMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** source.failures)
    source.failures = Math.min(source.failures + 1, 10)
    log(`video ${source.id}: ${error}; again in ${delayMs} ms`)
    lose(source, error, now() + delayMs)
    clearTimeout(source.retryTimer)
    source.retryTimer = setTimeout(() => start(source), delayMs)
  }

  function end(source: Source): void {
    clearTimeout(source.retryTimer)
    source.retryTimer = undefined
    if (source.pull === undefined || source.isEnding) return
    source.isEnding = true
    // `ended` follows up; a stop can't fail, the second signal is KILL.
    void source.pull.stop()
  }

  function watched(source: Source): void {
    clearTimeout(source.graceTimer)
    source.graceTimer = undefined
    if (source.pull === undefined && source.retryTimer === undefined) start(source)
  }

  function unwatched(source: Source): void {
    if (isStopped || watchersOf(source.id).length > 0 || source.graceTimer !== undefined) return
    source.graceTimer = setTimeout(() => {
      source.graceTimer = undefined
      if (watchersOf(source.id).length > 0) return
      source.failures = 0
      if (source.pull === undefined) {
        clearTimeout(source.retryTimer)
        source.retryTimer = undefined
        setStatus(source, { state: 'idle', since: now() })
      } else end(source)
    }, graceMs)
  }

  // A process may hang without ending: RTSP over a dead link says nothing for minutes.
  const watchdog = setInterval(function watchStalls() {
    for (const source of running()) {
      if (source.isEnding) continue
      if (performance.now() - source.signAt < stallMs) continue
      source.failures = Math.max(source.failures, 1)
      lose(source, source.init === undefined ? '连接信号源超时' : '画面中断，没有新数据', undefined)
      end(source)
    }
  }, WATCHDOG_MS)

  const heartbeat = setInterval(function dropDeadViewers() {
    for (const viewer of viewers) {
      if (!viewer.isAlive) viewer.socket.terminate()
      else {
        viewer.isAlive = false
        viewer.socket.ping()
      }
    }
  }, HEARTBEAT_MS)

  // ── one viewer ─────────────────────────────────────────────────────────────────────────────────

  function sourceFor(id: string): Source | undefined {
    const known = sources.get(id)
    if (known !== undefined || sources.size >= 0xffff) return known
    const source: Source = {
      id,
      index: sources.size,
      url: '',
      isUp: false,
      status: { state: 'idle', since: now() },
      pull: undefined,
      isEnding: false,
      mode: 'copy',
      signAt: 0,
      lastFrameAt: undefined,
      failures: 0,
      retryTimer: undefined,
      graceTimer: undefined,
      init: undefined,
      codec: '',
      gop: [],
      gopBytes: 0,
    }
    sources.set(id, source)
    return source
  }

  function watch(viewer: Viewer, id: string): void {
    if (viewer.watches.has(id)) return
    if (!viewer.mayWatch(id))
      return say(viewer, { type: 'refused', source: id, reason: '无权观看此信号' })
    const source = sources.get(id)
    if (source === undefined)
      return say(viewer, { type: 'refused', source: id, reason: '没有这个信号源' })
    if (viewer.watches.size >= MAX_WATCHES) {
      return say(viewer, {
        type: 'refused',
        source: id,
        reason: `一块屏幕最多同时观看 ${MAX_WATCHES} 路`,
      })
    }
    viewer.watches.set(id, 'init')
    if (!source.isUp && source.pull === undefined) lose(source, '信号源已停用', undefined)
    else sayState(viewer, source)
    sendRunningGop(viewer, source)
    watched(source)
  }

  function unwatch(viewer: Viewer, id: string): void {
    if (!viewer.watches.delete(id)) return
    const source = sources.get(id)
    if (source !== undefined) unwatched(source)
  }

  function hear(viewer: Viewer, data: RawData, isBinary: boolean): void {
    const bytes = Array.isArray(data)
      ? Buffer.concat(data)
      : Buffer.isBuffer(data)
        ? data
        : Buffer.from(data)
    if (isBinary) return viewer.socket.close(POLICY_VIOLATION, 'control messages are text')
    if (bytes.length > requestBytesMost) {
      return viewer.socket.close(POLICY_VIOLATION, `message over ${requestBytesMost} bytes`)
    }
    const message = readRequest(bytes.toString('utf8'))
    if (typeof message === 'string') return viewer.socket.close(POLICY_VIOLATION, message)
    if (message.type === 'watch') watch(viewer, message.source)
    else unwatch(viewer, message.source)
  }

  return {
    sources: () =>
      all()
        .filter((source) => source.isUp)
        .map((source) => ({
          id: source.id,
          index: source.index,
          viewers: watchersOf(source.id).length,
          ...reportOf(source),
        })),

    up({ id, url }) {
      const refusal = refuseUrl(url)
      if (refusal !== undefined) throw new Error(refusal)
      const source = sourceFor(id)
      if (source === undefined) throw new Error('信号源数量已到上限 65535')
      const isSame = source.isUp && source.url === url
      source.isUp = true
      if (isSame) return
      source.url = url
      source.mode = 'copy'
      source.failures = 0
      end(source)
      if (source.pull === undefined) start(source)
    },

    down(id) {
      const source = sources.get(id)
      if (source === undefined) return
      source.isUp = false
      if (source.pull === undefined) {
        clearTimeout(source.retryTimer)
        source.retryTimer = undefined
        if (watchersOf(id).length > 0) lose(source, '信号源已停用', undefined)
      } else end(source)
    },

    attach(socket, { mayWatch }) {
      if (isStopped) return socket.close(1001, 'relay is stopping')
      const viewer: Viewer = { socket, mayWatch, watches: new Map(), isAlive: true }
      viewers.add(viewer)
      socket.on('message', (data, isBinary) => hear(viewer, data, isBinary))
      socket.on('pong', () => {
        viewer.isAlive = true
      })
      // Without a listener a broken connection would end the relay; `close` follows and cleans up.
      socket.on('error', (error) => log(`video viewer: ${error.message}`))
      socket.on('close', () => {
        viewers.delete(viewer)
        for (const id of viewer.watches.keys()) unwatch(viewer, id)
      })
    },

    async stop() {
      isStopped = true
      clearInterval(watchdog)
      clearInterval(heartbeat)
      for (const viewer of viewers) viewer.socket.close(1001, 'relay is stopping')
      const ends: Promise<void>[] = []
      for (const source of all()) {
        clearTimeout(source.retryTimer)
        clearTimeout(source.graceTimer)
        source.graceTimer = undefined
        if (source.pull !== undefined) {
          source.isEnding = true
          ends.push(source.pull.stop())
        }
      }
      await Promise.all(ends)
      // Closing viewers may have asked for a grace period in the meantime.
      for (const source of all()) clearTimeout(source.graceTimer)
    },

    stats: () => ({
      processes: running().length,
      pids: running().flatMap((source) =>
        source.pull?.pid === undefined ? [] : [source.pull.pid],
      ),
      viewers: viewers.size,
      sources: all().filter((source) => source.isUp).length,
      bytesSent,
      skips,
    }),
  }
}
