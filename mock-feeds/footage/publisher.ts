/**
 * Pretends to be the county's cameras: for each loop one `ffmpeg -re -stream_loop -1` sends MPEG-TS,
 * and a small HTTP server hands it to any number of readers at `http://127.0.0.1:PORT/NAME.ts`.
 *
 *   npx node mock-feeds/footage/publisher.ts DIR [PORT]
 *
 * Neither it nor its ffmpeg outlives its parent: ffmpeg ends at its next write into a closed pipe.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type ServerResponse } from 'node:http'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ffmpegPath } from './ffmpeg-path.ts'

export interface Publisher {
  /** Port in use, for `port: 0`. */
  readonly port: number
  url(name: string): string
  pids(): readonly number[]
  stop(): Promise<void>
}

export interface PublisherOptions {
  readonly ffmpeg: string
  readonly loops: readonly { readonly name: string; readonly file: string }[]
  /** 0 takes a free one. */
  readonly port: number
  log?(line: string): void
}

const PACKET_BYTES = 188
const MAX_GOP_PACKETS = 40_000
const MAX_READER_BYTES = 2 * 1024 * 1024
const RESTART_MS = 500
const TABLES_PID = 0x1000

interface Camera {
  readonly file: string
  readonly readers: Set<ServerResponse>
  child: ChildProcess | undefined
  restart: NodeJS.Timeout | undefined
  rest: Buffer
  tables: Buffer[]
  /** PAT, PMT and all packets since the last key frame, so that a new reader needn't wait for the next. */
  gop: Buffer[]
}

export async function startPublisher({
  ffmpeg,
  loops,
  port,
  log = () => undefined,
}: PublisherOptions): Promise<Publisher> {
  const cameras = new Map<string, Camera>()
  let isStopped = false

  function send(camera: Camera, chunk: Buffer): void {
    const data = camera.rest.length === 0 ? chunk : Buffer.concat([camera.rest, chunk])
    const whole = data.length - (data.length % PACKET_BYTES)
    camera.rest = data.subarray(whole)
    for (let at = 0; at < whole; at += PACKET_BYTES) {
      const packet = data.subarray(at, at + PACKET_BYTES)
      const pid = packet.readUInt16BE(1) & 0x1fff
      if (pid === 0) camera.tables = [packet]
      else if (pid === TABLES_PID) camera.tables.push(packet)
      const hasAdaptation = ((packet[3] ?? 0) & 0x20) !== 0 && (packet[4] ?? 0) > 0
      const isKey = hasAdaptation && ((packet[5] ?? 0) & 0x40) !== 0 && pid !== TABLES_PID
      if (isKey) camera.gop = [...camera.tables, packet]
      else if (camera.gop.length > 0 && camera.gop.length < MAX_GOP_PACKETS) camera.gop.push(packet)
    }
    if (whole === 0) return
    const packets = data.subarray(0, whole)
    for (const reader of camera.readers) {
      if (reader.writableLength > MAX_READER_BYTES) reader.destroy()
      else reader.write(packets)
    }
  }

  function start(camera: Camera): void {
    if (isStopped) return
    const child = spawn(
      ffmpeg,
      [
        '-hide_banner',
        '-nostdin',
        '-loglevel',
        'error',
        '-re',
        '-stream_loop',
        '-1',
        '-i',
        camera.file,
        '-map',
        '0:v:0',
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
        'pipe:1',
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    camera.child = child
    camera.rest = Buffer.alloc(0)
    camera.gop = []
    camera.tables = []
    child.stdout.on('data', (chunk: Buffer) => send(camera, chunk))
    child.on('error', (error) => log(`publisher ${basename(camera.file)}: ${error.message}`))
    child.on('close', (code, signal) => {
      if (camera.child === child) camera.child = undefined
      // As with a camera that lost power: its readers are cut off, and come back by themselves.
      for (const reader of camera.readers) reader.destroy()
      camera.readers.clear()
      if (isStopped) return
      log(
        `publisher ${basename(camera.file)}: ended (${signal ?? code}), again in ${RESTART_MS} ms`,
      )
      camera.restart = setTimeout(() => start(camera), RESTART_MS)
    })
  }

  for (const { name, file } of loops) {
    cameras.set(name, {
      file,
      readers: new Set(),
      child: undefined,
      restart: undefined,
      rest: Buffer.alloc(0),
      tables: [],
      gop: [],
    })
  }

  const server = createServer((request, response) => {
    const name = /^\/([^/?]+)\.ts(?:\?.*)?$/.exec(request.url ?? '')?.[1]
    const camera = name === undefined ? undefined : cameras.get(decodeURIComponent(name))
    if (camera === undefined) {
      response.writeHead(404).end('no such camera\n')
      return
    }
    if (camera.child === undefined) {
      response.writeHead(503).end('camera is off\n')
      return
    }
    response.writeHead(200, { 'content-type': 'video/mp2t', 'cache-control': 'no-store' })
    response.on('error', (error) => log(`publisher reader: ${error.message}`))
    response.on('close', () => camera.readers.delete(response))
    if (camera.gop.length > 0) response.write(Buffer.concat(camera.gop))
    camera.readers.add(response)
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', listening)
  })
  for (const camera of cameras.values()) start(camera)
  const address = server.address()
  const used = typeof address === 'object' && address !== null ? address.port : port

  return {
    port: used,
    url: (name) => `http://127.0.0.1:${used}/${encodeURIComponent(name)}.ts`,
    pids: () =>
      [...cameras.values()].flatMap(({ child }) => (child?.pid === undefined ? [] : [child.pid])),
    async stop() {
      isStopped = true
      const ends: Promise<void>[] = []
      for (const camera of cameras.values()) {
        clearTimeout(camera.restart)
        const { child } = camera
        if (child?.pid === undefined) continue
        ends.push(new Promise((gone) => child.once('close', () => gone())))
        child.kill('SIGKILL')
      }
      const closed = new Promise<void>((gone) => server.close(() => gone()))
      server.closeAllConnections()
      await Promise.all([...ends, closed])
    },
  }
}

async function main([dir, portText = '8190']: readonly string[]): Promise<void> {
  if (dir === undefined) throw new Error('usage: publisher.ts DIR [PORT]')
  const ffmpeg = ffmpegPath()
  if (ffmpeg.kind === 'missing') throw new Error(ffmpeg.sentence)
  const files = (await readdir(dir)).filter((file) => file.endsWith('.mp4'))
  const loops = files.map((file) => ({ name: basename(file, '.mp4'), file: join(dir, file) }))
  const publisher = await startPublisher({
    ffmpeg: ffmpeg.path,
    loops,
    port: Number(portText),
    log: console.error,
  })
  for (const { name } of loops) console.log(publisher.url(name))
  const parent = process.ppid
  const leave = (): void => {
    clearInterval(orphanCheck)
    void publisher.stop().then(() => process.exit(0))
  }
  // A killed parent sends no signal; its child then belongs to somebody else.
  const orphanCheck = setInterval(() => {
    if (process.ppid !== parent) leave()
  }, 1_000)
  process.once('SIGTERM', leave)
  process.once('SIGINT', leave)
  process.once('disconnect', leave)
}

if (import.meta.main) await main(process.argv.slice(2))
