/** A camera on the wall of a village hall, as Hikvision and Dahua make them: RTSP with a user, a large and a small stream. */
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Film } from './film.ts'
import { startFfmpeg, startProgram, type Program } from './program.ts'

export interface RtspStream {
  readonly name: string
  readonly codec: 'h264' | 'h265'
  readonly film: Film
  /** Where ffmpeg reads the film when it has to be encoded anew. */
  readonly url: string
}

export interface RtspOptions {
  readonly port: number
  readonly user?: string
  readonly password?: string
  readonly streams: readonly RtspStream[]
}

const code = Buffer.from([0, 0, 0, 1])
/** Debian's own: its GStreamer belongs to no other Python. */
const python = '/usr/bin/python3'

/** Resolves when it listens; throws what GStreamer says otherwise. */
export async function startRtspCamera({
  port,
  user,
  password,
  streams,
}: RtspOptions): Promise<{ stop(): Promise<void> }> {
  const server = startProgram(python, [
    join(import.meta.dirname, 'rtsp-server.py'),
    String(port),
    ...(user !== undefined && password !== undefined ? [user, password] : []),
    ...streams.map(({ name, codec }) => `${name}=${codec}`),
  ])
  const lines = createInterface({ input: server.child.stdout ?? process.stdin })
  const first = await Promise.race([
    once(lines, 'line'),
    once(server.child, 'close').then(() => []),
  ])
  if (first[0] !== 'ready')
    throw new Error(`no RTSP server (install gir1.2-gst-rtsp-server-1.0): ${server.words()}`)

  function push(number: number, atMs: number, picture: Buffer): void {
    const head = Buffer.alloc(13)
    head[0] = number
    head.writeBigUInt64BE(BigInt(Math.max(0, Math.round(atMs))), 1)
    head.writeUInt32BE(picture.length, 9)
    server.child.stdin?.write(Buffer.concat([head, picture]))
  }
  const stops: (() => unknown)[] = streams.map(({ codec, film, url }, number) => {
    if (codec === 'h264')
      return film.watch(({ isKey, atMs, nals, sps, pps }) =>
        push(
          number,
          atMs,
          Buffer.concat([...(isKey ? [sps, pps] : []), ...nals].flatMap((nal) => [code, nal])),
        ),
      )
    const encoder: Program = startFfmpeg(url, [
      ...'-c:v libx265 -preset ultrafast -tune zerolatency'.split(' '),
      ...'-x265-params keyint=15:bframes=0:log-level=none:aud=1:repeat-headers=1:frame-threads=1:pools=1'.split(
        ' ',
      ),
      ...'-f hevc -flush_packets 1 pipe:1'.split(' '),
    ])
    let rest: Buffer = Buffer.alloc(0)
    encoder.child.stdout?.on('data', (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes])
      // Each picture begins with a delimiter, NAL unit 35.
      for (let at = nextDelimiter(rest, 1); at > 0; at = nextDelimiter(rest, 1)) {
        push(number, 0, rest.subarray(0, at))
        rest = rest.subarray(at)
      }
    })
    return () => encoder.end()
  })
  return {
    async stop() {
      await Promise.all(stops.map((stop) => stop()))
      lines.close()
      await server.end()
    },
  }
}

const delimiter = Buffer.from([0, 0, 0, 1, 0x46])
const nextDelimiter = (bytes: Buffer, from: number): number => bytes.indexOf(delimiter, from)
