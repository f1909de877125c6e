import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Patch, Snapshot } from '../protocol/frames.ts'
import { createWall } from './board.ts'
import { followRelay, type Socket } from './link.ts'

const at = '2026-06-18T09:41:26+08:00'
const snapshot = (version: number, epoch = 'e1'): Snapshot => ({
  epoch,
  version,
  at,
  scope: '431128',
  tables: {},
})
const patch = (base: number, version: number, epoch = 'e1'): Patch => ({
  epoch,
  base,
  version,
  at,
  puts: {},
  deletes: {},
})

function harness() {
  const listeners = new Map<string, (message: unknown) => void>()
  const asked: { request: unknown; answer: (reply: unknown) => void }[] = []
  let connects = 0
  const socket: Socket = {
    on: (name: string, listener: (message: unknown) => void) => listeners.set(name, listener),
    emit: (name: string, request: unknown, answer?: (reply: unknown) => void) => {
      if (name === 'subscribe' && answer) asked.push({ request, answer })
    },
    connect: () => (connects += 1),
    disconnect: () => undefined,
  } as Socket
  const wall = createWall()
  let next: Snapshot = snapshot(5)
  const stop = followRelay(wall, {
    scope: '431128',
    socket,
    fetchJson: async () => next,
    clock: Date.now,
    random: () => 0.5,
  })
  return {
    wall,
    asked,
    stop,
    connects: () => connects,
    serve: (snapshotNext: Snapshot) => (next = snapshotNext),
    say: (name: string, message?: unknown) => listeners.get(name)?.(message),
    async start() {
      listeners.get('connect')?.(undefined)
      asked.at(-1)?.answer({ mode: 'snapshot', url: '/v1/snapshot' })
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('a patch that follows is applied, one that repeats is ignored, a gap asks again', async () => {
  const link = harness()
  await link.start()
  expect(link.wall.store.getState()).toMatchObject({ version: 5, connection: 'live' })
  link.say('patch', patch(5, 7))
  link.say('patch', patch(4, 6))
  expect(link.wall.store.getState().version).toBe(7)
  expect(link.asked).toHaveLength(1)
  link.say('patch', patch(9, 10))
  expect(link.asked.at(-1)?.request).toEqual({ scope: '431128', epoch: 'e1', version: 7 })
  link.asked.at(-1)?.answer({ mode: 'patch', patch: patch(7, 10) })
  await vi.advanceTimersByTimeAsync(0)
  expect(link.wall.store.getState().version).toBe(10)
  link.stop()
})

test('patches that come while the snapshot is fetched are applied after it', async () => {
  const link = harness()
  link.say('connect')
  link.say('patch', patch(5, 6))
  link.asked[0]?.answer({ mode: 'snapshot', url: '/v1/snapshot' })
  await vi.advanceTimersByTimeAsync(0)
  expect(link.wall.store.getState().version).toBe(6)
  link.stop()
})

test('another epoch is subscribed to afresh', async () => {
  const link = harness()
  await link.start()
  link.say('heartbeat', { epoch: 'e2', version: 1, at })
  expect(link.asked.at(-1)?.request).toEqual({ scope: '431128' })
  link.stop()
})

test('a wall that begins without its relay shows what is kept of it, and how old that is', async () => {
  const link = harness()
  link.serve(snapshot(3))
  link.say('connect_error')
  await vi.advanceTimersByTimeAsync(0)
  expect(link.wall.store.getState()).toMatchObject({
    version: 3,
    connection: 'lost',
    lostAt: Date.parse(at),
  })
  await link.start()
  expect(link.asked.at(-1)?.request).toEqual({ scope: '431128', epoch: 'e1', version: 3 })
  link.stop()
})

test('silence ends the link within 10 s and it is tried again', async () => {
  const link = harness()
  await link.start()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(link.wall.store.getState()).toMatchObject({ connection: 'lost', attempts: 1 })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(link.connects()).toBe(2)
  link.stop()
})

test('a frame that is not a patch is refused', async () => {
  const link = harness()
  await link.start()
  link.say('patch', { version: 'six' })
  expect(link.wall.store.getState().connection).toBe('lost')
  link.stop()
})

test('a machine that slept while it waited for the relay connects again all the same', async () => {
  const link = harness()
  await link.start()
  link.say('disconnect')
  for (let refused = 0; refused < 4; refused += 1) link.say('connect_error')
  vi.setSystemTime(Date.now() + 3_600_000)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(link.connects()).toBe(2)
  expect(link.wall.store.getState().attempts).toBe(5)
  await link.start()
  expect(link.wall.store.getState().connection).toBe('live')
  link.stop()
})

test('a handshake that never ends is given up and tried again', async () => {
  const link = harness()
  await vi.advanceTimersByTimeAsync(16_000)
  expect(link.wall.store.getState()).toMatchObject({ connection: 'lost', attempts: 1 })
  expect(link.connects()).toBe(2)
  link.stop()
})
