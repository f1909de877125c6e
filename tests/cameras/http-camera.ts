/** A media gateway's door: the film as FLV over HTTP and WebSocket, and what ffmpeg makes of that. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { WebSocketServer, type WebSocket } from 'ws'
import { flvHead, flvPicture } from '../../mock-feeds/footage/flv.ts'
import { until } from '../support/relay.ts'
import type { Film } from './film.ts'
import { startFfmpeg, type Program } from './program.ts'

export interface HttpCamera {
  readonly port: number
  /** How many readers it has now. */
  readers(): number
  /** All connections end, and every request is answered with this; 200 for well. */
  setStatus(status: number): void
  stop(): Promise<void>
}

/** How pictures are wrapped when the path ends so. */
const muxers: Readonly<Record<string, readonly string[]>> = {
  '.ts': [
    '-c',
    'copy',
    '-muxdelay',
    '0',
    '-muxpreload',
    '0',
    '-flush_packets',
    '1',
    '-f',
    'mpegts',
  ],
  '.h265.ts': [
    ...'-c:v libx265 -preset ultrafast -tune zerolatency'.split(' '),
    ...'-x265-params keyint=15:bframes=0:log-level=none:frame-threads=1:pools=1'.split(' '),
    ...'-muxdelay 0 -muxpreload 0 -flush_packets 1 -f mpegts'.split(' '),
  ],
  '.live.mp4': [
    ...'-c copy -movflags frag_every_frame+empty_moov+default_base_moof'.split(' '),
    ...'-flush_packets 1 -f mp4'.split(' '),
  ],
}
const types: Readonly<Record<string, string>> = {
  '.ts': 'video/mp2t',
  '.h265.ts': 'video/mp2t',
  '.live.mp4': 'video/mp4',
}
/** As ZLMediaKit and SRS end their addresses; the longest first. */
const endings = ['.h265.ts', '.live.mp4', '.live.flv', '.flv', '.ts'] as const

export interface HttpCameraOptions {
  readonly film: Film
  /** 0 takes a free one. */
  readonly port: number
  /** Status for a path and its query; 200 lets in. Asked again each second of whoever is in. */
  admits?(url: URL): number
  /** Has segments written, for readers of `/hls/live.m3u8`. */
  readonly hasHls?: boolean
}

export async function startHttpCamera({
  film,
  port,
  admits = () => 200,
  hasHls = false,
}: HttpCameraOptions): Promise<HttpCamera> {
  const ends = new Map<() => void, URL>()
  const programs = new Set<Program>()
  let status = 200

  const statusFor = (url: URL): number => (status === 200 ? admits(url) : status)
  /** Every byte of a muxer's to one reader. */
  function mux(
    ending: string,
    own: string,
    to: (bytes: Buffer) => void,
    close: () => void,
  ): () => void {
    const program = startFfmpeg(own, [...(muxers[ending] ?? []), 'pipe:1'])
    programs.add(program)
    program.child.stdout?.on('data', to)
    program.child.once('close', close)
    return () => {
      programs.delete(program)
      void program.end()
    }
  }
  function pour(url: URL, to: (bytes: Buffer) => void, close: () => void): () => void {
    const ending = endings.find((each) => url.pathname.endsWith(each)) ?? '.flv'
    if (ending in muxers) return mux(ending, `http://127.0.0.1:${used}/own.flv`, to, close)
    let sps: Buffer | undefined
    return film.watch((shot) => {
      const head = flvHead(shot.sps, shot.pps)
      if (sps === undefined) to(head)
      // The file's own header comes once; parameter sets come again when they change.
      else if (!sps.equals(shot.sps)) to(head.subarray(13))
      sps = shot.sps
      to(flvPicture(shot.atMs, shot.isKey, shot.nals))
    })
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://camera')
    // Its own ffmpeg reads here: faults of the door are not faults of the film.
    const code = url.pathname === '/own.flv' ? 200 : statusFor(url)
    if (code !== 200) {
      response.writeHead(code, { 'content-type': 'application/json' }).end('{"code":-1}')
      return
    }
    if (url.pathname.startsWith('/hls/')) {
      void sendFile(response, basename(url.pathname))
      return
    }
    const ending = endings.find((each) => url.pathname.endsWith(each)) ?? '.flv'
    response.writeHead(200, { 'content-type': types[ending] ?? 'video/x-flv' })
    response.flushHeaders()
    response.socket?.setNoDelay(true)
    const stop = pour(
      url,
      (bytes) => response.write(bytes),
      () => response.destroy(),
    )
    admit(url, stop, response, () => response.destroy())
  })
  function admit(
    url: URL,
    stop: () => void,
    reader: ServerResponse | WebSocket,
    cut: () => void,
  ): void {
    if (url.pathname !== '/own.flv') ends.set(cut, url)
    reader.on('error', cut)
    reader.on('close', () => {
      ends.delete(cut)
      stop()
    })
  }
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://camera')
    const code = statusFor(url)
    if (code !== 200) {
      socket.end(`HTTP/1.1 ${code} No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const stop = pour(
        url,
        (bytes) => webSocket.send(bytes),
        () => webSocket.terminate(),
      )
      admit(url, stop, webSocket, () => webSocket.terminate())
    })
  })

  const folder = hasHls ? mkdtempSync(join(tmpdir(), 'hls-')) : undefined
  async function sendFile(response: ServerResponse, name: string): Promise<void> {
    try {
      const bytes = await readFile(join(folder ?? '', name))
      response
        .writeHead(200, {
          'content-type': name.endsWith('.m3u8') ? 'application/vnd.apple.mpegurl' : 'video/mp2t',
        })
        .end(bytes)
    } catch {
      // Not written yet, or rolled off: what a player has to bear.
      response.writeHead(404).end()
    }
  }

  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const used = typeof address === 'object' && address !== null ? address.port : port
  if (folder !== undefined) {
    programs.add(
      startFfmpeg(`http://127.0.0.1:${used}/own.flv`, [
        ...'-c copy -f hls -hls_time 1 -hls_list_size 4'.split(' '),
        ...'-hls_flags delete_segments+omit_endlist'.split(' '),
        join(folder, 'live.m3u8'),
      ]),
    )
  }
  // A playlist that is not there yet would be taken for a camera that is gone.
  if (folder !== undefined)
    await until('the first segment', () =>
      access(join(folder, 'live.m3u8')).then(
        () => true,
        () => false,
      ),
    )
  const cutAll = (isFor: (url: URL) => boolean): void => {
    for (const [cut, url] of ends) if (isFor(url)) cut()
  }
  const expiry = setInterval(() => cutAll((url) => admits(url) !== 200), 1_000)

  return {
    port: used,
    readers: () => ends.size,
    setStatus(next) {
      status = next
      if (next !== 200) cutAll(() => true)
    },
    async stop() {
      clearInterval(expiry)
      cutAll(() => true)
      await Promise.all([...programs].map((program) => program.end()))
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
