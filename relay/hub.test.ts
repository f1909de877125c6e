import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { apply, boardOf, emptyBoard } from '../protocol/apply.ts'
import { tableNames, type Board } from '../protocol/board.ts'
import { covers } from '../protocol/division.ts'
import type { Event } from '../protocol/events.ts'
import { sumTotals } from '../protocol/measures.ts'
import { dayMs, instantMs, toInstant } from '../protocol/time.ts'
import { afterwards, effort, log, patienceMs } from './core/arbitrary.ts'
import type { Viewer } from './reach.ts'
import { createHub, type Change, type Hub } from './hub.ts'
import { openEmbeddedJournal, type EmbeddedJournal } from './journal/embedded.ts'

const counties = ['530102', '530103', '530202', '431128']
const runs = effort(8)
const hourMs = dayMs / 24

interface Relay {
  readonly hub: Hub
  readonly changes: Change[]
  take(events: readonly Event[]): Promise<void>
  board(scope: string): Board
  reopen(): Promise<Relay>
  close(): Promise<void>
}
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Ticks only when asked. The clock stands on the day after the events of `log`. */
function open(folder = mkdtempSync(join(tmpdir(), 'hub-')), now = afterwards - dayMs / 2): Relay {
  const journal: EmbeddedJournal = openEmbeddedJournal(join(folder, 'journal.sqlite'))
  const hub = createHub({ home: '431128', journal, now: () => now, flushMs: 1e9 })
  const changes: Change[] = []
  hub.onChange((more) => changes.push(...more.filter(({ viewer }) => viewer === 'county')))
  let isOpen = true
  async function close(): Promise<void> {
    if (!isOpen) return
    isOpen = false
    await hub.stop()
    await journal.close()
  }
  closing.push(async () => {
    await close()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    hub,
    changes,
    async take(events) {
      await hub.accept(events)
      hub.flush()
    },
    close,
    board: (scope) => boardOf(hub.snapshot(scope, 'county')),
    async reopen() {
      await close()
      return open(folder, now)
    },
  }
}

/** Rows by table, whatever their order. */
const sorted = (board: Board): unknown =>
  tableNames.map((name) => [name, [...board[name].values()].sort((a, b) => (a.id < b.id ? -1 : 1))])

/** The events of a log, each told of one of the counties. */
const spread = log.chain((events) =>
  fc
    .array(fc.constantFrom(...counties), { minLength: events.length, maxLength: events.length })
    .map((places) =>
      events.map((event, index): Event => ({ ...event, county: places[index] ?? '' })),
    ),
)
/** The same, but an event and its revisions and retractions stay in one county. */
const apart = log.map((events) =>
  events.map((event): Event => {
    const county = counties[event.subject.charCodeAt(0) % 2] ?? ''
    return { ...event, source: `${event.source}/${county}`, county }
  }),
)

it('answers for a province with all that was accepted, also while a state of one of its counties is written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-'))
  const journal = openEmbeddedJournal(join(folder, 'journal.sqlite'))
  const hub = createHub({
    home: '431128',
    journal,
    now: () => afterwards - dayMs / 2,
    flushMs: 5,
    saveDivisionEvery: 50,
  })
  closing.push(async () => {
    await hub.stop()
    await journal.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const ids = Array.from({ length: 3_000 }, (_, at) => `b${at}`)
  await hub.accept(ids.map((id) => recorded(id, '530102')))
  for (const [at, id] of ids.slice(0, 150).entries()) {
    await hub.accept([online(id, '530102')])
    const { figures } = await hub.figures('530000', 'county')
    expect(figures['branches.online']).toBe(at + 1)
  }
})

it('tells of an organisation what was so at a moment, to each viewer what it may see', async () => {
  const relay = open()
  const at = (event: Event, hoursAgo: number): Event => ({
    ...event,
    time: toInstant(afterwards - dayMs - hoursAgo * hourMs),
  })
  const counted = (id: string, members: number): Event => ({
    ...recorded('a', '431128'),
    id,
    kind: 'members.counted',
    data: { members },
  })
  const first = at(recorded('a', '431128'), 90)
  await relay.take([first, at(counted('c1', 40), 80), at(counted('c2', 90), 20)])
  const membersOf = async (viewer: Viewer, hoursAgo: number) => {
    const atMs = afterwards - dayMs - hoursAgo * hourMs
    return (await relay.hub.pastBranch('a', () => viewer, atMs))?.members
  }
  expect(await membersOf('wall', 10)).toBe(90)
  expect(await membersOf('wall', 50)).toBe(40)
  expect(await membersOf('wall', 100)).toBeUndefined()
  const publicly = await relay.hub.pastBranch('a', () => 'public', afterwards - dayMs)
  expect(publicly).toMatchObject({ id: 'a', dues: null, calendar: [] })
})

it(
  'shows each audience of a past that is played what it may see of a board as it was',
  async () => {
    await fc.assert(
      fc.asyncProperty(spread, fc.integer({ min: 1, max: 90 }), async (events, back) => {
        const relay = open()
        await relay.take(events)
        const toMs = afterwards - dayMs / 2
        const span = { fromMs: toMs - 2 * back * hourMs, toMs, stepMs: back * hourMs }
        for (const viewer of ['public', 'wall', 'county', 'township 431128100'] as const) {
          let board = emptyBoard()
          for await (const frame of relay.hub.play('530102', viewer, span)) {
            if ('made' in frame) continue
            board = 'tables' in frame ? boardOf(frame) : apply(board, frame.puts, frame.deletes)
            const past = { atMs: instantMs(frame.at), known: 'now' } as const
            const asked = await relay.hub.pastSnapshot('530102', viewer, past)
            expect(sorted(board)).toEqual(sorted(boardOf(asked)))
          }
        }
        await relay.close()
      }),
      runs,
    )
  },
  patienceMs,
)

describe('one relay with several counties', () => {
  it(
    'shows in each county what a relay of that county alone would show',
    async () => {
      await fc.assert(
        fc.asyncProperty(apart, async (events) => {
          const all = open()
          await all.take(events)
          for (const county of counties.slice(0, 2)) {
            const own = events.filter((event) => event.county === county)
            const alone = open()
            await alone.take(own)
            if (own.length > 0)
              expect(sorted(all.board(county))).toEqual(sorted(alone.board(county)))
            await alone.close()
          }
          await all.close()
        }),
        runs,
      )
    },
    patienceMs,
  )

  it('tells the screens of a county nothing when an event of another county comes', async () => {
    const relay = open()
    await relay.take([online('a', '530102'), online('b', '431128')])
    const before = relay.hub.version('431128')
    relay.changes.length = 0
    await relay.take([online('c', '530102')])
    expect(relay.changes.map(({ scope }) => scope)).toEqual(
      expect.arrayContaining(['530102', '530100', '530000']),
    )
    expect(relay.changes.map(({ scope }) => scope)).not.toContain('431128')
    expect(relay.hub.version('431128').version).toBe(before.version)
  })

  it('does not tell the public of a warning by its end', async () => {
    const relay = open()
    const told: Change[] = []
    relay.hub.onChange((changes) => told.push(...changes))
    const ids = (to: Viewer, way: 'puts' | 'deletes'): readonly string[] =>
      told.flatMap(({ viewer, patch }) =>
        viewer !== to
          ? []
          : way === 'deletes'
            ? (patch.deletes.warnings ?? [])
            : (patch.puts.warnings ?? []).map(({ id }) => id),
      )
    await relay.take([recorded('a', '530102'), online('a', '530102')])
    const time = '2025-12-02T09:00:00+08:00'
    const gone = { ...online('a', '530102'), time, kind: 'organization.dissolved', id: 'gone' }
    await relay.take([gone as Event])
    for (const audience of ['wall', 'county'] as const) {
      expect(ids(audience, 'puts').length).toBeGreaterThan(0)
      expect(ids(audience, 'deletes').toSorted()).toEqual(ids(audience, 'puts').toSorted())
    }
    expect([...ids('public', 'puts'), ...ids('public', 'deletes')]).toEqual([])
  })

  it('moves an event to the county that its correction names', async () => {
    const relay = open()
    const counted = { ...online('a', '530102'), kind: 'members.counted', data: { members: 7 } }
    await relay.take([recorded('a', '530102'), recorded('a', '530103'), counted as Event])
    await relay.take([{ ...counted, rev: 1, county: '530103' } as Event])
    expect(relay.board('530102').county.get('530102')?.members).toBe(0)
    expect(relay.board('530103').county.get('530103')?.members).toBe(7)
    expect(relay.board('530000').county.get('530000')?.members).toBe(7)
  })

  it('lets a day begin in every county, also in one of which the first word comes later that day', async () => {
    const relay = open()
    await relay.take([recorded('a', '530102')])
    await relay.take([recorded('b', '530202')])
    const days = ['530102', '530202', '530000'].map(
      (scope) => relay.board(scope).county.get(scope)?.day,
    )
    expect(new Set(days).size).toBe(1)
  })
})

describe('the board of a province', () => {
  const numbers = ['organizations', 'members', 'online', 'silent', 'activitiesToday'] as const

  it(
    'is the sum of its counties at every version, whatever is revised, taken back or moved',
    async () => {
      await fc.assert(
        fc.asyncProperty(spread, fc.integer({ min: 1, max: 20 }), async (events, step) => {
          const relay = open()
          for (let index = 0; index < events.length; index += step) {
            await relay.take(events.slice(index, index + step))
            for (const scope of ['530000', '530100']) {
              if (!relay.hub.scopes().includes(scope)) continue
              const beneath = counties.filter((county) => covers(scope, county))
              const sum = (key: (typeof numbers)[number]): number =>
                beneath.reduce(
                  (all, county) => all + (relay.board(county).county.get(county)?.[key] ?? 0),
                  0,
                )
              const row = relay.board(scope).county.get(scope)
              for (const key of numbers) expect(row?.[key]).toBe(sum(key))
              const rows = [...relay.board(scope).divisions.values()]
              for (const { id, ...told } of rows) {
                const own = relay.board(id).totals.get(id)
                for (const key of ['members', 'online', 'points', 'casesOpen'] as const)
                  expect(told[key]).toBe(own?.[key])
              }
              expect(rows.map(({ id }) => id).toSorted()).toEqual(
                beneath.filter((county) => relay.hub.scopes().includes(county)).toSorted(),
              )
              const totals = beneath.flatMap((county) => {
                const beneathIt = relay.board(county).totals.get(county)
                return beneathIt === undefined ? [] : [beneathIt]
              })
              const sums = sumTotals(scope, totals)
              expect(relay.board(scope).totals.get(scope)).toEqual(sums)
              const { cadenceDue, cadenceKept, members, minutesMonth } = sums
              expect(row?.meetingsRate).toBe(cadenceDue === 0 ? 0 : cadenceKept / cadenceDue)
              const minutes = members === 0 ? 0 : Math.round((10 * minutesMonth) / members) / 10
              expect(row?.minutesPerMemberMonth).toBe(minutes)
            }
          }
        }),
        runs,
      )
    },
    patienceMs,
  )

  it('holds the facts that are told of the province itself beside the sum', async () => {
    const relay = open()
    await relay.take([recorded('own', '530000')])
    await relay.take([recorded('a', '530102'), online('a', '530102')])
    await relay.take([online('own', '530000')])
    expect([...relay.board('530000').organizations.keys()]).toEqual(['own'])
    expect(relay.board('530000').county.get('530000')).toMatchObject({
      organizations: 2,
      online: 2,
    })
  })
})

describe('a screen of any scope', () => {
  it(
    'comes level by patches alone, and after a break by what changed since its version',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          spread,
          fc.constantFrom('530102', '530100', '530000', '431128'),
          fc.integer({ min: 1, max: 12 }),
          fc.nat(5),
          async (events, scope, step, awayAt) => {
            const relay = open()
            await relay.take([recorded('z', '530102'), recorded('z', '431128')])
            let screen = { version: relay.hub.version(scope).version, board: relay.board(scope) }
            for (let index = 0; index < events.length; index += step) {
              relay.changes.length = 0
              await relay.take(events.slice(index, index + step))
              const isAway = index / step === awayAt
              for (const { patch } of relay.changes.filter((change) => change.scope === scope)) {
                if (isAway) continue
                if (patch.base > screen.version) {
                  const { epoch } = relay.hub.version()
                  const missed = relay.hub.since(scope, epoch, screen.version, 'county')
                  screen =
                    missed === undefined
                      ? { version: relay.hub.version(scope).version, board: relay.board(scope) }
                      : {
                          version: missed.version,
                          board: apply(screen.board, missed.puts, missed.deletes),
                        }
                } else {
                  screen = {
                    version: patch.version,
                    board: apply(screen.board, patch.puts, patch.deletes),
                  }
                }
              }
              if (!isAway && screen.version === relay.hub.version(scope).version) {
                expect(sorted(screen.board)).toEqual(sorted(relay.board(scope)))
              }
            }
          },
        ),
        runs,
      )
    },
    patienceMs,
  )

  it(
    'finds the same board at the same version after the relay was stopped and started',
    async () => {
      await fc.assert(
        fc.asyncProperty(spread, async (events) => {
          const relay = open()
          await relay.take([recorded('z', '530102'), ...events])
          const scopes = relay.hub.scopes()
          const before = scopes.map((scope) => [
            scope,
            relay.hub.version(scope).version,
            sorted(relay.board(scope)),
          ])
          const again = await relay.reopen()
          expect(again.hub.scopes().toSorted()).toEqual(scopes.toSorted())
          expect(
            scopes.map((scope) => [
              scope,
              again.hub.version(scope).version,
              sorted(again.board(scope)),
            ]),
          ).toEqual(before)
        }),
        runs,
      )
    },
    patienceMs,
  )
})

function recorded(subject: string, county: string): Event {
  return {
    ...online(subject, county),
    id: `recorded-${subject}-${county}`,
    kind: 'organization.recorded',
    data: { name: '坪山村党支部', kind: 'branch', group: 'territory', foundedOn: '2015-01-01' },
  }
}
function online(subject: string, county: string): Event {
  return {
    kind: 'branch.online',
    source: '/r',
    id: `${subject}-${county}`,
    rev: 0,
    subject,
    county,
    time: '2025-12-01T09:00:00+08:00',
    data: {},
  }
}
