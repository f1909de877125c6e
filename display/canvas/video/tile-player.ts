import { readCodec } from './codec.ts'
import { silence, watchFrames } from './frame-watch.ts'
import { createTileReport } from './tile-report.ts'
import { chaseEdge, type TileState } from './tile-state.ts'
import type { SourceState, VideoLink, VideoSink } from './video-link.ts'

const TICK_MS = 250
const BACK_BUFFER_SECONDS = 5
const MAX_QUEUE_BYTES = 4 * 1024 * 1024
/** Fragments come but nothing is decoded: the decoder is stuck and gets a new MediaSource. */
const STUCK_MS = 5_000
const REBUILD_PAUSE_MS = 3_000

interface Pipeline {
  readonly media: MediaSource
  readonly objectUrl: string
  readonly codec: string
  buffer: SourceBuffer | undefined
  queue: Uint8Array<ArrayBuffer>[]
  queuedBytes: number
  needsKey: boolean
}

function join(parts: readonly Uint8Array<ArrayBuffer>[], bytes: number): Uint8Array<ArrayBuffer> {
  const [first] = parts
  if (parts.length === 1 && first !== undefined) return first
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Nothing comes of it, and it says why. */
const isDown = (source: SourceState | undefined): boolean =>
  source !== undefined && 'error' in source

/** Plays what the video socket brings, by MSE, near its live edge. */
export function createTilePlayer(
  link: VideoLink,
  video: HTMLVideoElement,
  sourceId: string,
  onState: (state: TileState) => void,
): { dispose(): void } {
  const { known, report, sawFrame } = createTileReport(onState)
  let pipeline: Pipeline | undefined
  let init: Uint8Array<ArrayBuffer> | undefined
  let lastFragmentAt = 0
  let decoded = 0
  let decodedAt = 0
  let builtAt = 0
  let isDisposed = false

  function play(): void {
    video.play().catch((error: unknown) => {
      // A rebuild interrupts its own play(); only a refusal is news, and the watchdog shows it as a held picture.
      if (error instanceof DOMException && error.name === 'AbortError') return
      console.warn(`video ${sourceId}: play() refused`, error)
    })
  }

  function tearDown(): void {
    if (pipeline === undefined) return
    const { buffer, objectUrl } = pipeline
    pipeline = undefined
    // No abort(): it throws while old pictures are being removed, and the load() beneath ends both.
    buffer?.removeEventListener('updateend', pump)
    video.removeAttribute('src')
    video.load()
    URL.revokeObjectURL(objectUrl)
  }

  /** A new MediaSource with the last init segment; pictures start at the next key frame. */
  function build(): void {
    tearDown()
    if (init === undefined || isDisposed) return
    const codec = readCodec(init)
    const type = `video/mp4; codecs="${codec ?? ''}"`
    if (
      codec === undefined ||
      typeof MediaSource === 'undefined' ||
      !MediaSource.isTypeSupported(type)
    ) {
      known.refusedCodec = codec ?? '未知编码'
      report()
      return
    }
    known.refusedCodec = undefined
    builtAt = Date.now()
    decoded = 0
    decodedAt = builtAt
    const media = new MediaSource()
    const built: Pipeline = {
      media,
      objectUrl: URL.createObjectURL(media),
      codec,
      buffer: undefined,
      queue: [init],
      queuedBytes: init.length,
      needsKey: true,
    }
    pipeline = built
    media.addEventListener(
      'sourceopen',
      () => {
        if (pipeline !== built) return
        built.buffer = media.addSourceBuffer(type)
        built.buffer.addEventListener('updateend', pump)
        pump()
      },
      { once: true },
    )
    video.src = built.objectUrl
    play()
  }

  function pump(): void {
    const current = pipeline
    const buffer = current?.buffer
    if (
      current === undefined ||
      buffer === undefined ||
      buffer.updating ||
      current.media.readyState !== 'open'
    )
      return
    try {
      chase(buffer)
      if (current.queue.length > 0) {
        const bytes = join(current.queue, current.queuedBytes)
        current.queue = []
        current.queuedBytes = 0
        buffer.appendBuffer(bytes)
        return
      }
      const { buffered } = buffer
      const trimTo = video.currentTime - BACK_BUFFER_SECONDS
      // A margin of its own, so that not every append is followed by a removal.
      if (buffered.length > 0 && trimTo - buffered.start(0) > 2) buffer.remove(0, trimTo)
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
      // QuotaExceededError, or a decoder that gave up between two calls: both end in a fresh pipeline.
      rebuildSoon(error.name)
    }
  }

  function rebuildSoon(reason: string): void {
    if (Date.now() - builtAt < REBUILD_PAUSE_MS) {
      tearDown()
      return
    }
    console.info(`video ${sourceId}: rebuilt (${reason})`)
    build()
  }

  function chase(buffer: SourceBuffer): void {
    const { buffered } = buffer
    const newest = buffered.length - 1
    if (newest < 0) return
    const move = chaseEdge(
      video.currentTime,
      buffered.start(newest),
      buffered.end(newest),
      video.playbackRate,
    )
    if (move.kind === 'jump') {
      video.currentTime = move.to
      video.playbackRate = 1
    } else if (video.playbackRate !== move.rate) video.playbackRate = move.rate
    if (video.paused) play()
  }

  const sink: VideoSink = {
    state(next) {
      if (isDown(known.source) && !isDown(next)) known.recoveredAt = Date.now()
      known.source = next
      report()
    },
    init(bytes) {
      init = bytes
      build()
    },
    fragment(bytes, isKey) {
      lastFragmentAt = Date.now()
      if (pipeline === undefined) {
        // Torn down after repeated failures: try again once the pause is over.
        if (!isKey || known.refusedCodec !== undefined || Date.now() - builtAt < REBUILD_PAUSE_MS)
          return
        build()
      }
      const current = pipeline
      if (current === undefined) return
      if (current.needsKey && !isKey) return
      current.needsKey = false
      if (current.queuedBytes + bytes.length > MAX_QUEUE_BYTES) {
        current.queue = []
        current.queuedBytes = 0
        current.needsKey = true
        // The init segment may have been in the dropped queue.
        if (current.buffer === undefined || current.buffer.buffered.length === 0)
          rebuildSoon('queue overflow')
        return
      }
      current.queue.push(bytes)
      current.queuedBytes += bytes.length
      pump()
    },
  }

  function watchDecoder(): void {
    const frames = watch.decoded()
    const now = Date.now()
    if (frames !== decoded) {
      decoded = frames
      decodedAt = now
    }
    watch.look()
    pump()
    // A busy screen decodes before it shows, and a hidden one decodes nothing: neither is helped by starting over.
    const isFed = now - lastFragmentAt < 1_000 && !document.hidden
    if (pipeline !== undefined && isFed && now - decodedAt > STUCK_MS) rebuildSoon('decoder stuck')
    report()
  }

  const onError = (): void => {
    if (pipeline !== undefined && video.error !== null)
      rebuildSoon(`media error ${video.error.code}`)
  }

  silence(video)
  video.addEventListener('error', onError)
  const watch = watchFrames(video, sawFrame)
  const ticker = setInterval(watchDecoder, TICK_MS)
  report()
  link.watch(sourceId, sink)

  return {
    dispose() {
      if (isDisposed) return
      isDisposed = true
      clearInterval(ticker)
      link.unwatch(sourceId, sink)
      watch.stop()
      video.removeEventListener('error', onError)
      tearDown()
    },
  }
}
