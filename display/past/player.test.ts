import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Making, Patch, Snapshot } from '../../protocol/frames.ts'
import { dayMs, toInstant } from '../../protocol/time.ts'
import { fixtureSnapshot, fixtureTables, sourcesAt } from '../gallery/fixtures.ts'
import { createPlayer, type Player } from './player.ts'

const now = Date.parse('2026-06-18T10:00:00+08:00')
const atMs = now - dayMs
const whole = fixtureSnapshot(fixtureTables(sourcesAt(now, null)))
const [branch] = whole.tables.branches ?? []

let paths: string[]
let isLost: boolean
/** What each frame takes. */
let frameMs: number
let making: Making | null
let ended: number
let player: Player

/** What the relay tells: at each step the first branch has as many points as there were steps. */
async function* frames(
  path: string,
  signal: AbortSignal,
): AsyncGenerator<Snapshot | Patch | Making> {
  paths.push(path)
  const query = new URL(path, 'http://relay').searchParams
  const [from, to] = ['from', 'to'].map((name) => Date.parse(query.get(name) ?? ''))
  const step = Number(query.get('step')) * 1_000
  if (isLost || from === undefined || to === undefined || branch === undefined)
    throw new Error('the relay is away')
  if (making !== null) {
    yield making
    await new Promise((resume) => setTimeout(resume, 500))
  }
  yield await Promise.resolve({ ...whole, at: toInstant(from) })
  for (let at = from, points = 1; at < to && !signal.aborted; points += 1) {
    at = Math.min(at + step, to)
    if (frameMs > 0) await new Promise((resume) => setTimeout(resume, frameMs))
    if (isLost) throw new Error('the relay is away')
    const change = { puts: { branches: [{ ...branch, points }] }, deletes: {} }
    yield { epoch: 'past', base: points - 1, version: points, at: toInstant(at), ...change }
  }
}

const begin = (ms = atMs) =>
  createPlayer(ms, {
    scope: '431128',
    frames,
    present: () => Date.now(),
    clock: () => performance.now(),
    onPresent: () => {
      ended += 1
    },
  })
const state = () => player.store.getState()
const points = () => player.wall.store.getState().board.branches.get(branch?.id ?? '')?.points

beforeEach(() => {
  vi.useFakeTimers({ now })
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  paths = []
  isLost = false
  frameMs = 0
  making = null
  ended = 0
  player = begin()
})
afterEach(() => {
  player.close()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('a moment is asked for alone, and the wall then knows no other time', async () => {
  player.close()
  paths = []
  player = begin()
  expect(state()).toMatchObject({ phase: 'seeking', isShown: false })
  await vi.advanceTimersByTimeAsync(0)
  expect(state()).toMatchObject({ phase: 'shown', isShown: true, isPlaying: false, atMs })
  expect(player.wall.store.getState()).toMatchObject({ now: atMs, isPast: true })
  expect(decodeURIComponent(paths[0] ?? '')).toBe(
    '/v1/past/431128?from=2026-06-17T10:00:00+08:00&to=2026-06-17T10:00:00+08:00&step=1',
  )
})

test('ten boards a second go by at 60×, each six seconds later', async () => {
  player.setSpeed(60)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(state()).toMatchObject({ isPlaying: true, atMs: atMs + 120_000 })
  expect(points()).toBe(20)
  expect(player.wall.store.getState().now).toBe(atMs + 120_000)
})

test('yesterday is over in a minute, and stands at its last second', async () => {
  player.playYesterday()
  await vi.advanceTimersByTimeAsync(30_000)
  expect(toInstant(state().atMs)).toBe('2026-06-17T12:00:00+08:00')
  await vi.advanceTimersByTimeAsync(30_500)
  expect(state()).toMatchObject({ isPlaying: false, phase: 'shown' })
  expect(toInstant(state().atMs)).toBe('2026-06-17T23:59:59+08:00')
  expect(ended).toBe(0)
})

test('yesterday is over in a minute also where the relay takes half a second for each board, and something moves all the while', async () => {
  frameMs = 500
  player.playYesterday()
  await vi.advanceTimersByTimeAsync(0)
  let stoodMs = 0
  let longestMs = 0
  let before = state().atMs
  for (let passed = 0; passed < 61_000; passed += 250) {
    await vi.advanceTimersByTimeAsync(250)
    stoodMs = state().atMs === before ? stoodMs + 250 : 0
    if (state().isPlaying) longestMs = Math.max(longestMs, stoodMs)
    before = state().atMs
  }
  expect(state()).toMatchObject({ isPlaying: false, phase: 'shown' })
  expect(toInstant(state().atMs)).toBe('2026-06-17T23:59:59+08:00')
  expect(longestMs).toBeLessThanOrEqual(2_500)
})

test('a board that sums up many divisions says how many are made', async () => {
  making = { made: 3, of: 129 }
  player.seek(atMs - dayMs)
  await vi.advanceTimersByTimeAsync(0)
  expect(state()).toMatchObject({ phase: 'seeking', making: { made: 3, of: 129 } })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(state()).toMatchObject({ phase: 'shown', making: null })
})

test('a play that stops stays where it is, and goes on from there', async () => {
  player.togglePlay()
  await vi.advanceTimersByTimeAsync(1_000)
  player.togglePlay()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(state()).toMatchObject({ isPlaying: false, atMs: atMs + 60_000 })
  player.togglePlay()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(state()).toMatchObject({ isPlaying: true, atMs: atMs + 120_000 })
})

test('a play that reaches the present ends the past', async () => {
  player.close()
  player = begin(now - 3_600_000)
  player.setSpeed(600)
  await vi.advanceTimersByTimeAsync(5_900)
  expect(ended).toBe(0)
  await vi.advanceTimersByTimeAsync(600)
  expect(ended).toBe(1)
})

test('a relay that goes away is said to be away, and the play goes on when it is back', async () => {
  player.setSpeed(60)
  await vi.advanceTimersByTimeAsync(1_000)
  isLost = true
  await vi.advanceTimersByTimeAsync(200)
  // One more frame was on its way.
  expect(state()).toMatchObject({ phase: 'lost', isPlaying: true, atMs: atMs + 66_000 })
  expect(points()).toBe(11)
  isLost = false
  await vi.advanceTimersByTimeAsync(6_000)
  expect(state().phase).toBe('shown')
  expect(state().atMs).toBeGreaterThan(atMs + 66_000)
})

test('before anything was recorded the wall has nothing, and says so', async () => {
  const organizations = whole.tables.organizations
  Object.assign(whole.tables, { organizations: [] })
  player.seek(now - 900 * dayMs)
  await vi.advanceTimersByTimeAsync(0)
  Object.assign(whole.tables, { organizations })
  expect(state().isEmpty).toBe(true)
  expect(player.wall.store.getState().board.county.size).toBe(0)
})

test('nothing that lies ahead is asked for', async () => {
  player.seek(now + dayMs)
  await vi.advanceTimersByTimeAsync(0)
  expect(state().atMs).toBe(now - 1_000)
})
