import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dayNumber, dayStartMs, instantMs, localDay } from '../../protocol/time.ts'
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
    { numRuns: 2_000 },
  )
})

it('cuts instants into local days as the calendar does', () => {
  fc.assert(
    fc.property(fc.integer({ min: -4e11, max: 4e12 }), (ms) => {
      expect(dayOf(ms)).toBe(dayNumber(localDay(ms)))
      expect(sinceMidnight(ms)).toBe(ms - dayStartMs(localDay(ms)))
    }),
  )
})
