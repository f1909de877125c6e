import { beforeEach, expect, it } from 'vitest'
import type { WallShow } from '../../protocol/agreement.ts'
import type { RemoteDesk, RemoteJoined, Shown } from '../../protocol/remote.ts'
import { lockedMs } from '../http/lockout.ts'
import { codeMs, createRemotes, passMs, type Remotes } from './remotes.ts'
import { createWalls, type Walls } from './walls.ts'

const scenes = [{ id: 'overview', title: '总览' }]
const at = 1_000_000
const show: WallShow = {
  scene: 'ranking',
  since: at,
  until: null,
  why: '李家村党支部 预警升为红色',
  waiting: [{ key: 'warning w1', scene: 'warnings', weight: 3, why: '王家村党支部 预警升为红色' }],
  rests: [{ key: 'warning w2', until: at }],
  back: null,
  card: null,
}

let nowMs: number
let walls: Walls<string>
let remotes: Remotes<string>
let desks: Map<string, RemoteDesk>
let shown: Map<string, Shown>
let ended: string[]
beforeEach(() => {
  nowMs = at
  let drawn = 0
  desks = new Map()
  shown = new Map()
  ended = []
  walls = createWalls({
    now: () => nowMs,
    send: () => undefined,
    onChange: (wall) => remotes.changed(wall),
  })
  remotes = createRemotes({
    clock: () => nowMs,
    now: () => nowMs,
    // Of each twenty letters in a row no eight are the same as another's.
    draw: (below) => (drawn++ * 7 + Math.floor(drawn / 20)) % below,
    addresses: () => ['http://192.168.1.20:8080/remote'],
    walls,
    tellScreen: (screen, desk) => desks.set(screen, desk),
    tellPhone: (phone, what) => shown.set(phone, what),
    endPhone: (phone) => ended.push(phone),
  })
  walls.join('screen', '431128/hall')
})
const open = () => remotes.open('screen', { scenes })
const code = (): string => desks.get('screen')?.code ?? ''
const join = (phone: string, word = code(), address = '10.0.0.9') =>
  remotes.join(phone, address, { code: word })
const passOf = (reply: RemoteJoined): string => (reply.state === 'joined' ? reply.pass : '')
const wrong = 'BBBBBBBB'

it('lets a phone steer with the code that the wall shows, and tells the wall', () => {
  open()
  expect(join('phone')).toMatchObject({ state: 'joined', scope: '431128', leftMs: passMs, scenes })
  expect(remotes.steered('phone')).toBe('screen')
  expect(desks.get('screen')?.phones).toEqual([{ number: 1, joinedAt: at, isOn: true }])
})

it('takes a code once: the wall shows the next phone another', () => {
  open()
  const first = code()
  expect(join('phone', first).state).toBe('joined')
  expect(code()).not.toBe(first)
  expect(join('other', first).state).toBe('refused')
  expect(remotes.steered('other')).toBeUndefined()
  expect(join('other').state).toBe('joined')
})

it('takes a code for ten minutes', () => {
  open()
  nowMs += codeMs
  expect(join('phone').state).toBe('refused')
  const old = code()
  open()
  expect(code()).not.toBe(old)
  nowMs += codeMs - 1
  expect(join('phone').state).toBe('joined')
})

it('lets a phone steer for two hours, says so when they end, and takes it back until then', () => {
  open()
  const reply = join('phone')
  remotes.leave('phone')
  expect(desks.get('screen')?.phones[0]?.isOn).toBe(false)
  expect(remotes.steered('phone')).toBeUndefined()
  nowMs += passMs - 1
  const pass = passOf(reply)
  expect(remotes.join('again', '10.0.0.9', { pass })).toMatchObject({ state: 'joined', leftMs: 1 })
  expect(remotes.steered('again')).toBe('screen')
  nowMs += 1
  remotes.sweep()
  expect(ended).toEqual(['again'])
  expect(remotes.steered('again')).toBeUndefined()
  expect(desks.get('screen')).toBeNull()
  expect(remotes.join('again', '10.0.0.9', { pass })).toEqual({ state: 'over' })
})

it('ends every phone when somebody at the wall says so', () => {
  open()
  const pass = passOf(join('one'))
  join('two')
  expect(remotes.end('screen')).toBe(true)
  expect(ended).toEqual(['one', 'two'])
  expect(desks.get('screen')).toBeNull()
  expect(['one', 'two'].map((phone) => remotes.steered(phone))).toEqual([undefined, undefined])
  expect(remotes.join('one', '10.0.0.9', { pass })).toEqual({ state: 'over' })
})

it('locks an address out after five wrong codes, even with the right one, and nobody else', () => {
  open()
  for (let tries = 0; tries < 5; tries += 1) expect(join('phone', wrong).state).toBe('refused')
  expect(join('phone')).toEqual({ state: 'locked', seconds: 900 })
  expect(join('other', code(), '10.0.0.10').state).toBe('joined')
  nowMs += lockedMs
  open()
  expect(join('phone').state).toBe('joined')
})

it('tells a phone what is on and nothing of why, what waits and what was warned of', () => {
  open()
  walls.propose('screen', { after: 0, from: nowMs, show })
  join('phone')
  const told = { hasScreen: true, scene: 'ranking', isHeld: true, card: null }
  expect(shown.get('phone')).toEqual(told)
  walls.propose('screen', {
    after: 1,
    from: nowMs,
    show: { ...show, until: at, scene: 'learning' },
  })
  expect(shown.get('phone')).toEqual({ ...told, scene: 'learning', isHeld: false })
})

it('is steered through the screen that leads; a phone neither leads nor agrees', () => {
  walls.join('second', '431128/hall')
  open()
  join('phone')
  walls.propose('phone', { after: 0, from: nowMs, show })
  expect(walls.agreedOn('431128/hall')).toBeNull()
  walls.leave('screen')
  expect(remotes.steered('phone')).toBe('second')
  walls.leave('second')
  expect(remotes.steered('phone')).toBeUndefined()
  expect(walls.membersOf('431128/hall')).toEqual([])
})

it('keeps the phones of a wall that is loaded anew, and tells both what became of the other', () => {
  open()
  join('phone')
  walls.leave('screen')
  expect(shown.get('phone')?.hasScreen).toBe(false)
  walls.join('reloaded', '431128/hall')
  remotes.welcome('reloaded')
  expect(desks.get('reloaded')?.phones).toHaveLength(1)
  expect(shown.get('phone')?.hasScreen).toBe(true)
  expect(remotes.steered('phone')).toBe('reloaded')
})

it('is opened by nobody that is no part of a wall, and moves a wall no faster than a thumb does', () => {
  expect(remotes.open('stranger', { scenes })).toBe(false)
  open()
  join('phone')
  const taps = (count: number) =>
    Array.from({ length: count }, () => remotes.steered('phone')).filter((at) => at === 'screen')
      .length
  expect(taps(9)).toBe(4)
  nowMs += 100
  expect(taps(9)).toBe(1)
  nowMs += 60_000
  expect(taps(9)).toBe(4)
})

it('takes eight phones; one that is gone makes room for the next', () => {
  open()
  for (let phone = 1; phone <= 8; phone += 1) expect(join(`p${phone}`).state).toBe('joined')
  expect(join('p9').state).toBe('full')
  remotes.leave('p3')
  expect(join('p9').state).toBe('joined')
  expect(desks.get('screen')?.phones.map(({ number }) => number)).toEqual([1, 2, 4, 5, 6, 7, 8, 9])
})
