import { createServer } from 'node:http'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { io, type Socket } from 'socket.io-client'
import type { RemoteDesk, RemoteJoined } from '../../protocol/remote.ts'
import type { Hub } from '../hub.ts'
import { everywhereAs, thePublic } from '../reach.ts'
import { serveScreens, type Screens } from './screens.ts'

const now = Date.parse('2026-06-18T09:00:00+08:00')
const secret = '李家村党支部 预警升为红色'
const show = {
  scene: 'warnings',
  since: now,
  until: now,
  why: secret,
  waiting: [{ key: secret, scene: 'warnings', weight: 3, why: secret }],
  rests: [{ key: secret, until: now }],
  back: null,
  card: null,
}

let screens: Screens
let url: string
let sockets: Socket[]
let acts: string[]
let isDiskFull: boolean
beforeEach(async () => {
  sockets = []
  acts = []
  isDiskFull = false
  const http = createServer()
  const hub: Partial<Hub> = { onChange: () => () => undefined }
  screens = serveScreens({
    http,
    hub: hub as Hub,
    clock: () => now,
    now: () => now,
    reachOf: ({ headers }) => (headers['x-who'] === 'wall' ? everywhereAs('wall') : thePublic),
    remote: {
      addresses: () => ['http://192.168.1.20:8080/remote'],
      audit: {
        record(act) {
          if (isDiskFull) throw new Error('ENOSPC')
          acts.push(act)
        },
      },
    },
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const address = http.address()
  url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : ''
})
afterEach(async () => {
  for (const socket of sockets) socket.disconnect()
  await screens.stop()
})

interface One {
  readonly socket: Socket
  readonly heard: (readonly [string, ...unknown[]])[]
}
function connect(who: 'wall' | 'phone'): One {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { 'x-who': who },
  })
  sockets.push(socket)
  const heard: One['heard'] = []
  socket.onAny((name: string, ...rest: unknown[]) => void heard.push([name, ...rest]))
  return { socket, heard }
}
const last = ({ heard }: One, name: string): unknown =>
  heard.findLast(([each]) => each === name)?.[1]

async function open(): Promise<{ readonly wall: One; readonly code: string }> {
  const wall = connect('wall')
  expect(await wall.socket.emitWithAck('join', { wall: '431128/hall' })).toBe(true)
  wall.socket.emit('remote-open', { scenes: [{ id: 'overview', title: '总览' }] })
  const desk = await vi.waitFor(() => {
    const told = last(wall, 'remote') as RemoteDesk | undefined
    expect(told).toBeTruthy()
    return told
  })
  return { wall, code: desk?.code ?? '' }
}
const join = async ({ socket }: One, request: unknown): Promise<RemoteJoined> =>
  (await socket.emitWithAck('remote-join', request)) as RemoteJoined

it('lets a phone ask the wall for a scene, and tells it nothing that names a warning', async () => {
  const { wall, code } = await open()
  const phone = connect('phone')
  expect((await join(phone, { code })).state).toBe('joined')
  wall.socket.emit('propose', { after: 0, from: now, show })
  await vi.waitFor(() => expect(last(phone, 'shown')).toMatchObject({ scene: 'warnings' }))
  phone.socket.emit('steer', { do: 'choose', scene: 'ranking' })
  await vi.waitFor(() => expect(last(wall, 'steer')).toEqual({ do: 'choose', scene: 'ranking' }))
  expect(JSON.stringify(wall.heard)).toContain(secret)
  expect(JSON.stringify(phone.heard)).not.toContain(secret)
  expect(new Set(phone.heard.map(([name]) => name))).toEqual(new Set(['shown']))
  expect(acts).toEqual(['remote.opened', 'remote.joined'])
})

it('takes from a phone neither a proposal nor what is no wish, and lets none be the wall', async () => {
  const { wall, code } = await open()
  const phone = connect('phone')
  await join(phone, { code })
  expect(await phone.socket.emitWithAck('join', { wall: '431128/hall' })).toBe(false)
  phone.socket.emit('propose', { after: 0, from: now, show })
  phone.socket.emit('steer', { do: 'choose', scene: '../x' })
  phone.socket.emit('steer', { do: 'restart' })
  phone.socket.emit('remote-open', { scenes: [{ id: 'overview', title: '总览' }] })
  phone.socket.emit('remote-end')
  // What came before on the same line has been read once this is answered.
  await phone.socket.emitWithAck('clock')
  await wall.socket.emitWithAck('clock')
  expect(last(wall, 'steer')).toBeUndefined()
  expect(last(wall, 'agreed')).toMatchObject({ ordinal: 0, agreed: null, leads: true })
  expect(last(wall, 'remote')).toMatchObject({ phones: [{ number: 1, isOn: true }] })
})

it('ends a phone when the wall says so, and refuses what is no code', async () => {
  const { wall, code } = await open()
  const phone = connect('phone')
  await join(phone, { code })
  for (const odd of [null, {}, { code: 'aeiou' }, { code, pass: code }])
    expect(await join(phone, odd)).toEqual({ state: 'refused' })
  wall.socket.emit('remote-end')
  await vi.waitFor(() => expect(phone.heard.at(-1)?.[0]).toBe('remote-over'))
  phone.socket.emit('steer', { do: 'hold' })
  await phone.socket.emitWithAck('clock')
  await wall.socket.emitWithAck('clock')
  expect(last(wall, 'steer')).toBeUndefined()
})

it('lets nobody in whom it cannot record, and goes on', async () => {
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { wall, code } = await open()
  isDiskFull = true
  const phone = connect('phone')
  expect((await join(phone, { code })).state).toBe('refused')
  phone.socket.emit('steer', { do: 'hold' })
  await phone.socket.emitWithAck('clock')
  await wall.socket.emitWithAck('clock')
  expect(last(wall, 'steer')).toBeUndefined()
  expect(quiet).toHaveBeenCalledOnce()
  quiet.mockRestore()
})
