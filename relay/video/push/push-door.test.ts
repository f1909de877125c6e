import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ffmpegPath } from '../ffmpeg-path.ts'
import { noStreams, type Streams } from '../registry/streams-file.ts'
import { readAmf, writeAmf } from './amf.ts'
import { createChunkReader, writeMessage } from './chunks.ts'
import { createPushDoor, type PushDoor } from './push-door.ts'

it('reads the values of a command as they were written, and nothing that is cut off or too deep', () => {
  const values = ['connect', 1, { app: 'live', isTrue: true, none: null }] as const
  expect(readAmf(writeAmf(...values))).toEqual(values)
  expect(() => readAmf(writeAmf('connect').subarray(0, 5))).toThrow('cut off')
  expect(() => readAmf(Buffer.alloc(40, 3))).toThrow()
  const deep = Buffer.from([3, 0, 1, 0x61])
  expect(() => readAmf(Buffer.concat(Array.from({ length: 20 }, () => deep)))).toThrow('deep')
})

it('puts messages together however their chunks come, and refuses what would grow without end', () => {
  const messages = [
    writeMessage(20, 0, Buffer.alloc(100, 1)),
    writeMessage(20, 1, Buffer.alloc(30, 2)),
  ]
  const bytes = Buffer.concat(messages)
  for (const step of [1, 7, 1_000]) {
    const read = createChunkReader()
    const found = []
    for (let at = 0; at < bytes.length; at += step)
      found.push(...read(bytes.subarray(at, at + step)))
    expect(found.map(({ stream, payload }) => [stream, payload.length])).toEqual([
      [0, 100],
      [1, 30],
    ])
  }
  const huge = writeMessage(20, 0, Buffer.alloc(1))
  huge.writeUIntBE(0xffffff, 4, 3)
  expect(() => createChunkReader()(huge)).toThrow('8 MB')
  expect(() => createChunkReader()(Buffer.alloc(20, 0xc5))).toThrow('not opened')
})

const found = ffmpegPath()
const ffmpeg = found.kind === 'found' ? found.ffmpeg.path : ''
const key = 'a-key-of-the-first-camera'
const soon = { timeout: 10_000, interval: 20 }

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

describe.skipIf(found.kind === 'missing')('phones that push', { timeout: 40_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'push-'))
  const file = join(dir, 'loop.mp4')
  const phones: ChildProcess[] = []
  let door: PushDoor
  let streams: Streams
  let lines: string[]

  const withKeys = (...keys: readonly string[]): Streams['cameras'] =>
    keys.map((each, index) => ({
      id: `phone-${index}`,
      county: '431128',
      organization: 'org-1',
      title: '手机',
      kind: 'rtmp-push',
      clearance: undefined,
      tile: { kind: 'push', key: each },
      main: undefined,
    }))

  function push(to: string): ChildProcess {
    const args = ['-nostdin', '-loglevel', 'error', '-re', '-stream_loop', '-1', '-i', file]
    const url = `rtmp://127.0.0.1:${streams.push?.port}/live/${to}`
    const phone = spawn(ffmpeg, [...args, '-c', 'copy', '-f', 'flv', url], { stdio: 'ignore' })
    phones.push(phone)
    return phone
  }

  /** What a feed brings within a moment: the FLV file that a player would read. */
  function listen(): { readonly chunks: Buffer[]; why: string | undefined; stop: () => void } {
    const heard = { chunks: [] as Buffer[], why: undefined as string | undefined, stop: () => {} }
    heard.stop = door.feed(key)({
      write: (chunk) => void heard.chunks.push(Buffer.from(chunk)),
      end: (why) => (heard.why = why),
    })
    return heard
  }

  beforeAll(() => {
    const picture = ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=15:duration=4']
    const made = spawnSync(ffmpeg, [
      ...picture,
      '-c:v',
      'libx264',
      '-g',
      '15',
      '-bf',
      '0',
      '-pix_fmt',
      'yuv420p',
      file,
    ])
    expect(made.status, made.stderr.toString()).toBe(0)
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  beforeEach(async () => {
    lines = []
    door = createPushDoor({ log: (line) => lines.push(line) })
    streams = {
      ...noStreams,
      push: { port: await freePort(), host: '127.0.0.1' },
      cameras: withKeys(key),
    }
    door.follow(streams)
    // It listens once a phone gets in.
    await vi.waitFor(async () => {
      const probe = connect(streams.push?.port ?? 0, '127.0.0.1')
      await once(probe, 'connect')
      probe.destroy()
    }, soon)
  })
  afterEach(async () => {
    for (const phone of phones.splice(0)) phone.kill('SIGKILL')
    await door.stop()
  })

  it('are seen from their last key frame on, and say when they stop', async () => {
    expect(() => door.feed(key)).toThrow('手机没有推流')
    const phone = push(key)
    await vi.waitFor(() => expect(door.pushing()).toBe(1), soon)
    const first = listen()
    await vi.waitFor(() => expect(first.chunks.length).toBeGreaterThan(20), soon)
    first.stop()
    const before = first.chunks.length
    const second = listen()
    // Header, what sets the decoder, and a key frame at once.
    expect(second.chunks[0]?.toString('latin1', 0, 3)).toBe('FLV')
    expect(second.chunks[1]?.[12]).toBe(0)
    expect((second.chunks[2]?.[11] ?? 0) >> 4).toBe(1)
    const whole = spawnSync(
      ffmpeg,
      ['-loglevel', 'error', '-f', 'flv', '-i', 'pipe:0', '-f', 'null', '-'],
      {
        input: Buffer.concat(first.chunks),
      },
    )
    expect([whole.status, whole.stderr.toString()]).toEqual([0, ''])
    phone.kill('SIGKILL')
    await vi.waitFor(() => expect(second.why).toBe('手机停止了推流'), soon)
    expect(first.chunks).toHaveLength(before)
    expect(door.pushing()).toBe(0)
  })

  it('are refused with a key of no camera, which no line of the log repeats', async () => {
    const phone = push('another-key-of-no-camera')
    await once(phone, 'exit')
    expect(phone.exitCode).not.toBe(0)
    expect(door.pushing()).toBe(0)
    expect(lines.join()).toMatch(/stream key is of no camera/)
    expect(lines.join()).not.toContain('another-key')
  })

  it('are cut off once their key counts no longer, and let in by the new one', async () => {
    const phone = push(key)
    await vi.waitFor(() => expect(door.pushing()).toBe(1), soon)
    door.follow({ ...streams, cameras: withKeys('the-second-key-of-it') })
    await once(phone, 'exit')
    expect(door.pushing()).toBe(0)
    push('the-second-key-of-it')
    await vi.waitFor(() => expect(door.pushing()).toBe(1), soon)
  })

  it('may come back before their old connection is missed', async () => {
    const phone = push(key)
    await vi.waitFor(() => expect(door.pushing()).toBe(1), soon)
    push(key)
    await once(phone, 'exit')
    await vi.waitFor(() => expect(door.pushing()).toBe(1), soon)
    const heard = listen()
    await vi.waitFor(() => expect(heard.chunks.length).toBeGreaterThan(5), soon)
  })

  it('are turned away where they speak something else', async () => {
    const other = connect(streams.push?.port ?? 0, '127.0.0.1')
    other.on('error', () => undefined)
    other.write('GET / HTTP/1.1\r\n\r\n')
    await once(other, 'close')
    expect(lines.join()).toMatch(/speaks no RTMP/)
  })
})
