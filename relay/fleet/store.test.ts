import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ScreenSettings } from '../../protocol/screens.ts'
import { openScreens, type ScreenStore } from './store.ts'
import { mistakeIn } from './settings.ts'

let dataDir: string
let store: ScreenStore
let nowMs: number
const open = (): ScreenStore => openScreens(dataDir, () => nowMs)
beforeEach(() => {
  nowMs = Date.parse('2026-06-18T09:41:26+08:00')
  dataDir = mkdtempSync(join(tmpdir(), 'screens-'))
  store = open()
})
afterEach(() => {
  store.close()
  rmSync(dataDir, { recursive: true })
})

const village: ScreenSettings = {
  name: '乐大晚村电视',
  county: '431128',
  scope: '431128105201',
  audience: 'public',
  profile: 'tv',
  scenes: ['overview'],
  size: null,
  keyMap: { set: 'iptv', learned: { ok: 13 } },
  sleep: { from: '22:00', to: '06:30' },
  audio: 40,
  group: '试点',
}

it('keeps screens, their settings and which tokens count over a restart', () => {
  const first = store.add(village)
  const token = store.pair(first.config.id) ?? ''
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
  const second = store.add({ ...village, name: '二号' })
  store.change(second.config.id, { ...village, name: '三号' })
  store.close()
  store = open()
  expect(store.find(token)).toEqual({ id: first.config.id, number: 1, ...village })
  expect(
    store.list().map(({ config, pairedAt }) => [config.number, config.name, pairedAt]),
  ).toEqual([
    [1, '乐大晚村电视', '2026-06-18T09:41:26+08:00'],
    [2, '三号', null],
  ])
})

it('has one token a screen: pairing anew, revoking and removing end the one before', () => {
  const { id } = store.add(village).config
  const old = store.pair(id) ?? ''
  const token = store.pair(id) ?? ''
  expect([store.find(old), store.find(token)?.id]).toEqual([undefined, id])
  expect([store.revoke(id), store.revoke(id)]).toEqual([true, false])
  expect(store.find(token)).toBeUndefined()
  const last = store.pair(id) ?? ''
  expect(store.remove(id)).toBe(true)
  expect([store.find(last), store.get(id), store.pair(id)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

it('makes many at once or none, and lets each in by its ticket once, until its time is over', () => {
  const made = store.addAll([village, { ...village, name: '二号' }])
  expect(made.map(({ screen }) => screen.config.number)).toEqual([1, 2])
  const [first, second] = made.map(({ ticket }) => ticket)
  store.close()
  store = open()
  expect(store.redeem(first ?? '')).toBe(made[0]?.screen.config.id)
  // Whoever did not hear the answer asks again at once.
  expect(store.redeem(first ?? '')).toBe(made[0]?.screen.config.id)
  nowMs += 60_000
  expect(store.redeem(first ?? '')).toBeUndefined()
  nowMs += 31 * 24 * 3_600_000
  expect(store.redeem(second ?? '')).toBeUndefined()
  expect(store.redeem('')).toBeUndefined()
})

it('ends the ticket of a screen that is removed', () => {
  const [made] = store.addAll([village])
  store.remove(made?.screen.config.id ?? '')
  expect(store.redeem(made?.ticket ?? '')).toBeUndefined()
})

it('keeps no token that somebody could read off the disk, in a file for its owner alone', () => {
  const token = store.pair(store.add(village).config.id) ?? ''
  store.close()
  const file = join(dataDir, 'screens.sqlite')
  expect(readFileSync(file).includes(token)).toBe(false)
  expect(statSync(file).mode & 0o077).toBe(0)
  store = open()
  expect(store.find(token)?.name).toBe('乐大晚村电视')
})

const room: ScreenSettings = {
  ...village,
  profile: 'wall',
  scenes: [],
  keyMap: { set: 'pc', learned: {} },
  audio: 0,
}
const hall = { wall: 'hall', grid: [3, 2], bezel: 0, seams: null } as const

it.each([
  [{}, undefined],
  [{ county: '511403' }, '不在本中心服务范围内'],
  [{ scope: '431129105' }, '不属于 431128'],
  [{ audience: 'township' }, '9 位乡镇代码'],
  [{ profile: 'tv', audio: 40, keyMap: { set: 'iptv', learned: { ok: 13 } } }, undefined],
  [{ profile: 'tv', audience: 'township', scope: '431128105' }, '受众应为公众'],
  [{ profile: 'tv', scenes: ['video'] }, '场景应留空'],
  [{ profile: 'tv', size: { ...hall, part: [1, 1] } }, '不能拼接'],
  [{ audio: 40 }, '音量应为 0'],
  [{ keyMap: { set: 'iptv', learned: {} } }, '只用于电视'],
  [{ size: { ...hall, part: [1, 1] } }, '受众应为指挥大厅'],
  [{ scenes: ['video', 'nowhere'] }, '没有场景 nowhere'],
  [{ scenes: ['video', 'video'] }, '只能写一次'],
  [{ sleep: { from: '22:00', to: '22:00' } }, '不能相同'],
  [{ audience: 'township', scope: '431128105' }, undefined],
  [{ audience: 'wall' }, '县本级'],
  [{ audience: 'county', scope: '431128105' }, '县本级'],
  [{ audience: 'wall', scope: '431128' }, undefined],
  [{ size: { ...hall, part: [1, 3] } }, '没有第 1 列第 3 行'],
] as const)('finds what does not go together in %o: %s', (change, sentence) => {
  const said = mistakeIn({ ...room, ...change } as ScreenSettings, ['431128', '430000'])
  if (sentence === undefined) expect(said).toBeUndefined()
  else expect(said).toContain(sentence)
})
