import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply, emptyBoard } from '../protocol/apply.ts'
import type { Board, Row } from '../protocol/board.ts'
import { afterwards, effort, eventOfAnyKind, patienceMs } from './core/arbitrary.ts'
import { createCore } from './core/core.ts'
import { boardOf, branch as recordedBranch, event, only } from './core/sample.ts'
import { audiences, givenOf, project, projectChange, rowsOf } from './project.ts'

const county = '431128'
const township = '431128105'
const organization = (id: string, at: string): Row<'organizations'> => ({
  id,
  name: id,
  kind: 'branch',
  group: 'territory',
  township: at,
  lng: null,
  lat: null,
})
const branch = (id: string): Row<'branches'> => ({
  id,
  state: 'silent',
  members: 2,
  silentDays: 95,
  level: 4,
  activeToday: false,
  points: 3,
  rank: 1,
  rankBefore: 1,
  reason: null,
  tier: 'black',
})
const warning = (id: string): Row<'warnings'> => ({
  id: `silence/${id}`,
  rule: 'silence',
  organization: id,
  level: 4,
  amount: 95,
  raisedOn: '2026-04-13',
  stage: 'raised',
  duty: 'county',
  reminders: 0,
  remindedBy: null,
  remindedAt: null,
  acknowledgedBy: null,
  acknowledgedAt: null,
  rectifiedBy: null,
  rectifiedAt: null,
  article: '第十四条',
})
const returned = (id: string): Row<'feed'> => ({
  id: `${id}/x`,
  at: '2026-06-18T09:00:00+08:00',
  organization: id,
  form: 'lecture',
  title: '被退回的活动',
  present: 9,
  expected: 9,
  townshipReview: 'returned',
  countyReview: 'none',
})
const board = apply(emptyBoard(), {
  organizations: [organization('own', township), organization('next', '431128106')],
  branches: [branch('own'), branch('next')],
  warnings: [warning('own'), warning('next')],
  feed: [returned('own'), returned('next')],
})

describe('what an audience sees', { timeout: patienceMs }, () => {
  it('is, for the public, no silent branch, no list, no warning and no unreviewed title', () => {
    const seen = project(board, 'public', county)
    expect(seen.warnings.size + seen.feed.size).toBe(0)
    for (const row of seen.branches.values())
      expect(row).toMatchObject({ state: 'online', silentDays: 0, level: 0, tier: 'none' })
  })

  it('is, for the wall and the county, the board itself', () => {
    expect(project(board, 'wall', county)).toEqual(board)
    expect(project(board, 'county', county)).toEqual(board)
  })

  it.each(audiences)(
    'is, of members whose dues are set below what their pay asks for, everything for the county and nothing for anybody else: %s',
    (audience) => {
      const ids = ['a', 'b', 'c', 'd'] as const
      const told = ids.flatMap((id) => [
        recordedBranch(id),
        event(
          'dues.checked',
          '2026-05-01T09:00:00',
          { month: '2026-05', members: 9, below: 4 },
          id,
        ),
      ])
      const ended = { month: '2026-06', members: 9, below: 0 }
      const all = boardOf(
        [...told, event('dues.checked', '2026-06-02T09:00:00', ended, 'd')],
        '2026-06-03',
        only('dues-rate'),
      )
      for (const scope of [county, '431128101', '431128102']) {
        const seen = project(all, audience, scope)
        const sizes = [seen.warnings.size, seen.floods.size, seen.cleared.size]
        expect(sizes).toEqual(audience === 'county' ? [3, 1, 1] : [0, 0, 0])
        if (audience !== 'county') expect(JSON.stringify(rowsOf(seen))).not.toContain('dues-rate')
      }
    },
  )

  it.each(audiences)(
    'is, of members near automatic quitting (Art. 31), everything for the county and nothing for anybody else: %s',
    (audience) => {
      const check = (quitting: number, id: string, on: string) =>
        event(
          'members.checked',
          `${on}T09:00:00`,
          { lost: 0, lostLong: 0, away: 0, quitting, abroad: 0, belowHours: 0, exempt: 0 },
          id,
        )
      // So many branches of one township, on one day, that they would be told as a flood.
      const ids = ['a', 'b', 'c', 'd'] as const
      const near = ids.flatMap((id) => [recordedBranch(id), check(4, id, '2026-06-01')])
      const all = boardOf(near, '2026-06-03', only('quitting'))
      for (const scope of [county, '431128101', '431128102']) {
        const seen = project(all, audience, scope)
        const told = [
          seen.warnings.size,
          seen.floods.size,
          seen.totals.get(county)?.membersQuitting,
        ]
        expect(told).toEqual(audience === 'county' ? [4, 1, 16] : [0, 0, 0])
        if (audience !== 'county') expect(JSON.stringify(rowsOf(seen))).not.toMatch(/quitting\W/)
      }
    },
  )

  it('is, for a township, its own rows whole and its neighbours as the public sees them', () => {
    const seen = project(board, 'township', township)
    expect([...seen.warnings.keys()]).toEqual(['silence/own'])
    expect([...seen.feed.keys()]).toEqual(['own/x'])
    expect(seen.branches.get('own')).toEqual(board.branches.get('own'))
    expect(seen.branches.get('next')).toEqual(project(board, 'public', county).branches.get('next'))
  })

  it('takes everything along when an organisation leaves the township', () => {
    const puts = { organizations: [organization('own', '431128106')] }
    const after = apply(board, puts)
    const given = givenOf(board, 'township', township)
    const change = projectChange({ puts, deletes: {} }, after, 'township', township, given)
    const patched = apply(project(board, 'township', township), change.puts, change.deletes)
    expect(patched).toEqual(project(after, 'township', township))
  })

  it('is the same by patches as by a snapshot, for every audience', () => {
    fc.assert(
      fc.property(fc.array(eventOfAnyKind, { maxLength: 60 }), (events) => {
        const core = createCore({ county })
        const screens = new Map<string, Board>(audiences.map((name) => [name, emptyBoard()]))
        const given = new Map(audiences.map((name) => [name, new Set<string>()]))
        for (const event of events) {
          core.fold({ add: event })
          const change = core.changes(afterwards)
          for (const audience of audiences) {
            const scope = audience === 'township' ? '431128100' : county
            const known = given.get(audience) ?? new Set()
            const seen = projectChange(change, core.board(), audience, scope, known)
            if (audience === 'public') expect(seen.deletes.warnings ?? []).toEqual([])
            const before = screens.get(audience) ?? emptyBoard()
            const next = apply(before, seen.puts, seen.deletes)
            screens.set(audience, next)
            expect(next).toEqual(project(core.board(), audience, scope))
          }
        }
      }),
      effort(20),
    )
  })
})
