import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import type { Beat } from '../../protocol/screens.ts'
import { createAnnouncer } from './announce.ts'
import { createFleetDesk } from './desk.ts'
import { openNotices } from './notices.ts'
import { hear, isAsleep, lateMs, lostMs, stateOf, type Heard } from './presence.ts'

const at = (time: string): number => Date.parse(`2026-06-18T${time}+08:00`)
const beat = (frames: number): Beat => ({
  build: 'wall-1',
  wire: 26,
  engine: 'Chromium 120',
  heapMb: null,
  frames,
  width: 1920,
  height: 1080,
  boardVersion: 0,
  boardAsOf: null,
  scene: null,
  lastError: null,
})
const paired = { config: { sleep: null }, pairedAt: '2026-06-18T09:00:00+08:00' }

it('tells a screen that is there from one that is late, lost, or switched off as planned', () => {
  const t0 = at('09:00:00')
  const heard = hear(undefined, beat(1), t0)
  const after = (ms: number, screen = paired) => stateOf(screen, heard, t0 + ms)
  expect([0, lateMs, lateMs + 1, lostMs, lostMs + 1].map((ms) => after(ms))).toEqual([
    'online',
    'online',
    'late',
    'late',
    'lost',
  ])
  expect(stateOf(paired, undefined, t0)).toBe('lost')
  expect(stateOf({ ...paired, pairedAt: null }, heard, t0)).toBe('unpaired')
  const asleep = { ...paired, config: { sleep: { from: '22:00', to: '06:30' } } } as const
  expect(stateOf(asleep, heard, at('23:00:00'))).toBe('asleep')
  expect(stateOf(asleep, heard, at('12:00:00'))).toBe('lost')
  expect(stateOf(asleep, hear(undefined, beat(1), at('23:00:00')), at('23:00:10'))).toBe('online')
})

it('knows a picture that stands still although its page goes on speaking', () => {
  let heard: Heard | undefined
  let now = at('09:00:00')
  const next = (frames: number) => {
    now += 15_000
    heard = hear(heard, beat(frames), now)
    return stateOf(paired, heard, now)
  }
  expect([next(60), next(900), next(900), next(900), next(900), next(901)]).toEqual([
    'online',
    'online',
    'online',
    'online',
    'frozen',
    'online',
  ])
  // Loaded anew, it begins to count again.
  expect(next(3)).toBe('online')
})

it('sleeps by Beijing time, also over midnight', () => {
  const night = { from: '22:00', to: '06:30' }
  expect(
    ['21:59:59', '22:00:00', '06:29:59', '06:30:00'].map((t) => isAsleep(night, at(t))),
  ).toEqual([false, true, true, false])
  const noon = { from: '12:00', to: '14:00' }
  expect(['11:59:00', '13:00:00', '14:00:00'].map((t) => isAsleep(noon, at(t)))).toEqual([
    false,
    true,
    false,
  ])
})

it('keeps a notice over a restart, with who saw it, and tells screens when it is over by itself', () => {
  vi.useFakeTimers({ now: at('09:00:00') })
  const dataDir = mkdtempSync(join(tmpdir(), 'notices-'))
  try {
    const asked = { title: '停电', text: '今晚停电', from: '镇政府', minutes: 5 } as const
    const before = openNotices(dataDir, Date.now)
    const kept = before.put(
      { ...asked, target: { kind: 'place', scope: '431128105' } },
      'account a',
    )
    before.seen(kept?.id ?? '', 's1')
    before.close()

    const notices = openNotices(dataDir, Date.now)
    const [again] = notices.list()
    expect([again?.asked.title, [...(again?.seen.keys() ?? [])]]).toEqual(['停电', ['s1']])
    const desk = createFleetDesk(Date.now)
    const told: number[] = []
    const line = (place: string) => ({
      seat: { screen: 's', place },
      command: () => undefined,
      notices: (holding: readonly unknown[]) => void told.push(holding.length),
    })
    desk.enter(line('431128105201'))
    desk.enter(line('431128101201'))
    const announcer = createAnnouncer(desk, notices)
    expect(told).toEqual([1, 0])
    vi.advanceTimersByTime(5 * 60_000)
    expect(told).toEqual([1, 0, 0, 0])
    announcer.stop()
    notices.close()
  } finally {
    vi.useRealTimers()
    rmSync(dataDir, { recursive: true })
  }
})
