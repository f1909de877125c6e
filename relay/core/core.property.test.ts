import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Board } from '../../protocol/board.ts'
import type { Event } from '../../protocol/events.ts'
import { dayMs, dayNumber, dayOfNumber, toInstant } from '../../protocol/time.ts'
import { afterwards, effort, eventOf, log, patienceMs, warningLog } from './arbitrary.ts'
import { createCore, loadCore, type Core } from './core.ts'
import { createLedger, resolve, saveLedger, type Ledger } from './ledger.ts'

const options = { county: '431128' }
const runs = effort(100)

const common = { source: '/r', rev: 0, subject: 'a', county: '431128', time: toInstant(0) }
const recorded: readonly Event[] = [
  {
    ...common,
    id: 'recorded',
    kind: 'organization.recorded',
    data: {
      name: '坪山村党支部',
      kind: 'branch',
      group: 'territory',
      township: '431128100',
      foundedOn: '2015-01-01',
    },
  },
  { ...common, id: 'counted', kind: 'members.counted', data: { members: 3 } },
]

/** A relay without a network: stores, resolves, folds. */
class Wall {
  readonly stored = new Map<string, Event>()
  readonly taken = new Set<string>()
  core: Core
  ledger: Ledger
  constructor(core = createCore(options), ledger = createLedger()) {
    this.core = core
    this.ledger = ledger
  }
  take(events: readonly Event[]): this {
    for (const event of events) {
      // The journal lets the same (source, id, rev) through once; see [redelivery] in tests/properties.
      const name = `${event.source} ${event.id} ${event.rev}`
      if (this.taken.has(name)) continue
      this.taken.add(name)
      this.core.fold(
        resolve(this.ledger, event, (source, id) => this.stored.get(`${source} ${id}`)),
      )
      const key = `${event.source} ${event.id}`
      if ((this.stored.get(key)?.rev ?? -1) < event.rev) this.stored.set(key, event)
    }
    return this
  }
  board(asOf = afterwards): Board {
    this.core.changes(asOf)
    return this.core.board()
  }
}

/** From scratch: the effective set first, then each event once. */
function oracle(events: readonly Event[]): Core {
  const core = createCore(options)
  const taken = new Set(
    events.flatMap((event) =>
      event.retracts === undefined ? [] : [`${event.source} ${event.retracts}`],
    ),
  )
  const highest = new Map<string, Event>()
  for (const event of events) {
    const key = `${event.source} ${event.id}`
    if ((highest.get(key)?.rev ?? -1) < event.rev) highest.set(key, event)
  }
  for (const [key, event] of highest)
    if (!taken.has(key) && event.retracts === undefined) core.fold({ add: event })
  core.changes(afterwards)
  return core
}

const shuffledToo = (events: readonly Event[]) =>
  fc.tuple(fc.constant(events), fc.shuffledSubarray([...events], { minLength: events.length }))
const shuffled = log.chain(shuffledToo)

describe(`the wall (${runs.numRuns} runs from seed ${runs.seed})`, { timeout: patienceMs }, () => {
  it('[incremental = oracle] shows the same whether events came one by one or all at once', () => {
    fc.assert(
      fc.property(log, fc.array(fc.boolean()), (events, looks) => {
        const wall = new Wall()
        events.forEach((event, index) => {
          wall.take([event])
          if (looks[index]) wall.board()
        })
        const expected = oracle(events)
        expect(wall.board()).toEqual(expected.board())
        expect([...wall.core.save()]).toEqual([...expected.save()])
      }),
      runs,
    )
  })

  it('[incremental = oracle] sums the month right when a day in it changes, or another begins, after a look', () => {
    const late = fc
      .tuple(
        fc.constantFrom('points.awarded' as const, 'study.logged' as const).chain(eventOf),
        fc.integer({ min: 0, max: 24 }),
      )
      .map(([event, ago]): Event => ({
        ...event,
        subject: 'a',
        time: toInstant(afterwards - ago * dayMs),
      }))
    // Days begin meanwhile too: what was summed up to yesterday is asked for up to today.
    const morning = fc.tuple(eventOf('day.began'), fc.integer({ min: 0, max: 24 })).map(
      ([event, ago]): Event =>
        ({
          ...event,
          data: { day: toInstant(afterwards - ago * dayMs).slice(0, 10) },
        }) as Event,
    )
    const told = fc.uniqueArray(fc.oneof(late, late, late, morning), {
      maxLength: 40,
      size: 'max',
      selector: ({ source, id, rev }) => `${source} ${id} ${rev}`,
    })
    fc.assert(
      fc.property(told, (events) => {
        const wall = new Wall().take(recorded)
        for (const event of events) wall.take([event]).board()
        expect(wall.board()).toEqual(oracle([...recorded, ...events]).board())
      }),
      runs,
    )
  })

  it('[any permutation] shows the same in whatever order its events arrive, retractions and revisions first or last', () => {
    fc.assert(
      fc.property(shuffled, ([events, others]) => {
        const [one, other] = [new Wall().take(events), new Wall().take(others)]
        expect(other.board()).toEqual(one.board())
        expect([...other.core.save()]).toEqual([...one.core.save()])
      }),
      runs,
    )
  })

  it('[any permutation] raises each warning on the same day and leaves the same traces, whatever came late, was corrected or taken back', () => {
    let [raised, traces] = [0, 0]
    fc.assert(
      fc.property(warningLog.chain(shuffledToo), ([events, others]) => {
        const one = new Wall().take([...recorded, ...events]).board()
        const other = new Wall().take(recorded)
        // A look between any two events: what is shown must not depend on what was shown before.
        for (const event of others) other.take([event]).board()
        for (const table of ['warnings', 'cleared', 'floods'] as const)
          expect(other.board()[table]).toEqual(one[table])
        raised += one.warnings.size
        traces += one.cleared.size
      }),
      runs,
    )
    expect(raised).toBeGreaterThan(runs.numRuns)
    expect(traces).toBeGreaterThan(runs.numRuns / 5)
  })

  it('[snapshot + suffix = replay] shows the same after a restart from what it saved', () => {
    fc.assert(
      fc.property(log, fc.nat(70), (events, at) => {
        const before = new Wall().take(events.slice(0, at))
        const saved = JSON.parse(
          JSON.stringify({ core: [...before.core.save()], ledger: saveLedger(before.ledger) }),
        )
        const after = new Wall(loadCore(saved.core, options), createLedger(saved.ledger))
        for (const [key, event] of before.stored) after.stored.set(key, event)
        after.take(events.slice(at))
        const whole = new Wall().take(events)
        expect(after.board()).toEqual(whole.board())
        expect([...after.core.save()]).toEqual([...whole.core.save()])
      }),
      runs,
    )
  })

  it('[roll-up = sum] adds its townships up to the county', () => {
    fc.assert(
      fc.property(log, (events) => {
        const board = new Wall().take(events).board()
        const county = board.county.get('431128')
        const sum = (key: 'organizations' | 'online' | 'silent' | 'points') =>
          [...board.townships.values()].reduce((total, row) => total + row[key], 0)
        expect(sum('organizations')).toBe(county?.organizations)
        expect(sum('online')).toBe(county?.online)
        expect(sum('silent')).toBe(county?.silent)
        expect(sum('points')).toBe(
          [...board.branches.values()].reduce((total, row) => total + row.points, 0),
        )
      }),
      runs,
    )
  })

  it('[roll-up = sum] ranks every branch one below all that have more points, and counts each tier', () => {
    fc.assert(
      fc.property(log, fc.array(fc.boolean()), (events, looks) => {
        const wall = new Wall()
        events.forEach((event, index) => {
          wall.take([event])
          if (looks[index]) wall.board()
        })
        const { branches, county } = wall.board()
        const rows = [...branches.values()]
        for (const { rank, points } of rows)
          expect(rank).toBe(1 + rows.filter((other) => other.points > points).length)
        for (const tier of ['gold', 'silver', 'yellow', 'black'] as const)
          expect(county.get('431128')?.[tier]).toBe(rows.filter((row) => row.tier === tier).length)
      }),
      runs,
    )
  })

  it('[monotone in asOf] never drops a silence or term warning, and never lowers one, by waiting', () => {
    fc.assert(
      fc.property(
        log,
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 }),
        (events, waits) => {
          const wall = new Wall().take(events)
          let day = dayNumber(toInstant(afterwards).slice(0, 10))
          let before: Board | undefined
          for (const [index, wait] of [0, ...waits].entries()) {
            day += wait
            wall.core.fold({ add: dayBegan(day, `day-${index}`) })
            const now = wall.board(afterwards)
            for (const row of before?.warnings.values() ?? []) {
              // Dues are asked for month by month: the next month's begins anew.
              if (row.rule === 'dues') continue
              expect(now.warnings.get(row.id)?.level ?? 0).toBeGreaterThanOrEqual(row.level)
            }
            before = now
          }
        },
      ),
      runs,
    )
  })
})

function dayBegan(day: number, id: string): Event {
  const data = { day: dayOfNumber(day) }
  return {
    kind: 'day.began',
    source: '/relay',
    id,
    rev: 0,
    subject: 'relay',
    county: '431128',
    time: toInstant(afterwards),
    data,
  }
}
