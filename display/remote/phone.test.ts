import { beforeEach, expect, it } from 'vitest'
import { readCode, type JoinRemote, type RemoteJoined, type Steer } from '../../protocol/remote.ts'
import type { Socket } from '../link.ts'
import { createPhone, type Phone } from './phone.ts'

const code = 'BCDFGHJK'
const pass = 'B'.repeat(32)
const joined: RemoteJoined = {
  state: 'joined',
  pass,
  leftMs: 7_200_000,
  scope: '431128',
  scenes: [{ id: 'overview', title: '总览' }],
}
const shown = { hasScreen: true, scene: 'overview', isHeld: false, card: null }

let kept: Map<string, string>
let asked: JoinRemote[]
let steers: Steer[]
let reply: RemoteJoined
let hear: (name: string, message?: unknown) => void
beforeEach(() => {
  kept = new Map()
  asked = []
  steers = []
  reply = joined
})

function phoneWith(brought: string | null): Phone {
  const listeners = new Map<string, (message: unknown) => void>()
  hear = (name, message) => listeners.get(name)?.(message)
  const socket = {
    on: (name: string, listener: (message: unknown) => void) => listeners.set(name, listener),
    connect: () => hear('connect'),
    disconnect: () => hear('disconnect', 'io client disconnect'),
    emit(name: string, message: unknown, answer?: (reply: unknown) => void) {
      if (name === 'steer') steers.push(message as Steer)
      if (name !== 'remote-join') return
      asked.push(message as JoinRemote)
      answer?.(reply)
    },
  } as unknown as Socket
  return createPhone({
    socket,
    storage: {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => void kept.set(name, value),
      removeItem: (name) => void kept.delete(name),
    },
    clock: () => 1_000,
    code: brought,
  })
}

it('joins by the code of its address, and comes back after a break by its pass', () => {
  const phone = phoneWith(code)
  hear('shown', shown)
  expect(phone.store.getState()).toMatchObject({ kind: 'joined', until: 7_201_000, shown })
  hear('disconnect', 'transport close')
  expect(phone.store.getState()).toMatchObject({ kind: 'joined', isLost: true })
  phone.steer({ do: 'hold' })
  hear('connect')
  expect(phone.store.getState()).toMatchObject({ kind: 'joined', isLost: false })
  phone.steer({ do: 'hold' })
  expect(asked).toEqual([{ code }, { pass }])
  expect(steers).toEqual([{ do: 'hold' }])
})

it('comes back by its pass when its page is loaded anew, and forgets it when it is over', () => {
  kept.set('remote-pass', pass)
  const phone = phoneWith(null)
  expect(asked).toEqual([{ pass }])
  hear('remote-over')
  expect(phone.store.getState()).toEqual({ kind: 'over' })
  expect(kept.size).toBe(0)
})

it('says why a code is not taken, and takes the next', () => {
  reply = { state: 'refused' }
  const phone = phoneWith(code)
  expect(phone.store.getState()).toMatchObject({ kind: 'asking' })
  reply = { state: 'locked', seconds: 890 }
  phone.enter(code)
  expect(phone.store.getState()).toEqual({
    kind: 'asking',
    mistake: '输错次数过多,请 15 分钟后再试',
  })
  reply = joined
  phone.enter(code)
  expect(phone.store.getState()).toMatchObject({ kind: 'joined' })
})

it('reads a code however it is typed', () => {
  expect(readCode(' bcdf ghjk')).toBe(code)
  expect(readCode('BCDF-GHJK')).toBe(code)
  for (const odd of ['', 'BCDFGHJ', 'ABCDFGHJ', 'BCDFGHJKL']) expect(readCode(odd)).toBeNull()
})
