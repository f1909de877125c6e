/** One WebSocket for all tiles of a screen; protocol/video.ts says what crosses it. */
import { instantMs } from '../../../protocol/time.ts'
import {
  readPicture,
  type Camera,
  type SourceStatus,
  type VideoMessage,
  type VideoRequest,
} from '../../../protocol/video.ts'
import { isVideoMessage } from '../../checks.ts'

export type SourceState =
  | { readonly state: 'idle' | 'connecting' | 'live'; readonly since: number }
  | { readonly state: 'waiting'; readonly since: number; readonly error: string }
  | {
      readonly state: 'lost' | 'refused'
      readonly since: number
      readonly retryAt: number
      readonly error: string
    }

export interface VideoSink {
  state(state: SourceState): void
  init(bytes: Uint8Array<ArrayBuffer>): void
  fragment(bytes: Uint8Array<ArrayBuffer>, isKey: boolean): void
}

export interface VideoLink {
  /** Several sinks may watch one source; it crosses the wire once. */
  watch(sourceId: string, sink: VideoSink): void
  unwatch(sourceId: string, sink: VideoSink): void
  /** False: every source is lost, which says nothing about any of them. */
  isOpen(): boolean
  close(): void
}

/** The cameras after what the relay told of them. */
export function camerasAfter(
  before: ReadonlyMap<string, Camera> | null,
  { isWhole, rows, gone }: ToldCameras,
): ReadonlyMap<string, Camera> {
  const next = new Map(isWhole ? [] : before)
  for (const id of gone) next.delete(id)
  for (const camera of rows) next.set(camera.id, camera)
  return next
}

export type ToldCameras = Extract<VideoMessage, { readonly type: 'cameras' }>

const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 10_000
const REFUSED_RETRY_MS = 10_000
const OPEN_TIMEOUT_MS = 8_000
const MAX_GOP_FRAGMENTS = 600

interface Channel {
  readonly sinks: Set<VideoSink>
  index: number | undefined
  state: SourceState | undefined
  /** Kept so that a second tile of the same source starts at once. */
  init: Uint8Array<ArrayBuffer> | undefined
  gop: Uint8Array<ArrayBuffer>[]
  refusedTimer: ReturnType<typeof setTimeout> | undefined
}

/** Undefined where it is of another version of the relay. */
function readMessage(text: string): VideoMessage | undefined {
  const value: unknown = JSON.parse(text)
  return isVideoMessage(value) ? value : undefined
}

function stateOf(status: SourceStatus): SourceState {
  const { state } = status
  const since = instantMs(status.since)
  if (state === 'waiting') return { state, since, error: status.error }
  if (state !== 'lost') return { state, since }
  const retryAt = Date.now() + (status.retryInMs ?? REFUSED_RETRY_MS)
  return { state, since, retryAt, error: status.error }
}

/** `onCameras` hears the list of cameras: whole after each connection, then what changed of it. */
export function createVideoLink(url: string, onCameras?: (told: ToldCameras) => void): VideoLink {
  const channels = new Map<string, Channel>()
  let byIndex = new Map<number, Channel>()
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let openTimer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let isClosed = false

  const say = (type: VideoRequest['type'], source: string): void => {
    const request: VideoRequest = { type, source }
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(request))
  }

  function setState(channel: Channel, state: SourceState): void {
    channel.state = state
    for (const sink of channel.sinks) sink.state(state)
  }

  function hear(text: string): void {
    const message = readMessage(text)
    if (message === undefined) return
    if (message.type === 'cameras') {
      onCameras?.(message)
      return
    }
    const channel = channels.get(message.source)
    if (channel === undefined) return
    if (message.type === 'state') {
      channel.index = message.index
      byIndex.set(message.index, channel)
      setState(channel, stateOf(message))
      return
    }
    const { source, reason } = message
    setState(channel, {
      state: 'refused',
      since: channel.state?.state === 'refused' ? channel.state.since : Date.now(),
      retryAt: Date.now() + REFUSED_RETRY_MS,
      error: reason,
    })
    clearTimeout(channel.refusedTimer)
    channel.refusedTimer = setTimeout(() => say('watch', source), REFUSED_RETRY_MS)
  }

  function receive(buffer: ArrayBuffer): void {
    const picture = readPicture(buffer)
    const channel = picture === undefined ? undefined : byIndex.get(picture.index)
    if (picture === undefined || channel === undefined) return
    const { kind, bytes } = picture
    if (kind === 'init') {
      channel.init = bytes
      channel.gop = []
      for (const sink of channel.sinks) sink.init(bytes)
      return
    }
    const isKey = kind === 'key'
    if (isKey) channel.gop = [bytes]
    else if (channel.gop.length > 0 && channel.gop.length < MAX_GOP_FRAGMENTS)
      channel.gop.push(bytes)
    else channel.gop = []
    for (const sink of channel.sinks) sink.fragment(bytes, isKey)
  }

  function lose(lost: WebSocket): void {
    if (socket !== lost) return
    socket = undefined
    clearTimeout(openTimer)
    byIndex = new Map()
    if (isClosed) return
    const delayMs =
      Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** failures) * (0.75 + Math.random() * 0.5)
    failures = Math.min(failures + 1, 10)
    for (const channel of channels.values()) {
      clearTimeout(channel.refusedTimer)
      channel.init = undefined
      channel.gop = []
      const since = channel.state?.state === 'lost' ? channel.state.since : Date.now()
      setState(channel, {
        state: 'lost',
        since,
        retryAt: Date.now() + delayMs,
        error: '与服务器的视频连接已断开',
      })
    }
    timer = setTimeout(connect, delayMs)
  }

  function connect(): void {
    const opening = new WebSocket(url)
    socket = opening
    opening.binaryType = 'arraybuffer'
    // A half-open network answers neither yes nor no.
    openTimer = setTimeout(() => {
      lose(opening)
      opening.close()
    }, OPEN_TIMEOUT_MS)
    opening.addEventListener('open', () => {
      clearTimeout(openTimer)
      for (const source of channels.keys()) say('watch', source)
    })
    opening.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (socket !== opening) return
      failures = 0
      if (typeof data === 'string') hear(data)
      else if (data instanceof ArrayBuffer) receive(data)
    })
    opening.addEventListener('close', () => lose(opening))
  }

  connect()

  return {
    watch(sourceId, sink) {
      const known = channels.get(sourceId)
      if (known !== undefined) {
        known.sinks.add(sink)
        if (known.state !== undefined) sink.state(known.state)
        if (known.init !== undefined && known.gop.length > 0) {
          sink.init(known.init)
          known.gop.forEach((bytes, at) => sink.fragment(bytes, at === 0))
        }
        return
      }
      channels.set(sourceId, {
        sinks: new Set([sink]),
        index: undefined,
        state: undefined,
        init: undefined,
        gop: [],
        refusedTimer: undefined,
      })
      say('watch', sourceId)
    },
    unwatch(sourceId, sink) {
      const channel = channels.get(sourceId)
      if (channel === undefined || !channel.sinks.delete(sink) || channel.sinks.size > 0) return
      clearTimeout(channel.refusedTimer)
      channels.delete(sourceId)
      if (channel.index !== undefined) byIndex.delete(channel.index)
      say('unwatch', sourceId)
    },
    isOpen: () => socket?.readyState === WebSocket.OPEN,
    close() {
      isClosed = true
      clearTimeout(timer)
      clearTimeout(openTimer)
      for (const channel of channels.values()) clearTimeout(channel.refusedTimer)
      channels.clear()
      byIndex = new Map()
      socket?.close()
    },
  }
}
