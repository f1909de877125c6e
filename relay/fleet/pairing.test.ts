import { beforeEach, expect, it } from 'vitest'
import { createPairing, offerMs, type Pairing } from './pairing.ts'

const tv = { profile: 'tv', engine: 'Chromium 67' } as const
let nowMs = 0
let drawn = 0
let pairing: Pairing
beforeEach(() => {
  nowMs = 0
  drawn = 0
  pairing = createPairing({
    clock: () => nowMs,
    // The digits of the code's number.
    draw: (below) => Math.floor((drawn >> 3) / below ** (drawn++ & 7)) % below,
    secret: () => `secret-${drawn}`,
  })
})
function begin(address = '10.0.0.9'): { readonly deviceCode: string; readonly userCode: string } {
  const begun = pairing.begin(address, tv)
  if (begun === undefined) throw new Error('too many wait')
  return begun
}

it('waits until somebody approves the code, and then names the screen to the one that waits', () => {
  const { deviceCode, userCode } = begin()
  expect(userCode).toBe('BBBBBBBB')
  expect(pairing.look(userCode)).toEqual({ ...tv, userCode, address: '10.0.0.9', leftMs: offerMs })
  expect(pairing.ask(deviceCode)).toEqual({ state: 'pending' })
  expect(pairing.ask('another')).toEqual({ state: 'expired' })
  expect(pairing.approve(userCode, 's1')).toBe(true)
  expect(pairing.approve(userCode, 's2')).toBe(false)
  expect(pairing.look(userCode)).toBeUndefined()
  nowMs += 5_000
  expect(pairing.ask(deviceCode)).toEqual({ state: 'approved', screen: 's1' })
})

it('gives the answer again while it may have been lost, and not for ever', () => {
  const { deviceCode, userCode } = begin()
  pairing.approve(userCode, 's1')
  for (const [afterMs, state] of [
    [5_000, 'approved'],
    [5_000, 'approved'],
    [25_000, 'expired'],
  ] as const) {
    nowMs += afterMs
    expect(pairing.ask(deviceCode).state).toBe(state)
  }
})

it('tells whoever asks too soon to ask less often, and forgives half a second', () => {
  const { deviceCode } = begin()
  expect(pairing.ask(deviceCode).state).toBe('pending')
  nowMs += 4_600
  expect(pairing.ask(deviceCode).state).toBe('pending')
  nowMs += 4_000
  expect(pairing.ask(deviceCode)).toEqual({ state: 'slow-down', interval: 10 })
  nowMs += 5_000
  expect(pairing.ask(deviceCode)).toEqual({ state: 'slow-down', interval: 15 })
  nowMs += 15_000
  expect(pairing.ask(deviceCode).state).toBe('pending')
})

it('forgets a code after ten minutes, when somebody says no, and after five wrong words', () => {
  const old = begin()
  nowMs += offerMs
  expect([pairing.look(old.userCode), pairing.ask(old.deviceCode).state]).toEqual([
    undefined,
    'expired',
  ])
  expect(pairing.approve(old.userCode, 's1')).toBe(false)
  const refused = begin()
  expect(pairing.refuse(refused.userCode)).toBe(true)
  expect(pairing.ask(refused.deviceCode).state).toBe('expired')
  const guessed = begin()
  for (let tries = 0; tries < 4; tries += 1) pairing.miss(guessed.userCode)
  expect(pairing.look(guessed.userCode)).toBeDefined()
  pairing.miss(guessed.userCode)
  expect(pairing.look(guessed.userCode)).toBeUndefined()
})

it('lets one address begin twenty times, while others still can, and a thousand in all', () => {
  for (let count = 0; count < 20; count += 1) begin('10.0.0.1')
  expect(pairing.begin('10.0.0.1', tv)).toBeUndefined()
  for (let count = 20; count < 1_000; count += 1) begin(`10.0.1.${count}`)
  expect(pairing.begin('10.0.0.2', tv)).toBeUndefined()
  nowMs += offerMs
  expect(pairing.begin('10.0.0.1', tv)).toBeDefined()
})
