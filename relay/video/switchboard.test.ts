import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { everywhereAs } from '../reach.ts'
import { ffmpegPath } from './ffmpeg-path.ts'
import { OriginError } from './origin-error.ts'
import { createOpener } from './open-origin.ts'
import { createStore } from './picture-store.ts'
import type { Origin } from './registry/streams-file.ts'
import { createSwitchboard, type Switchboard } from './switchboard.ts'

const found = ffmpegPath()
const program = found.kind === 'found' ? found.ffmpeg : undefined
const ffmpeg = program?.path ?? ''
const DEADLINE_MS = 15_000

async function until(what: string, holds: () => boolean, deadlineMs = DEADLINE_MS): Promise<void> {
  const end = Date.now() + deadlineMs
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not within ${deadlineMs} ms: ${what}`)
    await new Promise((next) => setTimeout(next, 20))
  }
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A camera of its own process: mock-feeds is out of reach from here, so ffmpeg listens by itself, for one reader. */
class Camera {
  #child: ChildProcess | undefined
  readonly #file: string
  readonly url: string
  constructor(file: string, port: number, scheme: 'http' | 'rtmp' = 'http') {
    this.#file = file
    this.url = `${scheme}://127.0.0.1:${port}/live/camera`
  }
  start(): void {
    this.#child = spawn(
      ffmpeg,
      [
        '-nostdin',
        '-loglevel',
        'error',
        '-re',
        '-stream_loop',
        '-1',
        '-i',
        this.#file,
        '-c',
        'copy',
        '-f',
        this.url.startsWith('rtmp') ? 'flv' : 'mpegts',
        '-listen',
        '1',
        this.url,
      ],
      { stdio: 'ignore' },
    )
  }
  /** Open, and without a word. */
  hang(): void {
    this.#child?.kill('SIGSTOP')
  }
  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'close')
  }
}

async function freePort(): Promise<number> {
  const probe: Server = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

interface Screen {
  readonly socket: WebSocket
  readonly states: string[]
  readonly kinds: number[]
  readonly refusals: string[]
  readonly closings: string[]
  /** Of the sources of the pictures. */
  readonly indexes: number[]
  /** As the relay names them while a source is live. */
  readonly codecs: Set<string>
}

describe.skipIf(found.kind === 'missing')(
  'the switchboard, with a real ffmpeg and a real camera',
  { timeout: 60_000 },
  () => {
    const dir = mkdtempSync(join(tmpdir(), 'switchboard-'))
    const file = join(dir, 'loop.mp4')
    const file265 = join(dir, 'loop-h265.mp4')
    let camera: Camera
    let board: Switchboard
    let server: WebSocketServer

    const opener = createOpener({
      now: Date.now,
      pushed: () => {
        throw new OriginError('手机没有推流')
      },
    })
    const makeBoard = ({
      processes = 2,
      graceMs = 200,
      stallMs = 6_000,
      now = Date.now,
      open = opener.open,
      path = ffmpeg,
    }): Switchboard =>
      createSwitchboard({
        ffmpeg: program === undefined ? undefined : { ...program, path },
        open,
        store: createStore(64 * 1024 * 1024),
        log: () => undefined,
        limits: () => ({ processes, transcodes: 1 }),
        mayWatch: (_reach, id) => id !== closed,
        graceMs,
        stallMs,
        now,
        clock: () => performance.now(),
      })
    /** Files under so many names. */
    const files = (names: readonly string[], path = file): Map<string, Origin> =>
      new Map(names.map((name) => [name, { kind: 'file', path }]))
    const stateOf = (name: string) => board.sources().find((source) => source.name === name)
    let closed = 'secret'

    async function screen(): Promise<Screen> {
      const address = server.address()
      if (typeof address !== 'object' || address === null) throw new Error('no port')
      const socket = new WebSocket(`ws://127.0.0.1:${address.port}`)
      const seen: Screen = {
        socket,
        states: [],
        kinds: [],
        refusals: [],
        closings: [],
        indexes: [],
        codecs: new Set(),
      }
      socket.on('message', (data: Buffer, isBinary: boolean) => {
        if (isBinary) {
          seen.kinds.push(data.readUInt8(0))
          seen.indexes.push(data.readUInt16BE(1))
        } else {
          const message = JSON.parse(data.toString())
          if (message.type === 'refused') seen.refusals.push(message.reason)
          else if (message.type === 'closed')
            seen.closings.push(`${message.source} ${message.reason}`)
          else seen.states.push(message.state)
          if (message.codec !== undefined) seen.codecs.add(message.codec)
        }
      })
      await once(socket, 'open')
      return seen
    }
    const watch = (on: Screen, source: string): void =>
      on.socket.send(JSON.stringify({ type: 'watch', source }))

    beforeAll(() => {
      const picture = ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=15:duration=4']
      const h264 = ['-c:v', 'libx264', '-g', '15', '-bf', '0']
      const h265 = ['-c:v', 'libx265', '-x265-params', 'keyint=15:bframes=0:log-level=none']
      for (const [codec, to] of [
        [h264, file],
        [h265, file265],
      ] as const) {
        const args = [...picture, ...codec, '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', to]
        const made = spawnSync(ffmpeg, ['-loglevel', 'error', ...args])
        expect(made.status, made.stderr.toString()).toBe(0)
      }
    })
    afterAll(() => rmSync(dir, { recursive: true, force: true }))

    beforeEach(async () => {
      camera = new Camera(file, await freePort())
      camera.start()
      board = makeBoard({})
      board.register(new Map([['cam', { kind: 'address', url: camera.url }]]))
      server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
      await once(server, 'listening')
      server.on('connection', (socket) =>
        board.attach(socket, { reach: everywhereAs('wall'), scope: '431128' }),
      )
    })
    afterEach(async () => {
      await board.stop()
      await camera.kill()
      for (const client of server.clients) client.terminate()
      server.close()
    })

    it('starts with the first viewer, gives the second a picture at once, and leaves no process behind', async () => {
      expect(board.stats().processes).toBe(0)
      const first = await screen()
      watch(first, 'cam')
      await until('first viewer has pictures', () => first.kinds.length > 5)
      expect(first.kinds.slice(0, 2)).toEqual([0, 1])
      expect(first.states.at(-1)).toBe('live')
      const second = await screen()
      watch(second, 'cam')
      await until('second viewer has pictures', () => second.kinds.length > 1, 500)
      expect(second.kinds.slice(0, 2)).toEqual([0, 1])
      const { pids, processes } = board.stats()
      expect(processes).toBe(1)
      first.socket.close()
      second.socket.close()
      await until(
        'no process is left',
        () => board.stats().processes === 0 && !pids.some(isRunning),
      )
      expect(stateOf('cam')?.state).toBe('idle')
    })

    it('says lost when the camera dies, and is live again when it is back', async () => {
      const viewer = await screen()
      watch(viewer, 'cam')
      await until('live', () => viewer.states.at(-1) === 'live')
      await camera.kill()
      await until('lost', () => viewer.states.at(-1) === 'lost')
      const before = viewer.kinds.length
      camera.start()
      await until(
        'live again',
        () => viewer.states.at(-1) === 'live' && viewer.kinds.length > before + 2,
      )
      expect(viewer.kinds.slice(before, before + 2)).toEqual([0, 1])
    })

    it('notices a camera that hangs also where the clock of its machine has been put back', async () => {
      await board.stop()
      let setByMs = 0
      board = makeBoard({ stallMs: 4_000, now: () => Date.now() + setByMs })
      board.register(new Map([['cam', { kind: 'address', url: camera.url }]]))
      const viewer = await screen()
      watch(viewer, 'cam')
      await until('live', () => viewer.states.at(-1) === 'live')
      camera.hang()
      setByMs = -3_600_000
      await until('lost', () => viewer.states.at(-1) === 'lost')
    })

    it('waits longer for the first picture after each failure, so that a camera comes back on a slow machine', async () => {
      await board.stop()
      const fragments = '-c copy -an -f mp4 -movflags frag_every_frame+empty_moov'.split(' ')
      const whole = join(dir, 'fragments.mp4')
      expect(spawnSync(ffmpeg, ['-i', file, ...fragments, whole]).status).toBe(0)
      const init = readFileSync(whole).indexOf('moof') - 4
      // Fails at once, then takes longer for its first words, and again for its first picture, than a picture may stall.
      const slow = join(dir, 'slow-ffmpeg')
      writeFileSync(
        slow,
        `#!/bin/sh
case "$*" in *'-analyzeduration 4000000'*) ;; *) echo 'Could not find codec parameters' >&2; exit 1 ;; esac
sleep 1.5; head -c ${init} ${whole}; sleep 1.5; tail -c +${init + 1} ${whole}; exec sleep 30
`,
        { mode: 0o700 },
      )
      board = makeBoard({ stallMs: 1_000, path: slow })
      board.register(new Map([['cam', { kind: 'address', url: camera.url }]]))
      const viewer = await screen()
      watch(viewer, 'cam')
      await until('pictures', () => viewer.kinds.length > 5)
    })

    it('looks no longer at a camera for having been refused by it', async () => {
      await board.stop()
      const asked = join(dir, 'asked')
      const refused = join(dir, 'refused-ffmpeg')
      writeFileSync(
        refused,
        `#!/bin/sh\necho "$*" >> ${asked}\necho 'Connection refused' >&2\nexit 1\n`,
        { mode: 0o700 },
      )
      board = makeBoard({ path: refused })
      board.register(new Map([['cam', { kind: 'address', url: camera.url }]]))
      watch(await screen(), 'cam')
      const lines = () => (existsSync(asked) ? readFileSync(asked, 'utf8').split('\n') : [])
      await until('three attempts', () => lines().length > 3)
      expect(lines().filter((line) => line.includes('-analyzeduration 4000000'))).toEqual([])
    })

    it('reaches a camera by the name of its machine', async () => {
      const url = camera.url.replace('127.0.0.1', 'localhost')
      board.register(new Map([['cam', { kind: 'address', url }]]))
      const viewer = await screen()
      watch(viewer, 'cam')
      await until('pictures', () => viewer.kinds.length > 5)
    })

    it('plays a file in a loop, and refuses the process too many', async () => {
      board.register(files(['a', 'b', 'c']))
      const viewer = await screen()
      for (const id of ['a', 'b', 'c']) watch(viewer, id)
      await until(
        'two of three are live',
        () => board.sources().filter(({ state }) => state === 'live').length === 2,
      )
      expect(stateOf('c')).toMatchObject({
        state: 'waiting',
        error: '同时拉流已到上限 2 路，有空位时自动接入',
      })
      viewer.socket.send(JSON.stringify({ type: 'unwatch', source: 'a' }))
      await until('the freed process goes to the third', () => stateOf('c')?.state === 'live')
    })

    it('gives the place of a source that nobody watches any more to the next one at once', async () => {
      await board.stop()
      board = makeBoard({ processes: 1, graceMs: 600_000 })
      board.register(files(['a', 'b']))
      const viewer = await screen()
      watch(viewer, 'a')
      await until('the first to be live', () => stateOf('a')?.state === 'live')
      viewer.socket.send(JSON.stringify({ type: 'unwatch', source: 'a' }))
      watch(viewer, 'b')
      await until('the second to be live', () => stateOf('b')?.state === 'live')
      expect([stateOf('a')?.state, board.stats().processes]).toEqual(['idle', 1])
    })

    it('shows a camera that speaks RTMP', async () => {
      const rtmp = new Camera(file, await freePort(), 'rtmp')
      rtmp.start()
      try {
        board.register(new Map([['phone', { kind: 'address', url: rtmp.url }]]))
        const viewer = await screen()
        watch(viewer, 'phone')
        await until('pictures', () => viewer.kinds.length > 5)
        expect(viewer.codecs).toEqual(new Set([expect.stringMatching(/^avc1\./)]))
      } finally {
        await rtmp.kill()
      }
    })

    it('turns H.265 into H.264 for one source, and lets the next wait until it may', async () => {
      board.register(files(['a', 'b'], file265))
      const viewer = await screen()
      watch(viewer, 'a')
      await until('H.264 from the first', () => viewer.codecs.size > 0 && viewer.kinds.length > 5)
      expect(viewer.codecs).toEqual(new Set([expect.stringMatching(/^avc1\./)]))
      watch(viewer, 'b')
      await until('the second to wait', () => stateOf('b')?.state === 'waiting')
      expect(stateOf('b')).toMatchObject({
        error: 'H.265 需转码：同时转码已到上限 1 路，有空位时自动接入',
      })
      viewer.socket.send(JSON.stringify({ type: 'unwatch', source: 'a' }))
      await until('the second to be live', () => stateOf('b')?.state === 'live')
      expect(viewer.codecs).toEqual(new Set([expect.stringMatching(/^avc1\./)]))
    })

    it('refuses what a viewer may not watch, and closes on messages it does not know', async () => {
      board.register(files(['secret']))
      const viewer = await screen()
      watch(viewer, 'secret')
      await until('refused', () => viewer.refusals.length === 1)
      expect(board.stats().processes).toBe(0)
      const closed = once(viewer.socket, 'close')
      viewer.socket.send('{"type":"reboot","source":"cam"}')
      const [code, reason] = await closed
      expect([code, String(reason)]).toEqual([1008, expect.stringContaining('watch or unwatch')])
    })

    it('takes a picture away from whoever may not see it any more, and says so', async () => {
      board.register(files(['a', 'b']))
      const viewer = await screen()
      for (const id of ['a', 'b']) watch(viewer, id)
      await until('both are live', () => board.sources().every(({ state }) => state === 'live'))
      closed = 'a'
      try {
        board.review()
        await until('the word', () => viewer.closings.length === 1)
        expect(viewer.closings).toEqual(['a 此信号已停止公开'])
        const index = stateOf('a')?.index
        const before = viewer.indexes.length
        await until('more of the other', () => viewer.indexes.length > before + 10)
        expect(viewer.indexes.slice(before)).not.toContain(index)
      } finally {
        closed = 'secret'
      }
    })

    it('goes on with a new address before the old one ends, without a moment of loss', async () => {
      await board.stop()
      let opened = 0
      board = makeBoard({
        async open() {
          opened += 1
          return { input: { kind: 'file', path: file }, forMs: 21_000 }
        },
      })
      board.register(files(['a']))
      const viewer = await screen()
      watch(viewer, 'a')
      await until('live', () => viewer.states.at(-1) === 'live')
      await until('the next address to take over', () => viewer.kinds.lastIndexOf(0) > 0)
      const at = viewer.kinds.lastIndexOf(0)
      await until('its pictures', () => viewer.kinds.length > at + 5)
      expect([viewer.states.at(-1), viewer.kinds[at + 1], opened]).toEqual(['live', 1, 2])
      expect(viewer.states).not.toContain('lost')
      await until('the old program to end', () => board.stats().processes === 1)
    })

    it.each(['flv', 'mp4'] as const)(
      'shows what a server sends over a WebSocket as %s',
      async (format) => {
        const sender = new WebSocketServer({ port: 0, host: '127.0.0.1' })
        await once(sender, 'listening')
        const programs: ChildProcess[] = []
        sender.on('connection', (socket) => {
          const flags = format === 'mp4' ? ['-movflags', 'frag_keyframe+empty_moov'] : []
          const child = spawn(
            ffmpeg,
            [
              '-nostdin',
              '-loglevel',
              'error',
              '-re',
              '-i',
              file,
              '-c',
              'copy',
              ...flags,
              '-f',
              format,
              'pipe:1',
            ],
            { stdio: ['ignore', 'pipe', 'ignore'] },
          )
          programs.push(child)
          child.stdout.on('data', (chunk: Buffer) => socket.send(chunk))
          child.once('close', () => socket.close())
        })
        try {
          const address = sender.address()
          if (typeof address !== 'object' || address === null) throw new Error('no port')
          const url = `ws://127.0.0.1:${address.port}/live/cam`
          board.register(new Map([['cam', { kind: 'socket', url, format }]]))
          const viewer = await screen()
          watch(viewer, 'cam')
          await until('pictures', () => viewer.kinds.length > 5)
          expect(viewer.codecs).toEqual(new Set([expect.stringMatching(/^avc1\./)]))
          // Four seconds of it, and then it is over.
          await until('the end', () => viewer.states.at(-1) === 'lost')
          await until('the next try', () => programs.length > 1)
        } finally {
          await board.stop()
          for (const program of programs) program.kill('SIGKILL')
          sender.close()
        }
      },
    )

    it('begins anew where the camera is set to another size, so that no decoder is left behind', async () => {
      const small = join(dir, 'small.mp4')
      const picture = ['-f', 'lavfi', '-i', 'testsrc=size=160x90:rate=15:duration=4']
      const made = spawnSync(ffmpeg, [
        ...picture,
        '-c:v',
        'libx264',
        '-g',
        '15',
        '-pix_fmt',
        'yuv420p',
        '-profile:v',
        'baseline',
        small,
      ])
      expect(made.status).toBe(0)
      // One transport stream in which the second half is of another size.
      const halves = [file, small].map((path) => {
        const args = ['-loglevel', 'error', '-i', path, '-c', 'copy', '-bsf:v', 'h264_mp4toannexb']
        return spawnSync(ffmpeg, [...args, '-f', 'mpegts', 'pipe:1'], { maxBuffer: 1e8 }).stdout
      })
      const reader = createServer((_request, response) => {
        response.write(halves[0])
        setTimeout(() => response.write(halves[1]), 1_500)
      }).listen(0, '127.0.0.1')
      await once(reader, 'listening')
      const address = reader.address()
      if (typeof address !== 'object' || address === null) throw new Error('no port')
      try {
        const url = `http://127.0.0.1:${address.port}/cam.ts`
        board.register(new Map([['cam', { kind: 'address', url }]]))
        const viewer = await screen()
        watch(viewer, 'cam')
        await until('pictures of the first size', () => viewer.kinds.length > 5)
        await until('a second init', () => viewer.kinds.filter((kind) => kind === 0).length > 1)
        expect(viewer.states).not.toContain('lost')
      } finally {
        reader.closeAllConnections()
        reader.close()
      }
    })

    it('never gives ffmpeg an address that reads the disk', async () => {
      board.register(new Map([['x', { kind: 'address', url: 'concat://etc/passwd' }]]))
      const viewer = await screen()
      watch(viewer, 'x')
      await until('lost', () => stateOf('x')?.state === 'lost')
      expect(stateOf('x')).toMatchObject({ error: '不支持的信号地址类型：concat' })
      expect(board.stats().pids).toEqual([])
    })
  },
)
