import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tableNames, type Board } from '../../protocol/board.ts'
import type { Event } from '../../protocol/events.ts'
import { dayOfNumber } from '../../protocol/time.ts'
import { afterwards, daysLong, effort, firstDay, log, patienceMs } from '../core/arbitrary.ts'
import { rulesOf } from '../core/rules/config.ts'
import { createDivision, type Division } from './division.ts'
import { dayBegan } from './past.ts'

const runs = effort(100)

/** Folds events in the order of their ordinals. */
function createTold() {
  const division = createDivision('431128', rulesOf())
  let ordinal = 0
  return {
    division,
    tell(event: Event): void {
      ordinal += 1
      division.fold({ event, sign: 1, ordinal }, { ordinal, atMs: afterwards })
    },
  }
}

const sorted = (board: Board): unknown =>
  tableNames.map((name) => [name, [...board[name].values()].sort((a, b) => (a.id < b.id ? -1 : 1))])
const shown = (division: Division): Board => division.published().board()

it(
  '[incremental = oracle] ends a midnight that is judged in slices, events coming between them, on the same board as one judged at once, and shows yesterday until then',
  () => {
    let slices = 0
    let late = 0
    const pauses = fc.array(fc.nat(6), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(log, fc.nat(40), pauses, (events, at, steps) => {
        const [one, other] = [createTold(), createTold()]
        const tell = (event: Event): void => [one, other].forEach((each) => each.tell(event))
        for (const event of events.slice(0, at)) tell(event)
        one.division.publish()
        tell(dayBegan(dayOfNumber(firstDay + daysLong)))

        const yesterday = shown(one.division)
        const midnight = one.division.last().ordinal
        const rest = events.slice(at)
        let isDone = one.division.prepare()
        for (let turn = 0; !isDone; turn += 1) {
          const event = rest.shift()
          if (event !== undefined) {
            tell(event)
            late += 1
          }
          for (let step = steps[turn % steps.length] ?? 0; step >= 0 && !isDone; step -= 1)
            isDone = one.division.prepare()
          slices += 1
          expect(shown(one.division)).toBe(yesterday)
        }
        expect(one.division.publish()?.version).toBe(midnight)
        expect(shown(one.division).county.get('431128')?.day).toBe(dayOfNumber(firstDay + daysLong))
        // What waited is added in slices too, and what comes meanwhile after it.
        for (const event of rest) {
          tell(event)
          one.division.prepare()
        }
        do one.division.publish()
        while (one.division.due() > 0)
        other.division.publish()
        expect(sorted(shown(one.division))).toEqual(sorted(shown(other.division)))
        expect(one.division.published().version()).toBe(other.division.published().version())
        expect([...one.division.freeze()]).toEqual([...other.division.freeze()])
      }),
      runs,
    )
    expect(slices).toBeGreaterThan(2 * runs.numRuns)
    expect(late).toBeGreaterThan(runs.numRuns)
  },
  patienceMs,
)

it('keeps what comes meanwhile from a state that is saved, until both it and the board are done', () => {
  const { division, tell } = createTold()
  const online = (subject: string): Event =>
    ({
      kind: 'branch.online',
      source: 's',
      id: subject,
      rev: 0,
      subject,
      county: '431128',
      time: '2026-03-01T09:00:00+08:00',
      data: {},
    }) as Event
  tell(online('a'))
  const lines = division.freeze()
  division.prepare()
  tell(online('b'))
  expect([...lines].join()).not.toContain('"b"')
  expect(division.thaw()).toBe(false)
  expect(division.last().ordinal).toBe(1)
  division.publish()
  expect(division.publish()?.version).toBe(2)
  expect([...division.freeze()].join()).toContain('"b"')
})
