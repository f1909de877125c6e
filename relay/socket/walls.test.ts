import { beforeEach, expect, it } from 'vitest'
import type { Agreed, WallShow } from '../../protocol/agreement.ts'
import { createWalls, type Walls } from './walls.ts'

const now = 1_000_000
const show = (scene: string): WallShow => ({
  scene,
  since: now,
  until: now + 30_000,
  why: null,
  waiting: [],
  rests: [],
  back: null,
  card: null,
})
const from = now + 500

let walls: Walls<string>
let heard: Map<string, Agreed>
beforeEach(() => {
  heard = new Map()
  walls = createWalls({ now: () => now, send: (member, agreed) => heard.set(member, agreed) })
})
const sceneOf = (member: string) => heard.get(member)?.agreed?.show.scene
const leaders = () => [...heard].filter(([, { leads }]) => leads).map(([member]) => member)

it('tells every browser of a wall what one of them proposed, and no other wall', () => {
  for (const member of ['a', 'b', 'c']) walls.join(member, '431128/hall')
  walls.join('x', '431128/lobby')
  walls.propose('b', { after: 0, from, show: show('ranking') })
  expect(['a', 'b', 'c', 'x'].map(sceneOf)).toEqual(['ranking', 'ranking', 'ranking', undefined])
  expect(heard.get('b')).toMatchObject({ isOwn: true, ordinal: 1 })
  expect(heard.get('a')).toMatchObject({ isOwn: false, ordinal: 1 })
})

it('lets the quicker of two proposals count, and says so to the other', () => {
  for (const member of ['a', 'b']) walls.join(member, '431128/hall')
  walls.propose('a', { after: 0, from, show: show('ranking') })
  walls.propose('b', { after: 0, from, show: show('warnings') })
  expect(['a', 'b'].map(sceneOf)).toEqual(['ranking', 'ranking'])
  expect(heard.get('b')).toMatchObject({ isOwn: false, ordinal: 1 })
})

it('tells whoever comes later what is on; the next one leads when the leader goes', () => {
  walls.join('a', '431128/hall')
  walls.propose('a', { after: 0, from, show: show('ranking') })
  walls.join('b', '431128/hall')
  walls.join('c', '431128/hall')
  expect(sceneOf('c')).toBe('ranking')
  expect(leaders()).toEqual(['a'])
  heard.clear()
  walls.leave('a')
  expect(leaders()).toEqual(['b'])
})

it('brings a scene sooner once it stands in every browser that is there', () => {
  for (const member of ['a', 'b', 'c']) walls.join(member, '431128/hall')
  walls.propose('a', { after: 0, from: now + 2_000, show: show('ranking') })
  const due = () => heard.get('a')?.agreed?.from
  for (const member of ['a', 'b']) walls.drawn(member, 'ranking')
  walls.drawn('c', 'overview')
  expect(due()).toBe(now + 2_000)
  walls.leave('c')
  expect(due()).toBe(now + 250)
  expect(heard.get('b')).toMatchObject({ isOwn: false, ordinal: 1 })
  // Somebody touched the wall before hearing of it: that puts nothing off, and is told.
  walls.propose('b', { after: 1, from: now + 2_000, show: show('ranking') })
  expect(heard.get('b')).toMatchObject({ isOwn: false, ordinal: 2, agreed: { from: now + 250 } })
  walls.propose('b', { after: 2, from: now + 2_000, show: show('warnings') })
  for (const member of ['a', 'b']) walls.drawn(member, 'ranking')
  expect(due()).toBe(now + 2_000)
})

it('forgets a wall with its last browser, and takes no proposal of a clock that is wrong', () => {
  walls.join('a', '431128/hall')
  walls.propose('a', { after: 0, from: now + 3_600_000, show: show('ranking') })
  expect(heard.get('a')?.agreed).toBeNull()
  walls.propose('a', { after: 0, from, show: show('ranking') })
  walls.leave('a')
  walls.join('b', '431128/hall')
  expect(heard.get('b')).toEqual({ leads: true, isOwn: false, ordinal: 0, agreed: null })
})

it('takes in no more walls and browsers than a county has', () => {
  const joined = Array.from({ length: 65 }, (_, at) => walls.join(`m${at}`, '431128/hall'))
  expect(joined.indexOf(false)).toBe(64)
  const others = Array.from({ length: 64 }, (_, at) => walls.join(`w${at}`, `431128/w${at}`))
  expect(others.indexOf(false)).toBe(63)
})
