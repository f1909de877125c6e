/**
 * Pretends to be the county's cameras behind a media gateway: each at `http://127.0.0.1:PORT/ID.flv` for any number of
 * readers. Nothing runs for a camera that nobody reads, and no process for any of them.
 */
import { createServer, type ServerResponse } from 'node:http'
import { flvHead, flvPicture } from './flv.ts'
import { createReel, type Reel, type ReelPlan, type Shot } from './reel.ts'

export interface FilmedCamera extends ReelPlan {
  readonly id: string
  /** Answers 404 while true, and cuts off who reads. */
  isLost?(nowMs: number): boolean
}

export interface Publisher {
  /** Port in use, for `port: 0`. */
  readonly port: number
  url(id: string): string
  /** Sends nothing for a camera until `resume`, and keeps its connections. */
  hold(id: string): void
  resume(id: string): void
  stop(): Promise<void>
}

export interface PublisherOptions {
  readonly cameras: readonly FilmedCamera[]
  /** 0 takes a free one. */
  readonly port: number
  now?(): number
}

const MAX_READER_BYTES = 2 * 1024 * 1024

interface Channel {
  readonly camera: FilmedCamera
  readonly reel: Reel
  readonly readers: Set<ServerResponse>
  /** Since the last key picture, so that a new reader needn't wait for the next. */
  group: Shot[]
  timer: NodeJS.Timeout | undefined
  isHeld: boolean
}

export async function startPublisher({
  cameras,
  port,
  now = Date.now,
}: PublisherOptions): Promise<Publisher> {
  const startMs = now() - 1_000
  const channels = new Map(
    cameras.map((camera, at): [string, Channel] => [
      camera.id,
      {
        camera,
        // Apart by a part of a second, so that not all send their large pictures at once.
        reel: createReel(camera, startMs - ((at * 137) % 1000)),
        readers: new Set(),
        group: [],
        timer: undefined,
        isHeld: false,
      },
    ]),
  )

  function roll(channel: Channel): void {
    clearTimeout(channel.timer)
    const { camera, reel, readers } = channel
    if (readers.size === 0) return
    const nowMs = now()
    if (camera.isLost?.(nowMs) === true) {
      for (const reader of readers) reader.destroy()
      return
    }
    if (!channel.isHeld) {
      for (const shot of reel.until(nowMs)) {
        const isOther =
          shot.isKey && channel.group[0] !== undefined && !channel.group[0].sps.equals(shot.sps)
        channel.group = shot.isKey ? [shot] : [...channel.group, shot]
        const bytes = flvPicture(shot.atMs, shot.isKey, shot.nals)
        for (const reader of readers) {
          if (reader.writableLength > MAX_READER_BYTES) reader.destroy()
          else
            reader.write(
              isOther ? Buffer.concat([flvHead(shot.sps, shot.pps).subarray(13), bytes]) : bytes,
            )
        }
      }
    }
    channel.timer = setTimeout(
      () => roll(channel),
      Math.max(1, channel.isHeld ? 100 : reel.dueMs() - now()),
    )
  }

  const server = createServer((request, response) => {
    const id = /^\/([^/?]+)\.flv(?:\?.*)?$/.exec(request.url ?? '')?.[1]
    const channel = id === undefined ? undefined : channels.get(decodeURIComponent(id))
    if (channel === undefined || channel.camera.isLost?.(now()) === true) {
      response.writeHead(404).end('no such camera\n')
      return
    }
    response.writeHead(200, { 'content-type': 'video/x-flv', 'cache-control': 'no-store' })
    response.socket?.setNoDelay(true)
    // A reader that leaves while it is written to; `close` follows and cleans up.
    response.on('error', () => response.destroy())
    response.on('close', () => channel.readers.delete(response))
    if (channel.readers.size === 0) channel.group = []
    else roll(channel)
    const [key] = channel.group
    const { stream } = channel.camera.loop(now())
    response.write(key === undefined ? flvHead(stream.sps, stream.pps) : flvHead(key.sps, key.pps))
    if (key !== undefined)
      response.write(
        Buffer.concat(channel.group.map((shot) => flvPicture(shot.atMs, shot.isKey, shot.nals))),
      )
    channel.readers.add(response)
    roll(channel)
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', listening)
  })
  const address = server.address()
  const used = typeof address === 'object' && address !== null ? address.port : port
  const setHeld = (id: string, isHeld: boolean): void => {
    const channel = channels.get(id)
    if (channel === undefined) throw new Error(`there is no camera ${id}`)
    channel.isHeld = isHeld
    roll(channel)
  }

  return {
    port: used,
    url: (id) => `http://127.0.0.1:${used}/${encodeURIComponent(id)}.flv`,
    hold: (id) => setHeld(id, true),
    resume: (id) => setHeld(id, false),
    async stop() {
      for (const { timer } of channels.values()) clearTimeout(timer)
      const closed = new Promise<void>((gone) => server.close(() => gone()))
      server.closeAllConnections()
      await closed
      for (const { timer } of channels.values()) clearTimeout(timer)
    },
  }
}
