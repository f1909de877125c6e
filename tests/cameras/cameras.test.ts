/** The tests' own cameras, read by a plain ffmpeg: whoever builds on them must be able to rely on what they do. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Loop } from '../../mock-feeds/footage/loops.ts'
import { until } from '../support/relay.ts'
import { startCamera, type CameraPlan, type TestCamera } from './camera.ts'
import { black, drawForTest, stripes } from './loops.ts'
import { ffmpeg, startProgram } from './program.ts'
import { decodePictures, type SeenPicture } from './seen.ts'

let loop: Loop
let night: Loop
let camera: TestCamera | undefined

beforeAll(async () => {
  loop = await drawForTest(stripes)
  night = await drawForTest(black)
})
afterEach(async () => {
  await camera?.stop()
  camera = undefined
})

async function start(plan: Omit<CameraPlan, 'loop'>): Promise<TestCamera> {
  camera = await startCamera({ loop, hasBars: true, ...plan })
  return camera
}

const addressOf = ({ entry }: TestCamera, field = 'url'): string =>
  String(entry[field]).replace('{secret}', encodeURIComponent(String(entry['secret'])))

/** A second and a half of it, as MPEG-TS, H.264 as it comes. */
async function record(address: string, seconds = 1.5, codec = 'copy'): Promise<Buffer> {
  if (address.startsWith('ws:')) return await recordSocket(address, seconds)
  const program = startProgram(ffmpeg(), [
    ...'-hide_banner -nostdin -loglevel error -analyzeduration 500000'.split(' '),
    ...(address.startsWith('rtsp') ? ['-rtsp_transport', 'tcp'] : []),
    '-i',
    address,
    '-t',
    String(seconds),
    '-c',
    codec,
    ...'-an -f mpegts pipe:1'.split(' '),
  ])
  const parts: Buffer[] = []
  program.child.stdout?.on('data', (bytes: Buffer) => parts.push(bytes))
  await until(`a recording of ${address}`, () => program.child.exitCode !== null, 25_000)
  const bytes = Buffer.concat(parts)
  if (bytes.length === 0) throw new Error(program.words())
  return bytes
}

async function recordSocket(address: string, seconds: number): Promise<Buffer> {
  const socket = new WebSocket(address)
  const parts: Buffer[] = []
  let firstMs = 0
  socket.on('message', (bytes: Buffer) => {
    firstMs ||= Date.now()
    parts.push(bytes)
  })
  await until('enough of it', () => firstMs > 0 && Date.now() - firstMs > seconds * 1000)
  socket.terminate()
  return Buffer.concat(parts)
}

async function look(address: string): Promise<readonly SeenPicture[]> {
  const bytes = await record(address)
  return decodePictures(bytes, Date.now())
}

function expectLive(pictures: readonly SeenPicture[]): void {
  const times = pictures.flatMap(({ writtenMs }) => writtenMs ?? [])
  expect(times.length).toBeGreaterThan(8)
  expect(times.toSorted((a, b) => a - b)).toEqual(times)
  expect(Date.now() - (times.at(-1) ?? 0)).toBeLessThan(15_000)
}

describe('a camera for tests', { timeout: 60_000 }, () => {
  it.each(['http-flv', 'http-ts', 'ws-flv', 'ws-fmp4', 'rtmp', 'hls', 'rtsp'] as const)(
    'shows its pictures by %s, each with its moment',
    async (kind) => expectLive(await look(addressOf(await start({ kind })))),
  )

  it('asks for a user and a password by RTSP, and has a small picture beside a large one in H.265', async () => {
    const account = { user: 'admin', password: 'a b@c' }
    const one = await start({ kind: 'rtsp', account, isH265: true })
    await expect(record(addressOf(one).replace('admin', 'guest'))).rejects.toThrow(/401/)
    expectLive(await look(addressOf(one, 'sub')))
    const large = await record(addressOf(one), 1.5)
    expect(decodePictures(large, Date.now()).length).toBeGreaterThan(8)
    // Stream type 0x24 of the programme map is H.265.
    expect(large.includes(Buffer.from([0x24, 0xe1, 0x00]))).toBe(true)
  })

  it('is killed, and is back at the same address', async () => {
    const one = await start({ kind: 'http-flv' })
    await one.kill()
    await expect(record(addressOf(one))).rejects.toThrow()
    await one.start()
    expectLive(await look(addressOf(one)))
  })

  it('says nothing on a dead line, and goes on when that is well', async () => {
    const one = await start({ kind: 'ws-flv' })
    const socket = new WebSocket(addressOf(one))
    let heard = 0
    let ended = false
    socket.on('message', () => (heard += 1))
    socket.on('close', () => (ended = true))
    socket.on('error', () => (ended = true))
    await until('pictures', () => heard > 10)
    await one.line('dead')
    const before = heard
    await expect(until('more pictures', () => heard > before + 3, 700)).rejects.toThrow()
    expect(ended).toBe(false)
    await one.line('well')
    await until('the old connection to end', () => ended)
    expectLive(await look(addressOf(one)))
  })

  it('answers 404 when told, and cuts off who was reading', async () => {
    const one = await start({ kind: 'http-flv' })
    one.answer(404)
    expect((await fetch(addressOf(one))).status).toBe(404)
    one.answer(200)
    expectLive(await look(addressOf(one)))
  })

  it('freezes, darkens, spoils its bytes and puts its clock forward', async () => {
    const one = await start({ kind: 'http-flv' })
    one.set({ isFrozen: true })
    await until(
      'one picture',
      async () => new Set((await look(addressOf(one))).map(({ writtenMs }) => writtenMs)).size <= 2,
    )
    one.set({ loop: night })
    await until('the dark', async () =>
      (await look(addressOf(one))).every(({ brightness }) => brightness < 40),
    )
    one.set({ corrupt: 0.5 })
    // A decoder puts an older picture's part where it can't read one.
    const times = (await look(addressOf(one))).map(({ writtenMs }) => writtenMs)
    expect(new Set(times).size).toBeLessThan(times.length - 2)
    // Of spoilt bytes too few pictures can be read to tell a clock by, and some of them are still on their way.
    one.set({ corrupt: 0, jumpMs: 3_600_000 })
    expectLive(
      await until('whole pictures', async () => {
        const pictures = await look(addressOf(one))
        return pictures.filter(({ writtenMs }) => writtenMs !== undefined).length > 8 && pictures
      }),
    )
  })
})
