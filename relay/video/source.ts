/** One camera's pictures: fetched while somebody watches, kept from the last key frame on, fetched anew when they end. */
import { isDeepStrictEqual } from 'node:util'
import { toInstant } from '../../protocol/time.ts'
import { writePicture, type SourceStatus } from '../../protocol/video.ts'
import type { Segment } from './boxes.ts'
import { codecName } from './codec-name.ts'
import { isUnread } from './describe-end.ts'
import type { Ffmpeg } from './ffmpeg-path.ts'
import { startFetch, type Fetch } from './fetch.ts'
import type { Opener } from './open-origin.ts'
import type { Store } from './picture-store.ts'
import type { Origin } from './registry/streams-file.ts'

/** Whoever looks at a source. */
export interface Watcher {
  /** Looks on behalf of nobody: takes every coding, and makes room for those who watch. */
  readonly isBackground: boolean
  told(status: SourceStatus): void
  /** What comes next begins with another init. */
  renewed(): void
  /** A picture frame as it crosses the wire. */
  fragment(frame: Uint8Array, about: { readonly isKey: boolean; readonly seconds: number }): void
}

export interface SourcePorts {
  /** Undefined where the machine has none. */
  readonly ffmpeg: Ffmpeg | undefined
  readonly open: Opener['open']
  /** Milliseconds of a clock that never steps. */
  readonly clock: () => number
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly graceMs: number
  readonly stallMs: number
  log(line: string): void
  /** Why a source has to wait before it may start to fetch; undefined where it may. */
  refusal(source: Source, isTranscode: boolean): string | undefined
  /** A place is free again. */
  freed(): void
  /** What all sources together may keep. */
  readonly store: Store
}

export interface Source {
  readonly name: string
  readonly index: number
  /** Undefined takes it away: those who watch are told, and it starts anew when it comes back. */
  set(origin: Origin | undefined): void
  add(watcher: Watcher): void
  remove(watcher: Watcher): void
  watchers(): number
  /** Those of them who do not only look on behalf of nobody. */
  viewers(): number
  /** Somebody watches, not only on behalf of nobody. */
  isWanted(): boolean
  isUp(): boolean
  status(): SourceStatus
  /** What a decoder needs before any picture. */
  init(): Uint8Array | undefined
  /** What a new watcher needs for a picture at once. */
  pictures(): Pictures | undefined
  /** Fetches under way, those that end included. */
  fetches(): readonly Fetch[]
  /** Since when it waits for a place, by the clock; undefined while it does not. */
  waitingSince(): number | undefined
  /** Tries to start where it waits. */
  again(): void
  /** Ends what it fetches, though somebody may still look in the background. */
  yield(): void
  /** Call twice a second: ends what hangs. */
  watchStall(): void
  /** Times that it started again after it had ended unasked. */
  restarts(): number
  stop(): Promise<void>
}

export interface Pictures {
  readonly init: Uint8Array
  /** From the last key frame on. */
  readonly frames: readonly Uint8Array[]
  readonly bytes: number
}

const MAX_KEPT_BYTES = 4 * 1024 * 1024
const MAX_KEPT_FRAMES = 600
const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 10_000
/** A camera whose coding had to be changed may have been set to H.264 since. */
const CODING_KNOWN_MS = 10 * 60_000
/** Not more often is another size within the pictures a reason to start anew. */
const CHANGE_PAUSE_MS = 10_000
/** So many times as long as a picture under way may the first one take, after so many failures. */
const MOST_PATIENCE = 4
const TILE_LINES = 360
const MAIN_LINES = 720
/** How long before an address ends the next one is taken: enough for a gateway that asks the camera first. */
const RENEW_BEFORE_MS = 20_000
const RENEW_RETRY_MS = 3_000

type Status =
  | { readonly state: 'idle' | 'connecting' | 'live'; readonly since: number }
  | { readonly state: 'waiting'; readonly since: number; readonly error: string }
  | {
      readonly state: 'lost'
      readonly since: number
      readonly error: string
      /** By the clock. */
      readonly retryAt: number | undefined
    }

export function createSource(name: string, index: number, ports: SourcePorts): Source {
  const { ffmpeg, open, clock, now, log, store } = ports
  const lines = name.endsWith('@main') ? MAIN_LINES : TILE_LINES
  const watchers = new Set<Watcher>()
  let origin: Origin | undefined
  let current: Fetch | undefined
  let isEnding = false
  /** Takes over from the current one with its first key frame. */
  let next: { readonly fetch: Fetch; init: Segment | undefined } | undefined
  const ended = new Set<Fetch>()
  let isStopped = false
  let status: Status = { state: 'idle', since: now() }
  let waitingSince: number | undefined
  /** By the clock, when the fetch under way last brought something, and whether that was a picture already. */
  let brought: { readonly at: number; readonly isPicture: boolean } | undefined
  let lastFrameMs: number | undefined
  let failures = 0
  /** How often in a row a source was there and brought no picture in time: a refusal says nothing of how long its pictures take. */
  let unread = 0
  let restarts = 0
  let retryTimer: NodeJS.Timeout | undefined
  let graceTimer: NodeJS.Timeout | undefined
  let renewTimer: NodeJS.Timeout | undefined
  let init: Uint8Array | undefined
  let codec = ''
  let parameters: string | undefined
  let changedAt = -Infinity
  let kept: Uint8Array[] = []
  let keptBytes = 0
  /** By the clock, when its own coding was last found to be one that browsers do not play. */
  let foreignSince: number | undefined

  const self: Source = {
    name,
    index,
    set,
    add,
    remove,
    watchers: () => watchers.size,
    viewers: () => [...watchers].filter(({ isBackground }) => !isBackground).length,
    isWanted,
    isUp: () => origin !== undefined,
    status: told,
    init: () => init,
    pictures: () =>
      init === undefined || kept.length === 0
        ? undefined
        : { init, frames: kept, bytes: keptBytes },
    fetches: () => [
      ...(current === undefined ? [] : [current]),
      ...(next === undefined ? [] : [next.fetch]),
      ...ended,
    ],
    waitingSince: () => waitingSince,
    again: () => {
      if (waitingSince !== undefined) start()
    },
    yield: end,
    watchStall,
    restarts: () => restarts,
    stop,
  }
  return self

  function isWanted(): boolean {
    for (const { isBackground } of watchers) if (!isBackground) return true
    return false
  }

  // ── what is said ───────────────────────────────────────────────────────────────────────────────

  function told(): SourceStatus {
    const since = toInstant(status.since)
    const lastFrameAt = lastFrameMs === undefined ? undefined : toInstant(lastFrameMs)
    switch (status.state) {
      case 'live':
        return { state: 'live', since, codec, lastFrameAt: lastFrameAt ?? since }
      case 'waiting':
        return { state: 'waiting', since, error: status.error }
      case 'lost':
        return {
          state: 'lost',
          since,
          error: status.error,
          ...(lastFrameAt !== undefined && { lastFrameAt }),
          ...(status.retryAt !== undefined && {
            retryInMs: Math.max(0, Math.round(status.retryAt - clock())),
          }),
        }
      default:
        return { state: status.state, since }
    }
  }

  function become(is: Status): void {
    status = is
    waitingSince = is.state === 'waiting' ? (waitingSince ?? clock()) : undefined
    const message = told()
    for (const watcher of watchers) watcher.told(message)
  }

  function lose(error: string, retryAt: number | undefined): void {
    const since = status.state === 'lost' ? status.since : now()
    become({ state: 'lost', since, error, retryAt })
  }

  function wait(error: string): void {
    if (status.state === 'waiting' && status.error === error) return
    become({ state: 'waiting', since: status.state === 'waiting' ? status.since : now(), error })
  }

  // ── pictures ───────────────────────────────────────────────────────────────────────────────────

  function dropKept(): void {
    store.give(keptBytes)
    kept = []
    keptBytes = 0
  }

  function forgetPictures(): void {
    dropKept()
    init = undefined
    parameters = undefined
    for (const watcher of watchers) watcher.renewed()
  }

  function keep(frame: Uint8Array, isKey: boolean): void {
    if (isKey) dropKept()
    else if (kept.length === 0) return
    const isTooMuch = keptBytes + frame.length > MAX_KEPT_BYTES || kept.length >= MAX_KEPT_FRAMES
    if (isTooMuch || !store.take(frame.length)) return dropKept()
    kept.push(frame)
    keptBytes += frame.length
  }

  function receive(segment: Segment): void {
    if (segment.kind === 'init') {
      codec = segment.codec
      const isForeign = !codec.startsWith('avc')
      if (current?.coding === 'copy') foreignSince = isForeign ? clock() : undefined
      if (isForeign && isWanted()) return transcode()
      forgetPictures()
      init = writePicture('init', index, segment.bytes)
      brought = { at: clock(), isPicture: false }
      return
    }
    const { isKey, seconds } = segment
    if (isKey && hasChanged(segment.parameters)) return startAnew()
    lastFrameMs = now()
    brought = { at: clock(), isPicture: true }
    const frame = writePicture(isKey ? 'key' : 'fragment', index, segment.bytes)
    keep(frame, isKey)
    if (status.state !== 'live') {
      failures = 0
      unread = 0
      become({ state: 'live', since: now() })
    }
    for (const watcher of watchers) watcher.fragment(frame, { isKey, seconds })
  }

  /** The camera was set to another size or profile, which the init that was sent knows nothing of. */
  function hasChanged(is: string | undefined): boolean {
    if (is === undefined) return false
    const was = parameters
    parameters = is
    if (was === undefined || was === is || clock() - changedAt < CHANGE_PAUSE_MS) return false
    changedAt = clock()
    return true
  }

  function startAnew(): void {
    failures = 0
    end()
  }

  function transcode(): void {
    log(`video ${name}: ${codec} is to be turned into H.264`)
    startAnew()
  }

  // ── fetching ───────────────────────────────────────────────────────────────────────────────────

  function codingNow(): 'copy' | number {
    if (foreignSince === undefined || !isWanted()) return 'copy'
    return clock() - foreignSince > CODING_KNOWN_MS ? 'copy' : lines
  }

  function begin(coding: 'copy' | number, from: Origin, at: Ffmpeg): Fetch {
    const fetch = startFetch({
      ffmpeg: at,
      origin: from,
      open,
      coding,
      isPatient: unread > 0,
      clock,
      onSegment: (segment) => {
        if (fetch === current) {
          if (!isEnding) receive(segment)
        } else if (fetch === next?.fetch) takeOver(fetch, segment)
      },
      onLimit: (forMs) => planRenewal(Math.max(RENEW_RETRY_MS, forMs - RENEW_BEFORE_MS)),
      onEnd: (reason) => gone(fetch, reason),
    })
    return fetch
  }

  function start(): void {
    clearTimeout(retryTimer)
    retryTimer = undefined
    if (isStopped || origin === undefined || current !== undefined || watchers.size === 0) return
    if (ffmpeg === undefined) return lose('缺少程序 ffmpeg，请在服务器上安装', undefined)
    const coding = codingNow()
    const refusal = ports.refusal(self, coding !== 'copy')
    if (refusal !== undefined)
      return wait(coding === 'copy' ? refusal : `${codecName(codec)} 需转码：${refusal}`)
    // A retry stays `lost` on the screen until a picture proves the opposite.
    if (status.state !== 'lost') become({ state: 'connecting', since: now() })
    isEnding = false
    brought = undefined
    current = begin(coding, origin, ffmpeg)
  }

  function planRenewal(inMs: number): void {
    clearTimeout(renewTimer)
    renewTimer = setTimeout(renew, inMs)
  }

  /** Takes the next address while the old one still plays. */
  function renew(): void {
    if (current === undefined || isEnding || next !== undefined || origin === undefined) return
    if (ffmpeg === undefined || watchers.size === 0) return
    // Without a place for a second program the first one plays until it is cut off.
    if (ports.refusal(self, false) !== undefined) return planRenewal(RENEW_RETRY_MS)
    next = { fetch: begin(current.coding, origin, ffmpeg), init: undefined }
  }

  function takeOver(fetch: Fetch, segment: Segment): void {
    if (next?.fetch !== fetch) return
    if (segment.kind === 'init') next.init = segment
    else if (segment.isKey && next.init !== undefined) {
      const begun = next.init
      next = undefined
      retire()
      current = fetch
      isEnding = false
      receive(begun)
      receive(segment)
    }
  }

  /** What it fetched until now ends, and concerns nobody any more. */
  function retire(): void {
    if (current === undefined) return
    const old = current
    current = undefined
    ended.add(old)
    void old.stop()
  }

  function gone(fetch: Fetch, reason: string): void {
    if (ended.delete(fetch)) return ports.freed()
    if (fetch === next?.fetch) {
      next = undefined
      planRenewal(RENEW_RETRY_MS)
      return ports.freed()
    }
    const wasAsked = isEnding
    current = undefined
    brought = undefined
    isEnding = false
    clearTimeout(renewTimer)
    if (next !== undefined) {
      // It was to take over anyway.
      current = next.fetch
      const { init: begun } = next
      next = undefined
      forgetPictures()
      if (begun !== undefined) receive(begun)
      return ports.freed()
    }
    forgetPictures()
    if (isStopped) return
    if (origin === undefined) {
      if (watchers.size > 0) lose('信号源已停用', undefined)
    } else if (watchers.size === 0) {
      failures = 0
      become({ state: 'idle', since: now() })
    } else if (wasAsked && failures === 0) {
      if (isWanted()) start()
      else wait('让位给正在观看的画面')
    } else retryLater(wasAsked && status.state === 'lost' ? status.error : reason)
    ports.freed()
  }

  function retryLater(error: string): void {
    if (isUnread(error)) unread += 1
    const delayMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** failures)
    failures = Math.min(failures + 1, 10)
    restarts += 1
    log(`video ${name}: ${error}; again in ${delayMs} ms`)
    lose(error, clock() + delayMs)
    clearTimeout(retryTimer)
    retryTimer = setTimeout(start, delayMs)
  }

  function end(): void {
    clearTimeout(retryTimer)
    retryTimer = undefined
    clearTimeout(renewTimer)
    if (next !== undefined) {
      ended.add(next.fetch)
      void next.fetch.stop()
      next = undefined
    }
    if (current === undefined || isEnding) return
    isEnding = true
    // `gone` follows up; a stop can't fail, the second signal is KILL.
    void current.stop()
  }

  /** A process may hang without ending: RTSP over a dead link says nothing for minutes. */
  function watchStall(): void {
    const since = current?.readingSince()
    if (current === undefined || since === undefined || isEnding) return
    // Between init and picture lies a wait for the next key frame, and a busy machine takes long for both.
    const patience =
      brought?.isPicture === true ? 1 : Math.min(MOST_PATIENCE, Math.max(1, failures))
    if (clock() - (brought?.at ?? since) < ports.stallMs * patience) return
    failures = Math.max(failures, 1)
    if (brought?.isPicture !== true) unread += 1
    lose(init === undefined ? '连接信号源超时' : '画面中断，没有新数据', undefined)
    end()
  }

  // ── who watches ────────────────────────────────────────────────────────────────────────────────

  function add(watcher: Watcher): void {
    watchers.add(watcher)
    clearTimeout(graceTimer)
    graceTimer = undefined
    if (current === undefined && retryTimer === undefined) start()
    else if (!watcher.isBackground && current?.coding === 'copy' && foreignSince !== undefined)
      transcode()
  }

  function remove(watcher: Watcher): void {
    if (!watchers.delete(watcher) || isStopped || watchers.size > 0 || graceTimer !== undefined)
      return
    if (watcher.isBackground) return rest()
    graceTimer = setTimeout(rest, ports.graceMs)
  }

  function rest(): void {
    graceTimer = undefined
    if (watchers.size > 0) return
    failures = 0
    if (current !== undefined) return end()
    clearTimeout(retryTimer)
    retryTimer = undefined
    if (status.state !== 'idle') become({ state: 'idle', since: now() })
  }

  function set(is: Origin | undefined): void {
    if (isDeepStrictEqual(origin, is)) return
    origin = is
    foreignSince = undefined
    failures = 0
    const isRunning = current !== undefined
    end()
    if (isRunning) return
    if (is !== undefined) start()
    else if (watchers.size > 0) lose('信号源已停用', undefined)
  }

  async function stop(): Promise<void> {
    isStopped = true
    clearTimeout(graceTimer)
    end()
    await Promise.all(self.fetches().map((fetch) => fetch.stop()))
    dropKept()
  }
}
