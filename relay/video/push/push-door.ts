/**
 * Where phones push their pictures to by RTMP: `rtmp://RELAY:PORT/live/KEY`, a key for each camera. The newest word of a
 * camera is kept from its last key frame on, so that whoever watches has a picture at once.
 */
import { createServer, type Server, type Socket } from 'node:net'
import { OriginError } from '../origin-error.ts'
import type { Feed, FeedSink } from '../pull.ts'
import type { Streams } from '../registry/streams-file.ts'
import { flvHeader, videoTag, type VideoTag } from './flv.ts'
import { openSession } from './session.ts'

export interface PushDoor {
  /** Opens, moves or closes the door, and ends who pushes with a key that counts no longer. */
  follow(streams: Streams): void
  /** Throws `OriginError` where nobody pushes. */
  feed(key: string): Feed
  pushing(): number
  stop(): Promise<void>
}

interface Publication {
  readonly socket: Socket
  sequence: VideoTag | undefined
  /** From the last key frame on. */
  tags: Buffer[]
  bytes: number
  readonly sinks: Set<FeedSink>
}

const MAX_CONNECTIONS = 256
const MAX_KEPT_BYTES = 4 * 1024 * 1024
const AGAIN_MS = 10_000

export function createPushDoor({ log }: { readonly log: (line: string) => void }): PushDoor {
  const publications = new Map<string, Publication>()
  const sockets = new Set<Socket>()
  let keys: ReadonlySet<string> = new Set()
  let place: Streams['push']
  let server: Server | undefined
  let again: NodeJS.Timeout | undefined

  function receive(publication: Publication, payload: Buffer, time: number): void {
    const tag = videoTag(payload, time)
    if (tag === undefined) return
    if (tag.isSequence) publication.sequence = tag
    else if (tag.isKey || publication.bytes + tag.bytes.length > MAX_KEPT_BYTES) {
      publication.tags = tag.isKey ? [tag.bytes] : []
      publication.bytes = tag.isKey ? tag.bytes.length : 0
    } else if (publication.tags.length > 0) {
      publication.tags.push(tag.bytes)
      publication.bytes += tag.bytes.length
    }
    for (const sink of publication.sinks) sink.write(tag.bytes)
  }

  function open(socket: Socket): void {
    if (sockets.size >= MAX_CONNECTIONS) {
      socket.destroy()
      return
    }
    sockets.add(socket)
    const address = socket.remoteAddress ?? 'unknown'
    let own: readonly [string, Publication] | undefined
    openSession({
      socket,
      publish(key) {
        if (!keys.has(key)) return false
        // A phone that lost its network comes back before its old connection is missed.
        publications.get(key)?.socket.destroy()
        own = [key, { socket, sequence: undefined, tags: [], bytes: 0, sinks: new Set() }]
        publications.set(...own)
        return true
      },
      video(payload, time) {
        if (own !== undefined) receive(own[1], payload, time)
      },
      onEnd(why) {
        sockets.delete(socket)
        if (why !== undefined) log(`push from ${address} ended: ${why}`)
        if (own === undefined) return
        if (publications.get(own[0]) === own[1]) publications.delete(own[0])
        for (const sink of own[1].sinks) sink.end('手机停止了推流')
      },
    })
  }

  function close(): Promise<void> {
    clearTimeout(again)
    const old = server
    server = undefined
    for (const socket of sockets) socket.destroy()
    return new Promise((done) => (old === undefined ? done() : old.close(() => done())))
  }

  function listen({ port, host }: NonNullable<Streams['push']>): void {
    const opened = createServer(open)
    server = opened
    opened.on('error', (error: NodeJS.ErrnoException) => {
      log(
        `phones can't push to port ${port} (${error.code ?? error.name}): free it, or choose another`,
      )
      if (server !== opened) return
      server = undefined
      again = setTimeout(() => listen({ port, host }), AGAIN_MS)
    })
    opened.listen(port, host)
  }

  return {
    follow({ cameras, push }) {
      keys = new Set(cameras.flatMap(({ tile }) => (tile.kind === 'push' ? [tile.key] : [])))
      for (const [key, { socket }] of publications) if (!keys.has(key)) socket.destroy()
      const is = keys.size > 0 ? push : undefined
      const isSame = is?.port === place?.port && is?.host === place?.host
      if (isSame && (server !== undefined || is === undefined)) return
      place = is
      void close().then(() => {
        if (is !== undefined && place === is) listen(is)
      })
    },
    feed(key) {
      if (!publications.has(key)) throw new OriginError('手机没有推流')
      return (sink) => {
        const publication = publications.get(key)
        if (publication === undefined) {
          // Not at once: whoever asked has not yet heard how to stop it.
          setImmediate(() => sink.end('手机停止了推流'))
          return () => undefined
        }
        sink.write(flvHeader)
        if (publication.sequence !== undefined) sink.write(publication.sequence.bytes)
        for (const tag of publication.tags) sink.write(tag)
        publication.sinks.add(sink)
        return () => publication.sinks.delete(sink)
      }
    },
    pushing: () => publications.size,
    async stop() {
      place = undefined
      await close()
    },
  }
}
