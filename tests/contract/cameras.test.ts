/** The operator's doors to cameras and walls against a real relay: who signs, what the public sees of it, and what is kept. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { Value } from 'typebox/value'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { ConsoleCamera, ConsoleCameras, ConsoleWalls } from '../../protocol/console-cameras.ts'
import { branchA, smallCounty } from '../support/events.ts'
import { makeLoop } from '../support/loop.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { signed, writeStreams } from '../support/streams.ts'

const dir = mkdtempSync(join(tmpdir(), 'flagwall-cameras-'))
const loop = join(dir, 'loop.mp4')
const password = 'hunter2-of-the-camera'
let relay: Relay

const cameras = [
  { id: 'hall', kind: 'file', url: loop, title: '会议室', organization: branchA },
  {
    id: 'yard',
    kind: 'rtsp',
    url: `rtsp://admin:${password}@127.0.0.1:9/1`,
    title: '院坝',
    ...signed,
  },
]
beforeAll(async () => {
  makeLoop(loop)
  relay = await startRelay()
  writeStreams(relay.dataDir, cameras)
  await relay.post(smallCounty('谈文溪村党支部'))
})
afterAll(async () => {
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
  rmSync(dir, { recursive: true, force: true })
})
const screens: Socket[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) screen.disconnect()
})

const token = (): string => readFileSync(join(relay.dataDir, 'operator.token'), 'utf8').trim()
async function ask(method: 'GET' | 'POST', path: string, json?: unknown) {
  const response = await fetch(`${relay.url}/v1/console/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token()}`,
      ...(json !== undefined && { 'content-type': 'application/json' }),
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  })
  const value = (await response.json()) as { readonly detail?: string }
  return { status: response.status, value, detail: value.detail ?? '' }
}
const list = async () => Value.Parse(ConsoleCameras, (await ask('GET', 'cameras')).value)
const find = async (id: string) => (await list()).cameras.find(({ camera }) => camera.id === id)
const asPublic = (path: string) =>
  fetch(`${relay.url}/v1/video/${path}`, { headers: { 'x-forwarded-for': '203.0.113.7' } })
const audited = (): readonly string[] =>
  readdirSync(join(relay.dataDir, 'audit')).flatMap((file) =>
    readFileSync(join(relay.dataDir, 'audit', file), 'utf8')
      .trim()
      .split('\n'),
  )

/** A browser of the wall on this machine, or somebody's elsewhere, and the cameras that it is told of. */
async function screen(headers: Readonly<Record<string, string>>, wall?: string) {
  return (await browser(headers, wall)).told
}

async function browser(headers: Readonly<Record<string, string>>, wall?: string) {
  const socket = io(relay.url, { transports: ['websocket'], forceNew: true, extraHeaders: headers })
  screens.push(socket)
  const told: (string | null)[] = []
  socket.on('pinned', ({ camera }: { camera: string | null }) => told.push(camera))
  await socket.emitWithAck('subscribe', { scope: '431128' })
  if (wall !== undefined) expect(await socket.emitWithAck('join', { wall })).toBe(true)
  await until('the first word', () => told.length > 0)
  return { socket, told }
}

it('lists each camera with its branch, how it fares and who signed for it, and never where it is', async () => {
  const hall = await until('the first look', async () => {
    const each = await find('hall')
    return each?.camera.health.state === 'ok' ? each : undefined
  })
  expect(hall).toMatchObject({
    organization: expect.stringContaining('党支部'),
    viewers: 0,
    clearance: null,
    camera: { title: '会议室', kind: 'file', isPublic: false, still: expect.any(Object) },
  })
  const yard = await until(
    'two looks',
    async () => {
      const each = await find('yard')
      return each?.camera.health.state === 'lost' ? each : undefined
    },
    30_000,
  )
  expect(yard).toMatchObject({
    organization: null,
    clearance: { by: '县委组织部', reason: null },
    camera: { isPublic: true, health: { why: '信号源拒绝连接' } },
  })
  const text = JSON.stringify(await list())
  expect(text).not.toMatch(/hunter2|rtsp:|127\.0\.0\.1|loop\.mp4/)
})

it('opens a camera for the public once an operator signs with name and reason, and closes it again', async () => {
  expect((await asPublic('hall/still.jpg')).status).toBe(403)
  for (const wrong of [
    { isPublic: true, by: '', reason: '公开' },
    { isPublic: true, by: '张三', reason: '' },
    { isPublic: true, by: ' \u202e ', reason: '公开' },
    { isPublic: 'yes', by: '张三', reason: '公开' },
  ])
    expect((await ask('POST', 'cameras/hall/clearance', wrong)).status).toBe(422)
  const signature = { by: '张三', reason: '对外公开的活动室' }
  const missing = await ask('POST', 'cameras/none/clearance', { ...signature, isPublic: true })
  expect([missing.status, missing.detail]).toEqual([404, '没有编号为 "none" 的信号源'])

  const opened = await ask('POST', 'cameras/hall/clearance', { ...signature, isPublic: true })
  expect(Value.Parse(ConsoleCamera, opened.value)).toMatchObject({
    camera: { isPublic: true },
    clearance: signature,
  })
  expect((await asPublic('hall/still.jpg')).status).toBe(200)
  const closed = await ask('POST', 'cameras/hall/clearance', { ...signature, isPublic: false })
  expect(closed.value).toMatchObject({ camera: { isPublic: false }, clearance: null })
  expect((await asPublic('hall/still.jpg')).status).toBe(403)
  const lines = audited().filter((line) => line.includes('张三'))
  expect(lines.map((line) => (JSON.parse(line) as { act: string }).act)).toEqual([
    'stream.cleared',
    'stream.closed',
  ])
  expect(audited().join()).not.toContain('hunter2')
})

it('says what is wrong with the file, and goes on as it was', async () => {
  const file = join(relay.dataDir, 'streams.yaml')
  const whole = readFileSync(file, 'utf8')
  writeFileSync(file, whole.replace('"rtsp"', '"vhs"'))
  const broken = await until('the fault', async () => {
    const now = await list()
    return now.fault === null ? undefined : now
  })
  expect(broken.fault).toMatch(/streams\.yaml, line 1, column \d+: cameras\.1\.kind/)
  expect(broken.cameras).toHaveLength(2)
  const answer = await ask('POST', 'cameras/hall/clearance', {
    isPublic: true,
    by: '张三',
    reason: '公开',
  })
  expect([answer.status, answer.detail.includes('hunter2')]).toEqual([503, false])
  expect((await asPublic('hall/still.jpg')).status).toBe(403)
  writeStreams(relay.dataDir, cameras)
  await until('the mended file', async () => (await list()).fault === null)
})

it('pins a camera to one wall or to all of a division, for as long as it is told', async () => {
  const wall = await screen({}, '431128/hall')
  const other = await screen({}, '431128/lobby')
  const outside = await screen({ 'x-forwarded-for': '203.0.113.7' })
  const pin = (target: string, camera: string | null) =>
    ask('POST', 'pins', { target, camera, by: '王书记', minutes: 5 })
  expect((await pin('431128/hall', 'hall')).status).toBe(200)
  expect((await pin('431128', 'yard')).status).toBe(200)
  await until('each to be told', () => wall.at(-1) === 'hall' && other.at(-1) === 'yard')
  // The public is told of what is cleared for it, and of nothing else.
  await until('the public to be told', () => outside.at(-1) === 'yard')
  const { walls, pins } = Value.Parse(ConsoleWalls, (await ask('GET', 'walls')).value)
  expect(walls).toEqual([
    { id: '431128/hall', screens: 1, scene: null },
    { id: '431128/lobby', screens: 1, scene: null },
  ])
  expect(pins.map(({ target, camera, by }) => [target, camera, by])).toEqual([
    ['431128/hall', 'hall', '王书记'],
    ['431128', 'yard', '王书记'],
  ])
  await pin('431128', 'hall')
  await until('the rest of the walls', () => other.at(-1) === 'hall')
  await until('the public to have none', () => outside.at(-1) === null)
  expect((await pin('431128/hall', null)).status).toBe(200)
  await pin('431128', null)
  await until('all to let go', () => wall.at(-1) === null && other.at(-1) === null)
  expect((await pin('431128', null)).status).toBe(404)
  expect((await pin('431128', 'none')).status).toBe(404)
  expect((await pin('x', 'hall')).status).toBe(422)
  expect(audited().filter((line) => line.includes('王书记'))).toHaveLength(6)
})

it('lets a browser of a wall pin a camera to it, and nobody else', async () => {
  const hall = await browser({}, '431128/hall')
  const other = await screen({}, '431128/lobby')
  const alone = await browser({})
  const outside = await browser({ 'x-forwarded-for': '203.0.113.7' })
  const pin = (from: typeof hall, request: unknown): Promise<unknown> =>
    from.socket.emitWithAck('pin', request)
  expect(await pin(hall, { camera: 'yard' })).toBe(true)
  await until('its wall to be told', () => hall.told.at(-1) === 'yard')
  for (const from of [alone, outside]) expect(await pin(from, { camera: 'yard' })).toBe(false)
  for (const wrong of [{ camera: 'none' }, { camera: 1 }, {}, null])
    expect(await pin(hall, wrong)).toBe(false)
  expect(await pin(hall, { camera: null })).toBe(true)
  await until('its wall to let go', () => hall.told.at(-1) === null)
  expect(other.at(-1)).toBe(null)
  expect(audited().filter((line) => line.includes('at the wall'))).toEqual([
    expect.stringMatching(/"stream.pinned".*"yard to 431128\/hall at the wall"/),
    expect.stringMatching(/"stream.let-go".*"431128\/hall at the wall"/),
  ])
})

it.each([
  ['GET', 'cameras'],
  ['POST', 'cameras/hall/clearance'],
  ['GET', 'walls'],
  ['POST', 'pins'],
] as const)('%s %s is for operators only', async (method, path) => {
  const response = await fetch(`${relay.url}/v1/console/${path}`, { method })
  expect(response.status).toBe(401)
})

it('names no address and no password in the log', () => {
  expect(relay.logs()).not.toMatch(/hunter2|rtsp:\/\//)
})
