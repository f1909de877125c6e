import { expect, it } from 'vitest'
import type { PairAnswer, PairOffer, ScreenConfig } from '../../protocol/screens.ts'
import { Busy, startPairing, type PairState } from './pair.ts'

const token = 'A'.repeat(43)
const offer = (userCode: string): PairOffer => ({
  deviceCode: token,
  userCode,
  expiresIn: 600,
  interval: 5,
  verificationUri: 'http://10.0.0.5:8080/pair',
  verificationUriComplete: `http://10.0.0.5:8080/pair#${userCode}`,
})
const screen: ScreenConfig = {
  id: 's1',
  number: 1,
  name: '乐大晚村电视',
  county: '431128',
  scope: '431128105201',
  audience: 'public',
  profile: 'tv',
  scenes: [],
  size: null,
  keyMap: { set: 'iptv', learned: {} },
  sleep: null,
  audio: 0,
  group: null,
}
const pending: PairAnswer = { state: 'pending' }
const paired: PairAnswer = { state: 'paired', token, screen }

/** Runs until it is paired, with these answers one after the other; what it showed and how long it waited between. */
async function run(answers: readonly unknown[]) {
  let nowMs = 0
  const left = [...answers]
  const waits: number[] = []
  const shown: PairState[] = []
  await new Promise<void>((resolve) => {
    const pair = startPairing({
      request: { profile: 'wall', engine: 'Chromium 120' },
      clock: () => nowMs,
      post: async () => {
        const next = left.shift()
        if (next instanceof Error) throw next
        return next
      },
      wait: async (ms) => {
        waits.push(ms)
        nowMs += ms
      },
    })
    pair.store.subscribe((state) => {
      shown.push(state)
      if (state.kind === 'paired') resolve()
    })
  })
  return { waits, kinds: shown.map(({ kind }) => kind), shown }
}

it('shows its code, asks every five seconds, and is in once somebody has approved it', async () => {
  const { waits, kinds } = await run([offer('BCDFGHJK'), pending, pending, paired])
  expect(kinds).toEqual(['waiting', 'waiting', 'waiting', 'paired'])
  expect(waits).toEqual([5_000, 5_000, 5_000])
})

it('asks less often when it is told to', async () => {
  const slow: PairAnswer = { state: 'slow-down', interval: 10 }
  const { waits } = await run([offer('BCDFGHJK'), slow, pending, paired])
  expect(waits).toEqual([5_000, 10_000, 10_000])
})

it('takes a new code when the old one is over or refused', async () => {
  const { shown } = await run([offer('BCDFGHJK'), { state: 'expired' }, offer('ZZZZZZZZ'), paired])
  const codes = shown.flatMap((state) => (state.kind === 'waiting' ? [state.offer.userCode] : []))
  expect(codes).toEqual(['BCDFGHJK', 'ZZZZZZZZ'])
})

it('says that the relay is gone, or that too many wait, and goes on by itself', async () => {
  const { shown, waits } = await run([
    new Error('no relay'),
    new Busy(),
    offer('BCDFGHJK'),
    new Error('no relay'),
    pending,
    paired,
  ])
  expect(
    shown.map((state) => ('why' in state ? state.why : 'isLost' in state && state.isLost)),
  ).toEqual(['lost', 'busy', false, true, false, false])
  expect(waits.filter((ms) => ms > 0)).toEqual([5_000, 55_000, 5_000, 5_000, 5_000, 5_000])
})
