import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply, emptyBoard } from '../../protocol/apply.ts'
import { tableNames, type Board } from '../../protocol/board.ts'
import { covers } from '../../protocol/division.ts'
import type { Event } from '../../protocol/events.ts'
import { dayMs, instantMs, localDay, toInstant } from '../../protocol/time.ts'
import { daysLong, effort, firstDay, log, patienceMs } from '../core/arbitrary.ts'
import { reducerVersion } from '../core/core.ts'
import { openEmbeddedJournal, type EmbeddedJournal } from '../journal/embedded.ts'
import { parseRules } from '../rules-file.ts'
import { JournalFull, type Stored } from '../journal/journal.ts'
import { createDivision, type Division } from './division.ts'
import { boardAt, dayBegan, framesOf, type Known } from './past.ts'
import { createReduction, eventOf, entryOf, type Reduction } from './reduction.ts'
import { createStore, loadReduction, type Store } from './store.ts'
import { createTree } from './tree.ts'

const runs = effort(12)
const rules = parseRules('', '')
/** Nothing is judged in slices here. */
const calm = async (): Promise<void> => undefined
const counties = ['530102', '530103', '430100', '431128']
const scopes = ['530102', '530100', '530000', '430000', '431128']

/** Rows by table, whatever their order. */
const sorted = (board: Board): unknown =>
  tableNames.map((name) => [name, [...board[name].values()].sort((a, b) => (a.id < b.id ? -1 : 1))])

interface Told {
  readonly journal: EmbeddedJournal
  readonly reduction: Reduction
  readonly store: Store
}

/** A log whose events arrive one a minute, late or not, with states saved on the way. */
async function tell(
  events: readonly Event[],
  work: (told: Told) => Promise<void>,
  [every, divisionEvery] = [12, 4],
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'past-'))
  const journal = openEmbeddedJournal(join(folder, 'journal.sqlite'))
  try {
    const reduction = createReduction(journal.find, rules)
    const store = createStore({ journal, reduction, every: () => every, divisionEvery, calm })
    journal.tail((entries) => {
      for (const stored of entries) reduction.fold(stored)
    })
    for (const [index, event] of events.entries()) {
      await journal.append([entryOf(event)], receivedAt(index))
      await store.saveDue(() => undefined)
    }
    await work({ journal, reduction, store })
  } finally {
    await journal.close()
    rmSync(folder, { recursive: true })
  }
}

const startMs = firstDay * dayMs
const stepMs = Math.floor((daysLong * dayMs) / 70)
const receivedAt = (index: number): string => toInstant(startMs + (index + 1) * stepMs)

function replay(
  entries: readonly Stored[],
  journal: EmbeddedJournal,
  scope: string,
  atMs: number,
): Board {
  const fresh = createReduction(journal.find, rules)
  for (const stored of entries) fresh.fold(stored)
  const tree = createTree(fresh.divisions)
  tree.begin(atMs)
  return tree.board(scope)?.board() ?? emptyBoard()
}

/** Branches that were there all the time, so that what happens to them shows. */
const roster = ['a', 'b', 'c', 'd'].flatMap((subject) =>
  ['530102', '530103'].map((county): Event => ({
    ...online(0),
    id: `roster-${subject}-${county}`,
    subject,
    county,
    kind: 'organization.recorded',
    data: { name: '坪山村党支部', kind: 'branch', group: 'territory', foundedOn: '2015-01-01' },
  })),
)
const spread = fc
  .tuple(log, fc.infiniteStream(fc.constantFrom('530102', '530102', ...counties)))
  .map(([events, places]) => [
    ...roster,
    ...events.map((event): Event => ({ ...event, county: places.next().value ?? '' })),
  ])
const moment = fc.nat({ max: 80 }).map((index) => startMs + index * stepMs + 1_000)

describe('the past', () => {
  it(
    'as it was shown is what a replay of the log up to then gives',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          spread,
          fc.array(moment, { minLength: 3, maxLength: 3 }),
          (events, moments) =>
            tell(events, async ({ journal, reduction }) => {
              for (const atMs of moments) {
                const entries = journal
                  .read(0, 1_000)
                  .filter((stored) => instantMs(stored.receivedAt) <= atMs)
                for (const scope of scopes) {
                  const then = await boardAt({ journal, rules, living: reduction }, scope, {
                    atMs,
                    known: 'then',
                  })
                  expect(sorted(then)).toEqual(sorted(replay(entries, journal, scope, atMs)))
                }
              }
            }),
        ),
        runs,
      )
    },
    patienceMs,
  )

  it(
    'as it is known now is made of the events that hold today and had happened by then',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          spread,
          fc.array(moment, { minLength: 3, maxLength: 3 }),
          (events, moments) =>
            tell(events, async ({ journal, reduction }) => {
              const entries = journal.read(0, 1_000)
              for (const atMs of moments) {
                const held = effective(entries).filter((stored) => instantMs(stored.time) <= atMs)
                const codes = [...reduction.divisions.keys()]
                const tree = createTree(
                  new Map(codes.map((code) => [code, made(code, held.map(eventOf), atMs)])),
                )
                tree.begin(atMs)
                for (const scope of scopes) {
                  const now = await boardAt({ journal, rules, living: reduction }, scope, {
                    atMs,
                    known: 'now',
                  })
                  expect(sorted(now)).toEqual(sorted(tree.board(scope)?.board() ?? emptyBoard()))
                }
              }
            }),
        ),
        runs,
      )
    },
    patienceMs,
  )
})

describe('a past that is played', () => {
  it(
    '[played = asked]: each frame, put on the one before, is the board of its moment',
    async () => {
      await fc.assert(
        fc.asyncProperty(spread, moment, fc.integer({ min: 1, max: 30 }), (events, fromMs, steps) =>
          tell(events, async ({ journal, reduction }) => {
            const past = { journal, rules, living: reduction }
            const span = { fromMs, toMs: fromMs + 4 * steps * stepMs - 1, stepMs: steps * stepMs }
            for (const [scope, keptMost] of scopes.flatMap((each) => [
              [each, 0] as const,
              [each, 1_000] as const,
            ])) {
              let board = emptyBoard()
              let frames = 0
              for await (const step of framesOf(past, scope, span, keptMost)) {
                if ('made' in step) continue
                const { atMs, change } = step
                board = apply(board, change.puts, change.deletes)
                frames += 1
                const asked = await boardAt(past, scope, { atMs, known: 'now' })
                expect(sorted(board)).toEqual(sorted(asked))
              }
              expect(frames).toBe(5)
            }
          }),
        ),
        runs,
      )
    },
    patienceMs,
  )
})

describe('a corrected past', () => {
  const counted = (members: number, rev: number): Event => ({
    ...online(0),
    id: 'count',
    rev,
    subject: 'a',
    kind: 'members.counted',
    data: { members },
  })
  const filler = (index: number): Event => ({ ...online(index), subject: 'b' })
  const wrong = [...roster, counted(5, 0), { ...online(1), subject: 'a' }]
  const between = [2, 3, 4, 5, 6, 7, 8, 9].map(filler)
  const right = [counted(50, 1), { ...online(99), subject: 'a', retracts: 'e1' }, filler(10)]

  it('is seen as it was shown, and as it is known now', async () => {
    await tell([...wrong, ...between, ...right], async ({ journal, reduction }) => {
      const seen = async (index: number, known: Known) => {
        const atMs = instantMs(receivedAt(index)) + 1_000
        const { branches } = await boardAt({ journal, rules, living: reduction }, '530102', {
          atMs,
          known,
        })
        return [branches.get('a')?.members, branches.get('a')?.state]
      }
      for (let index = wrong.length - 1; index < wrong.length + between.length; index += 1) {
        expect(await seen(index, 'now')).toEqual([50, 'silent'])
        expect(await seen(index, 'then')).toEqual([5, 'silent'])
      }
      const last = wrong.length + between.length + right.length - 1
      expect(await seen(last, 'then')).toEqual(await seen(last, 'now'))
    })
  })
})

it('does not hear a lower revision that comes late and is told of another county', async () => {
  const village = (rev: number, county: string, isPoor: boolean): Event => ({
    ...online(0),
    id: 'village',
    rev,
    county,
    kind: 'village.recorded',
    data: { name: '坪山村', isPoor, isCovered: isPoor },
  })
  const told = [...roster, village(1, '530102', false), village(0, '530103', true)]
  await tell(told, async ({ journal, reduction }) => {
    const atMs = instantMs(receivedAt(told.length - 1)) + 1_000
    for (const known of ['now', 'then'] as const) {
      const then = await boardAt({ journal, rules, living: reduction }, '530000', { atMs, known })
      expect(then.totals.get('530000')?.villagesPoor).toBe(0)
    }
  })
})

it('of a province adds up the reports that its counties had been told of by then', async () => {
  const report = (index: number, county: string): Event => ({
    ...online(index),
    id: `case${index}`,
    county,
    kind: 'case.advanced',
    data: { case: `case${index}`, stage: 'collected' },
  })
  const told = [report(0, '530102'), report(1, '530103'), report(2, '530103')]
  await tell(told, async ({ journal, reduction }) => {
    for (const index of told.keys()) {
      const atMs = instantMs(receivedAt(index)) + 1_000
      const moment = { atMs, known: 'then' } as const
      const then = await boardAt({ journal, rules, living: reduction }, '530000', moment)
      expect(then.caseStages.get('collected')?.waiting).toBe(index + 1)
      expect(then.cases.size).toBe(index + 1)
    }
  })
})

describe('a start from saved states', () => {
  it(
    'gives the boards of a whole replay, and goes on as that would',
    async () => {
      await fc.assert(
        fc.asyncProperty(spread, (events) =>
          tell(events, async ({ journal }) => {
            const saved = loadReduction(journal)
            const quick = createReduction(journal.find, rules, saved)
            for (const stored of journal.read(quick.ordinal(), 1_000)) quick.fold(stored)
            const whole = createReduction(journal.find, rules)
            for (const stored of journal.read(0, 1_000)) whole.fold(stored)
            if (events.length >= 12) expect(saved).toBeDefined()
            expect(stateOf(quick)).toEqual(stateOf(whole))
          }),
        ),
        runs,
      )
    },
    patienceMs,
  )

  it('passes over states of which a full disk or a crash let only some be saved', async () => {
    const events = Array.from({ length: 30 }, (_, index) => online(index))
    await tell(events, async ({ journal, reduction, store }) => {
      await store.saveAll()
      const wholeAt = journal.head().ordinal
      const full: EmbeddedJournal = {
        ...journal,
        saveSnapshot(snapshot) {
          if (snapshot.part !== '') throw new JournalFull('no space')
          journal.saveSnapshot(snapshot)
        },
      }
      const half = createStore({ journal: full, reduction, every: () => 1, divisionEvery: 1, calm })
      await journal.append([entryOf(online(30))], receivedAt(30))
      await expect(half.saveDue(() => undefined)).rejects.toThrow('no space')
      const saved = loadReduction(journal)
      expect(saved?.shared.ordinal).toBe(wholeAt)
    })
  })

  it('is near for every past day, since a state is kept of each midnight', async () => {
    const dayOf = (index: number): string => localDay(instantMs(receivedAt(index)))
    const events = Array.from({ length: 15 }, (_, index) => online(index))
    const [, ...later] = new Set(events.map((_, index) => dayOf(index)))
    await tell(
      events,
      ({ journal }) => {
        const kept = journal.snapshots(reducerVersion, '530102').map(({ ordinal }) => ordinal)
        expect(kept.map((ordinal) => dayOf(ordinal - 1)).toReversed()).toEqual(later)
        expect(later.length).toBeGreaterThan(2)
        return Promise.resolve()
      },
      [Infinity, Infinity],
    )
  })
})

it('of days that were told of after they had gone is as near as any other', async () => {
  const today = dayBegan(localDay(startMs + daysLong * dayMs))
  const told = Array.from({ length: 40 }, (_, index) => ({
    ...online(index),
    time: receivedAt(index),
  }))
  await tell([today, ...told], async ({ journal, reduction }) => {
    let read = 0
    const counting: EmbeddedJournal = {
      ...journal,
      readPart(...range) {
        const entries = journal.readPart(...range)
        read += entries.length
        return entries
      },
    }
    const atMs = instantMs(receivedAt(30))
    const past = { journal: counting, rules, living: reduction }
    const board = await boardAt(past, '530102', { atMs, known: 'now' })
    const all = told.filter(({ time }) => instantMs(time) <= atMs)
    expect(sorted(board)).toEqual(sorted(boardOf(all, atMs)))
    expect(read).toBeLessThan(all.length / 2)
  })
})

function boardOf(events: readonly Event[], atMs: number): Board {
  const division = made('530102', events, atMs)
  division.begin(atMs)
  return division.published().board()
}

/** A division of which nothing was ever revised or taken back. */
function made(code: string, events: readonly Event[], atMs: number): Division {
  const division = createDivision(code, rules.of(code))
  const heard = events.filter(
    ({ kind, county }) =>
      county === code ||
      kind === 'day.began' ||
      (kind === 'source.reported' && covers(county, code)),
  )
  for (const [index, event] of [...heard, dayBegan(localDay(atMs))].entries()) {
    division.fold({ event, sign: 1, ordinal: index + 1 }, { ordinal: index + 1, atMs })
  }
  return division
}

function effective(entries: readonly Stored[]): readonly Stored[] {
  const taken = new Set(
    entries.flatMap(({ source, retracts }) =>
      retracts === undefined ? [] : [`${source} ${retracts}`],
    ),
  )
  const highest = new Map<string, Stored>()
  for (const stored of entries) {
    const key = `${stored.source} ${stored.id}`
    if ((highest.get(key)?.rev ?? -1) < stored.rev) highest.set(key, stored)
  }
  return [...highest]
    .filter(([key, stored]) => !taken.has(key) && eventOf(stored).retracts === undefined)
    .map(([, stored]) => stored)
}

function stateOf(reduction: Reduction): readonly unknown[] {
  return [...reduction.divisions.values()]
    .map((division) => [
      division.code,
      division.last(),
      division.corrections(),
      sortedBoard(division),
    ])
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))
}
function sortedBoard(division: { begin(): void; published(): { board(): Board } }): unknown {
  division.begin()
  return sorted(division.published().board())
}

function online(index: number): Event {
  return {
    kind: 'branch.online',
    source: '/r',
    id: `e${index}`,
    rev: 0,
    subject: `branch-${index}`,
    county: '530102',
    time: receivedAt(0),
    data: {},
  }
}
