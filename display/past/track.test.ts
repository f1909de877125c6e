import { expect, test } from 'vitest'
import {
  askedFor,
  barsOf,
  boundsOf,
  dayBefore,
  daySpeed,
  fractionOf,
  momentAt,
  onDay,
  pastMoment,
  readMoment,
  speeds,
  stepSecondsOf,
} from './track.ts'

const ms = (text: string) => Date.parse(`${text}+08:00`)
const now = ms('2026-11-28T08:40:12')

test('a wall is given ten boards a second, and at 1× one for each second of the past', () => {
  expect(speeds.map(stepSecondsOf)).toEqual([1, 1, 6, 60])
  expect(stepSecondsOf(daySpeed)).toBe(144)
})

test('yesterday at 1,440× is six hundred steps, a minute of ten a second', () => {
  const { fromMs, toMs } = boundsOf('2026-11-27')
  expect(fromMs).toBe(ms('2026-11-27T00:00:00'))
  expect(toMs).toBe(ms('2026-11-27T23:59:59'))
  const asked = askedFor(fromMs, daySpeed, toMs)
  expect(asked).toEqual({ fromMs, toMs, stepSeconds: 144 })
  expect(Math.ceil((toMs - fromMs) / 144_000)).toBe(600)
})

test('no question asks for more than the relay gives, nor for what lies ahead', () => {
  const fromMs = ms('2026-11-20T00:00:00')
  expect(askedFor(fromMs, 600, now).toMs).toBe(fromMs + 999 * 60_000)
  expect(askedFor(now - 5_000, 600, now - 1_000).toMs).toBe(now - 1_000)
  expect(askedFor(now, 600, now - 1_000).toMs).toBe(now)
  expect(pastMoment(now + 60_000, now)).toBe(now - 1_000)
  expect(pastMoment(ms('2026-11-27T09:30:29'), now)).toBe(ms('2026-11-27T09:30:00'))
})

test('the line of a day goes from its midnight to its last minute', () => {
  expect(fractionOf(ms('2026-11-27T06:00:00'), '2026-11-27')).toBe(0.25)
  expect(fractionOf(ms('2026-11-28T06:00:00'), '2026-11-27')).toBe(1)
  expect(momentAt('2026-11-27', -1)).toBe(ms('2026-11-27T00:00:00'))
  expect(momentAt('2026-11-27', 1)).toBe(ms('2026-11-27T23:59:00'))
})

test('another day is reached at the same time of day, across months and leap days', () => {
  expect(onDay(ms('2026-11-27T09:30:00'), '2026-11-01')).toBe(ms('2026-11-01T09:30:00'))
  expect(dayBefore('2028-03-01')).toBe('2028-02-29')
  expect(dayBefore('2026-12-31', -1)).toBe('2027-01-01')
})

test('an address names a minute, and nothing else', () => {
  expect(readMoment('2026-11-27T09:00')).toBe(ms('2026-11-27T09:00:00'))
  for (const wrong of [null, '', '2026-02-30T09:00', '2026-11-27T24:00', '2026-11-27', 'yesterday'])
    expect(readMoment(wrong)).toBeNull()
})

test('the last bar is today, and the tallest is the most active day', () => {
  expect(barsOf([5, 20, 0], '2026-11-28')).toEqual([
    { day: '2026-11-26', value: 5, share: 0.25 },
    { day: '2026-11-27', value: 20, share: 1 },
    { day: '2026-11-28', value: 0, share: 0 },
  ])
  expect(barsOf([0], '2026-11-28')[0]?.share).toBe(0)
})
