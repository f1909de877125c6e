import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dayNumber, dayStartMs, instantMs, localDay } from '../../protocol/time.ts'
import { effort } from './arbitrary.ts'
import { dayOf, parseInstant, sinceMidnight } from './dates.ts'

const two = fc.nat({ max: 66 }).map((number) => String(number).padStart(2, '0'))
const instant = fc
  .tuple(
    fc.constantFrom('2026-06-18', '2024-02-29', '2026-02-30', '2026-13-01', '1969-12-31', 'x'),
    fc.constantFrom('T', ' '),
    fc.tuple(two, two, two).map((parts) => parts.join(':')),
    fc.constantFrom('', '.5', '.123', '.1234567', '.1x3', '.09 '),
    fc.constantFrom('Z', '+08:00', '-03:30', '+0800', '+24:00', '', 'z'),
  )
  .map((parts) => parts.join(''))

it('parses instants as Date.parse does', () => {
  fc.assert(
    fc.property(instant, (text) => {
      expect(parseInstant(text)).toBe(instantMs(text))
    }),
    effort(2_000),
  )
})

/** The clock on a wall in Shanghai, by the calendar that the runtime brings. */
const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})

it('cuts instants into local days as the calendar does, on days of 23 and 25 hours too', () => {
  const springs = fc.integer({ min: 515_500_000, max: 515_600_000 })
  const autumns = fc.integer({ min: 527_000_000, max: 527_100_000 })
  const seconds = fc.oneof(fc.integer({ min: -4e8, max: 4e9 }), springs, autumns)
  fc.assert(
    fc.property(seconds, (second) => {
      const ms = second * 1_000
      const [day = '', clock = ''] = shanghai.format(ms).split(' ')
      expect(localDay(ms)).toBe(day)
      expect(dayOf(ms)).toBe(dayNumber(day))
      expect(sinceMidnight(ms)).toBe(Date.parse(`1970-01-01T${clock}Z`))
      expect(dayStartMs(day)).toBeLessThanOrEqual(ms)
    }),
    effort(2_000),
  )
})
