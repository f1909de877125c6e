import { createServer } from 'node:http'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { io, type Socket } from 'socket.io-client'
import type { Heartbeat, Patch } from '../../protocol/frames.ts'
import type { Change, Hub } from '../hub.ts'
import { everywhereAs } from '../reach.ts'
import { serveScreens, type Screens } from './screens.ts'

const epoch = 'r1-0123456789abcdef'
const at = '2026-06-18T09:41:26+08:00'
const county = '431128'

let nowMs = 0
let version = 0
let screens: Screens
let url: string
let tell: (changes: readonly Change[]) => void
let sockets: Socket[] = []
const server = { stop: async (): Promise<void> => undefined }

/** A patch whose frame is about `bytes` long. */
function patchOf(bytes = 0): Patch {
  version += 1
  const puts = { townships: [townshipOf('旗'.repeat(bytes / 3))] }
  return { epoch, base: version - 1, version, at, puts, deletes: {} }
}
const townshipOf = (name: string) => ({
  id: '431128105',
  name,
  organizations: 57,
  online: 52,
  silent: 5,
  activeToday: 9,
  points: 1_234,
  away: 177,
})
const send = (patch: Patch): void => tell([{ scope: county, viewer: 'wall', patch }])

async function subscribed(): Promise<{ socket: Socket; patches: Patch[]; beats: Heartbeat[] }> {
  const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true })
  sockets.push(socket)
  const patches: Patch[] = []
  const beats: Heartbeat[] = []
  socket.on('patch', (patch: Patch) => patches.push(patch))
  socket.on('heartbeat', (beat: Heartbeat) => beats.push(beat))
  await socket.emitWithAck('subscribe', { scope: county })
  return { socket, patches, beats }
}

beforeEach(async () => {
  nowMs = Date.parse(at)
  version = 0
  const listeners = new Set<(changes: readonly Change[]) => void>()
  tell = (changes) => {
    for (const listener of listeners) listener(changes)
  }
  const hub: Partial<Hub> = {
    home: county,
    scopes: () => [county],
    follow: () => () => undefined,
    flush: () => undefined,
    since: (_scope, _epoch, since = 0) =>
      since === 0 ? undefined : { epoch, base: since, version, at, puts: {}, deletes: {} },
    version: () => ({ epoch, version, at }),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const http = createServer()
  screens = serveScreens({
    http,
    hub: hub as Hub,
    clock: () => nowMs,
    now: () => nowMs,
    reachOf: () => everywhereAs('wall'),
    heartbeatMs: 20,
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const address = http.address()
  url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : ''
  server.stop = () => screens.stop()
})

afterEach(async () => {
  for (const socket of sockets) socket.disconnect()
  sockets = []
  await server.stop()
})

it.each([[0], [60], [300], [70_000]])(
  'every screen gets the same patch, also one of %i bytes more',
  async (bytes) => {
    const all = await Promise.all([subscribed(), subscribed(), subscribed()])
    const patch = patchOf(bytes)
    send(patch)
    for (const { patches } of all) await vi.waitFor(() => expect(patches).toEqual([patch]))
  },
)

it('patches arrive in order between messages that Socket.IO sends itself', async () => {
  const { patches, beats } = await subscribed()
  for (let number = 0; number < 50; number += 1) {
    send(patchOf(300))
    if (number % 10 === 0) await vi.waitFor(() => expect(beats.length).toBeGreaterThan(number / 10))
  }
  await vi.waitFor(() => expect(patches).toHaveLength(50))
  expect(patches.map((patch) => patch.version)).toEqual(
    Array.from({ length: 50 }, (_, index) => index + 1),
  )
})

it('a distant screen that always is one patch late keeps up', async () => {
  const { socket, patches } = await subscribed()
  // Says nothing: once it is found behind, the other one was looked at as well.
  await subscribed()
  send(patchOf())
  for (let number = 0; number < 8; number += 1) {
    await vi.waitFor(() => expect(patches.at(-1)?.version).toBe(version))
    const seen = version
    send(patchOf())
    nowMs += 1_500
    socket.emit('seen', { version: seen })
    // The answer to a question asked after it says that `seen` was heard.
    await socket.emitWithAck('subscribe', { scope: 'none' })
  }
  await vi.waitFor(() => expect(screens.behind()).toBe(1), { timeout: 2_000 })
})

it('a screen that says nothing for over 2 s leaves the stream, and is caught up when it speaks', async () => {
  const { socket, patches } = await subscribed()
  send(patchOf())
  await vi.waitFor(() => expect(patches).toHaveLength(1))
  nowMs += 2_001
  await vi.waitFor(() => expect(screens.behind()).toBe(1), { timeout: 2_000 })
  send(patchOf())
  send(patchOf())
  socket.emit('seen', { version: 1 })
  await vi.waitFor(() => expect(patches.at(-1)).toMatchObject({ base: 1, version: 3 }))
  expect(screens.behind()).toBe(0)
  expect(patches).toHaveLength(2)
})

it('a screen that says nothing for a minute is let go', async () => {
  const { socket } = await subscribed()
  send(patchOf())
  nowMs += 60_001
  await vi.waitFor(() => expect(socket.connected).toBe(false), { timeout: 2_000 })
  expect(screens.count()).toBe(0)
})
