/** One screen on the video socket: several sources over one connection, and never more than it takes. */
import type { RawData, WebSocket } from 'ws'
import { requestBytesMost, type VideoMessage } from '../../protocol/video.ts'
import type { Reach } from '../reach.ts'
import { readRequest } from './request.ts'
import type { Source, Watcher } from './source.ts'

export interface ViewerOptions {
  readonly socket: WebSocket
  readonly reach: Reach
  /** Division whose cameras it is told of. */
  readonly scope: string
  /** A source that this viewer may watch, or a sentence saying why not. */
  find(name: string): Source | string
  log(line: string): void
  sent(bytes: number): void
  skipped(): void
}

export interface Viewer {
  readonly reach: Reach
  readonly scope: string
  say(message: VideoMessage): void
  /** Ends what `find` does not give any more, with the reason that `whyClosed` tells. */
  review(whyClosed: (name: string) => string): void
  /** False where it did not answer since the last time. */
  beat(): boolean
  leave(): void
}

const MAX_BUFFERED_BYTES = 1024 * 1024
/** Pictures on their way when a source is closed. */
const MAX_LEFT_BYTES = 128 * 1024
const MAX_WATCHES = 64
const POLICY_VIOLATION = 1008

export function createViewer(options: ViewerOptions): Viewer {
  const { socket, find, log, sent, skipped } = options
  const watches = new Map<string, { readonly source: Source; readonly watcher: Watcher }>()
  let isAlive = true

  function say(message: VideoMessage): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  }

  function send(frame: Uint8Array): void {
    sent(frame.length)
    socket.send(frame, { binary: true }, (error) => {
      // The close event that follows removes the viewer; here is only the reason.
      if (error !== undefined && error !== null) log(`video viewer: ${error.message}`)
    })
  }

  const isFull = (): boolean =>
    socket.readyState !== socket.OPEN || socket.bufferedAmount > MAX_BUFFERED_BYTES

  function createWatcher(source: Source): Watcher & { begin(): void } {
    /** What is missing before a plain fragment makes sense to the decoder. */
    let needs: 'init' | 'key' | 'nothing' = 'init'
    return {
      isBackground: false,
      told: (status) => say({ type: 'state', source: source.name, index: source.index, ...status }),
      renewed() {
        needs = 'init'
      },
      /** The init segment and everything since the last key frame: a picture at once. */
      begin() {
        const pictures = source.pictures()
        if (pictures === undefined || isFull()) return
        if (pictures.bytes + socket.bufferedAmount > MAX_BUFFERED_BYTES) return
        send(pictures.init)
        for (const frame of pictures.frames) send(frame)
        needs = 'nothing'
      },
      fragment(frame, { isKey }) {
        if (isFull()) {
          if (needs !== 'nothing') return
          skipped()
          needs = 'key'
          return
        }
        if (needs !== 'nothing') {
          const init = source.init()
          if (!isKey || (needs === 'init' && init === undefined)) return
          if (needs === 'init' && init !== undefined) send(init)
          needs = 'nothing'
        }
        send(frame)
      },
    }
  }

  function watch(name: string): void {
    if (watches.has(name)) return
    const found = watches.size < MAX_WATCHES ? find(name) : `一块屏幕最多同时观看 ${MAX_WATCHES} 路`
    if (typeof found === 'string') return say({ type: 'refused', source: name, reason: found })
    const watcher = createWatcher(found)
    watches.set(name, { source: found, watcher })
    watcher.told(found.status())
    watcher.begin()
    found.add(watcher)
  }

  function unwatch(name: string): void {
    const known = watches.get(name)
    watches.delete(name)
    known?.source.remove(known.watcher)
  }

  socket.on('message', (data: RawData, isBinary) => {
    const bytes = Array.isArray(data)
      ? Buffer.concat(data)
      : Buffer.isBuffer(data)
        ? data
        : Buffer.from(data)
    if (isBinary) return socket.close(POLICY_VIOLATION, 'requests are text')
    if (bytes.length > requestBytesMost)
      return socket.close(POLICY_VIOLATION, `request over ${requestBytesMost} bytes`)
    const request = readRequest(bytes.toString('utf8'))
    if (typeof request === 'string') return socket.close(POLICY_VIOLATION, request)
    if (request.type === 'watch') watch(request.source)
    else unwatch(request.source)
  })
  socket.on('pong', () => {
    isAlive = true
  })
  // Without a listener a broken connection would end the relay; `close` follows and cleans up.
  socket.on('error', (error) => log(`video viewer: ${error.message}`))

  return {
    reach: options.reach,
    scope: options.scope,
    say,
    review(whyClosed) {
      for (const name of watches.keys()) {
        if (typeof find(name) !== 'string') continue
        unwatch(name)
        say({ type: 'closed', source: name, reason: whyClosed(name) })
        // What waits in its buffer would still be shown, however slowly it is taken.
        if (socket.bufferedAmount > MAX_LEFT_BYTES) socket.terminate()
      }
    },
    beat() {
      const was = isAlive
      isAlive = false
      if (was) socket.ping()
      return was
    },
    leave() {
      for (const name of watches.keys()) unwatch(name)
    },
  }
}
