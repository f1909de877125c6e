import { expect, it } from 'vitest'
import {
  dayNumber,
  dayOfNumber,
  dayStartMs,
  instantMs,
  isRealDate,
  localDay,
  toInstant,
} from './time.ts'

it('every day that the calendar has is real, from 1900 to 2100', () => {
  for (let number = -25_567; number < 47_847; number += 1)
    expect(isRealDate(dayOfNumber(number))).toBe(true)
})

it.each([
  '2026-02-29',
  '2100-02-29',
  '2026-04-31',
  '2026-00-10',
  '2026-13-01',
  '2026-01-00',
  '2026-01-32',
  '2026-1-1',
  '2026-01-01T00:00:00Z',
  '',
])('%j is no day', (text) => {
  expect(isRealDate(text)).toBe(false)
})
it('a leap day is real in a leap year', () => {
  expect(isRealDate('2024-02-29')).toBe(true)
  expect(isRealDate('2000-02-29')).toBe(true)
})

it('the local clock is that of Asia/Shanghai at every hour from 1985 to 1992, summer time included', () => {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const end = Date.UTC(1993, 0)
  for (let ms = Date.UTC(1985, 0) + 1_800_000; ms < end; ms += 3_600_000) {
    const local = toInstant(ms)
    expect(local.slice(0, 19).replace('T', ' ')).toBe(clock.format(ms))
    expect(instantMs(local)).toBe(ms)
  }
})

it('a day begins at its own midnight, also where it has 23 or 25 hours', () => {
  for (const day of ['1986-05-04', '1986-05-05', '1986-09-14', '1986-09-15', '2026-06-18']) {
    const start = dayStartMs(day)
    expect(localDay(start)).toBe(day)
    expect(toInstant(start).slice(11, 19)).toBe('00:00:00')
    expect(localDay(start - 1)).toBe(dayOfNumber(dayNumber(day) - 1))
  }
})

it('plain dates keep their distance through a summer time', () => {
  expect(dayNumber('1986-05-05') - dayNumber('1986-05-04')).toBe(1)
})
