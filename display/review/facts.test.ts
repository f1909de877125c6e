import { expect, it } from 'vitest'
import type { Row } from '../../protocol/board.ts'
import { branchesOf, byTownship, pendingOf, silentOf } from './facts.ts'

const table = <T extends { readonly id: string }>(...rows: T[]): ReadonlyMap<string, T> =>
  new Map(rows.map((row) => [row.id, row]))
const organization = (id: string, township: string): Row<'organizations'> => ({
  id,
  name: id,
  kind: 'branch',
  group: township === '' ? 'organ' : 'territory',
  township,
  lng: null,
  lat: null,
})
const branch = (id: string, level: 0 | 2 | 4, silentDays: number): Row<'branches'> => ({
  id,
  state: level === 0 ? 'online' : 'silent',
  members: 3,
  silentDays,
  level,
  activeToday: false,
  points: 0,
  rank: 1,
  rankBefore: 1,
  reason: null,
  tier: 'none',
})
const activity = (id: string, of: string, at: string, more: Partial<Row<'feed'>>): Row<'feed'> => ({
  id,
  at,
  organization: of,
  form: 'lecture',
  title: id,
  present: 1,
  expected: 2,
  townshipReview: 'none',
  countyReview: 'none',
  ...more,
})
const organizations = table(
  organization('a', '431128101'),
  organization('b', '431128102'),
  organization('c', '431128101'),
  organization('d', ''),
)
const branches = table(
  branch('a', 2, 31),
  branch('b', 4, 97),
  branch('c', 0, 3),
  branch('d', 2, 40),
)

it('finds the silent of the county, the longest first, and a township only its own', () => {
  const ids = (scope: string) =>
    silentOf(branchesOf({ organizations, branches }, scope)).map(({ pulse }) => pulse.id)
  expect(ids('431128')).toEqual(['b', 'd', 'a'])
  expect(ids('431128101')).toEqual(['a'])
})

it('counts by township, the most first, and leaves out what is of none', () => {
  expect(byTownship(branchesOf({ organizations, branches }, '431128'))).toEqual([
    { id: '431128101', count: 2 },
    { id: '431128102', count: 1 },
  ])
})

it("tells each level what waits for its own review, and not for another's", () => {
  const feed = table(
    activity('new', 'a', '2026-06-18T09:30:00+08:00', { countyReview: 'pending' }),
    activity('old', 'b', '2026-06-18T08:30:00+08:00', { countyReview: 'pending' }),
    activity('first', 'a', '2026-06-18T08:00:00+08:00', { townshipReview: 'pending' }),
  )
  const ids = (scope: string) => pendingOf({ feed, organizations }, scope).map(({ id }) => id)
  expect(ids('431128')).toEqual(['old', 'new'])
  expect(ids('431128101')).toEqual(['first'])
  expect(ids('431128102')).toEqual([])
})
