/**
 * The only way out: what an audience may see of a row. Every snapshot, patch,
 * figure and export walks through here. What the public sees is written column
 * by column, so a new column does not compile until someone decides about it.
 */
import { apply, emptyBoard } from '../protocol/apply.ts'
import { tableNames, type Board, type Row, type TableName } from '../protocol/board.ts'
import type { WarningRule } from '../protocol/events.ts'
import type { Deletes, Puts } from '../protocol/frames.ts'
import { discloseTotals } from './disclosure.ts'

/**
 * `public`: village television and anonymous callers. `wall`: the command centre.
 * `township`: a township's own office. `county`: leaders.
 */
export type Audience = 'public' | 'wall' | 'township' | 'county'
export const audiences: readonly Audience[] = ['public', 'wall', 'township', 'county']

/** Null: this audience never sees the row. */
type Rule = { readonly [T in TableName]: (row: Row<T>) => Row<T> | null }

const whole = <R>(row: R): R => row
const never = (): null => null
/** A count under three could point at a person; it is told as none. */
export const coarse = (count: number): number => (count < 3 ? 0 : count)

const open: Rule = Object.fromEntries(tableNames.map((name) => [name, whole])) as unknown as Rule

/** Members near the six months of Art. 31(6), and those whose dues say something of their pay: for the county alone. */
const countyAlone: ReadonlySet<WarningRule> = new Set(['quitting', 'dues-rate'])
const unlessAlone = <R extends { readonly rule: WarningRule }>(row: R): R | null =>
  countyAlone.has(row.rule) ? null : row

const inner: Rule = {
  ...open,
  warnings: unlessAlone,
  cleared: unlessAlone,
  floods: unlessAlone,
  totals: (row) => ({ ...row, membersQuitting: 0 }),
}

const closed: Rule = {
  organizations: ({ id, name, kind, group, township, lng, lat }) => ({
    id,
    name,
    kind,
    group,
    township,
    lng,
    lat,
  }),
  // Named silence, yellow and black lists stay inside: a silent branch looks like any other.
  branches: ({ id, state, members, activeToday, points, rank, rankBefore, reason, tier }) => ({
    id,
    state: state === 'silent' ? 'online' : state,
    members: coarse(members),
    silentDays: 0,
    level: 0,
    activeToday,
    points,
    rank,
    rankBefore,
    reason,
    tier: tier === 'yellow' || tier === 'black' ? 'none' : tier,
  }),
  trends: ({ id, weeks }) => ({ id, weeks }),
  townships: ({ id, name, organizations, online, activeToday, points, away }) => ({
    id,
    name,
    organizations,
    online,
    silent: 0,
    activeToday,
    points,
    away: coarse(away),
  }),
  county: (row) => ({
    id: row.id,
    organizations: row.organizations,
    members: row.members,
    online: row.online,
    activitiesToday: row.activitiesToday,
    activitiesYesterday: row.activitiesYesterday,
    silent: coarse(row.silent),
    silent60: coarse(row.silent60),
    silent90: coarse(row.silent90),
    silentYesterday: coarse(row.silentYesterday),
    duesUnpaid: coarse(row.duesUnpaid),
    duesUnpaidBranches: coarse(row.duesUnpaidBranches),
    duesUnpaidYesterday: coarse(row.duesUnpaidYesterday),
    termDue: coarse(row.termDue),
    termOverdue: coarse(row.termOverdue),
    termSoon: coarse(row.termSoon),
    gold: row.gold,
    silver: row.silver,
    yellow: coarse(row.yellow),
    black: coarse(row.black),
    meetingsRate: row.meetingsRate,
    learnersToday: coarse(row.learnersToday),
    learnersYesterdaySameTime: coarse(row.learnersYesterdaySameTime),
    minutesPerMemberMonth: row.minutesPerMemberMonth,
    floatingMembers: coarse(row.floatingMembers),
    floatingCommittees: row.floatingCommittees,
    floatingBranches: row.floatingBranches,
    ordersYear: coarse(row.ordersYear),
    ordersClosedYear: coarse(row.ordersClosedYear),
    streams: row.streams,
    day: row.day,
  }),
  totals: discloseTotals,
  divisions: ({
    id,
    organizations,
    members,
    online,
    activitiesToday,
    points,
    stations,
    ...rest
  }) => ({
    id,
    organizations,
    members: coarse(members),
    online,
    silent: coarse(rest.silent),
    activitiesToday,
    learnersToday: coarse(rest.learnersToday),
    points,
    // Named or counted, warnings stay inside.
    warnings: 0,
    stations,
    casesOpen: coarse(rest.casesOpen),
  }),
  feed: ({ id, at, organization, form, title, present, expected, countyReview }) =>
    countyReview === 'passed'
      ? {
          id,
          at,
          organization,
          form,
          title,
          present: coarse(present),
          expected: coarse(expected),
          townshipReview: 'none',
          countyReview: 'none',
        }
      : null,
  warnings: never,
  cleared: never,
  thresholds: never,
  foresight: never,
  floods: never,
  // Video needs a signed clearance per source; without a registry entry nothing is public.
  streams: never,
  sources: ({ id, platform, feed, cadenceSeconds, asOf }) => ({
    id,
    platform,
    feed,
    cadenceSeconds,
    asOf,
  }),
  study: ({ id, learners }) => ({ id, learners: learners.map(coarse) }),
  destinations: ({ id, city, members, branches, attached, joined, origins, hosts }) =>
    members < 3
      ? null
      : {
          id,
          city,
          members,
          branches,
          attached: coarse(attached),
          joined: coarse(joined),
          origins: coarse(origins),
          hosts: coarse(hosts),
        },
  // When each of them last met would name the silent ones.
  floating: never,
  // How late the work is stays inside, as does every single case, grid, team, community and transfer.
  orders: ({ id, stage, today, year }) => ({
    id,
    stage,
    today: coarse(today),
    year: coarse(year),
    waiting: 0,
    oldestSince: null,
    overtime: 0,
    waitingDays: [],
  }),
  caseStages: ({ id, stage, today, year }) => ({
    id,
    stage,
    today: coarse(today),
    year: coarse(year),
    waiting: 0,
    oldestSince: null,
    overdue: 0,
  }),
  cases: never,
  grids: never,
  categories: never,
  durations: never,
  studies: never,
  intakes: ({ id, name, cadenceSeconds, asOf, today }) => ({
    id,
    name,
    cadenceSeconds,
    asOf,
    today: coarse(today),
  }),
  stations: ({ id, kind, level, stations, places, of }) => ({
    id,
    kind,
    level,
    stations,
    places,
    of,
  }),
  communities: never,
  teams: never,
  basics: ({ id, basic, filled, of }) => ({ id, basic, filled, of }),
  daily: ({ id, series, values }) => ({ id, series, values: values.map(coarse) }),
  goods: ({ id, name, points, stock }) => ({ id, name, points, stock }),
  transfers: never,
  honours: ({ id, title, name, organization, at }) => ({ id, title, name, organization, at }),
  // A masked name and a branch are enough for a neighbour.
  scores: never,
  programmes: ({ id, title, startsAt, minutes }) => ({ id, title, startsAt, minutes }),
  prices: ({ id, at, kind, name, price, unit }) => ({ id, at, kind, name, price, unit }),
  services: ({ id, at, title, days }) => ({ id, at, title, days }),
}

/** Which organisation a row speaks of; rows of the whole county speak of none. */
const subjectOf: { readonly [T in TableName]?: (row: Row<T>) => string } = {
  organizations: ({ id }) => id,
  branches: ({ id }) => id,
  feed: ({ organization }) => organization,
  warnings: ({ organization }) => organization,
  cleared: ({ organization }) => organization,
  streams: ({ organization }) => organization,
  communities: ({ id }) => id,
  floating: ({ id }) => id,
  studies: ({ id }) => id,
  honours: ({ organization }) => organization,
  scores: ({ organization }) => organization,
}

/** A township sees its own rows as the county does, and its neighbours' as the public does. */
function isOwn<T extends TableName>(
  table: T,
  row: Row<T>,
  board: Board,
  township: string,
): boolean {
  if (table === 'townships') return row.id === township
  if ('township' in row) return row.township === township
  const subject = subjectOf[table]?.(row)
  return subject !== undefined && board.organizations.get(subject)?.township === township
}

function projectRow<T extends TableName>(
  table: T,
  row: Row<T>,
  board: Board,
  audience: Audience,
  scope: string,
): Row<T> | null {
  switch (audience) {
    case 'county':
      return open[table](row)
    case 'wall':
      return inner[table](row)
    case 'township':
      return (isOwn(table, row, board, scope) ? inner : closed)[table](row)
    case 'public':
      return closed[table](row)
  }
}

/** Every row of such a table is shown as it is. */
function isWhole(table: TableName, audience: Audience): boolean {
  if (audience === 'county') return true
  return audience === 'wall' && inner[table] === open[table]
}

/** An organisation that is new to a township, or has left it, takes the rows about it along. */
function withMoved(puts: Puts, board: Board): Puts {
  const moved = new Set((puts.organizations ?? []).map(({ id }) => id))
  if (moved.size === 0) return puts
  const next: Partial<Record<TableName, readonly Row<TableName>[]>> = { ...puts }
  for (const table of tableNames) {
    const subject = subjectOf[table] as ((row: Row<TableName>) => string) | undefined
    if (subject === undefined) continue
    const about = [...board[table].values()].filter((row) => moved.has(subject(row)))
    next[table] = [...new Set([...(puts[table] ?? []), ...about])]
  }
  return next as Puts
}

/** Tables of which a restricted audience may be shown one row and not another. */
const partial: readonly TableName[] = [
  'feed',
  'warnings',
  'cleared',
  'foresight',
  'floods',
  'streams',
  'destinations',
  'floating',
  'cases',
  'grids',
  'categories',
  'durations',
  'studies',
  'communities',
  'teams',
  'transfers',
  'scores',
]

/**
 * Rows of such tables that an audience was given since the relay started: only these are deleted for it, because
 * the id alone of a warning or a small destination says what it must not know. One audience's are none of another's.
 */
export type Given = Set<string>
const givenKey = (table: TableName, id: string): string => `${table} ${id}`

/** What an audience with a snapshot of this board has been given. */
export function givenOf(board: Board, audience: Audience, scope: string): Given {
  const given: Given = new Set()
  projectChange({ puts: rowsOf(board), deletes: {} }, board, audience, scope, given)
  return given
}

/**
 * The part of a change that an audience may see; a row that it was `given` and may no longer see is deleted for it.
 * `board` is the board after the change. `scope` is the division code of the audience: six digits of the
 * county, nine of a township's office.
 */
export function projectChange(
  change: { readonly puts: Puts; readonly deletes: Deletes },
  board: Board,
  audience: Audience,
  scope: string,
  given: Given,
): { readonly puts: Puts; readonly deletes: Deletes } {
  const puts: Partial<Record<TableName, readonly Row<TableName>[]>> = {}
  const deletes: Partial<Record<TableName, readonly string[]>> = {}
  const all = audience === 'township' ? withMoved(change.puts, board) : change.puts
  for (const table of tableNames) {
    const rows: readonly Row<TableName>[] = all[table] ?? []
    const gone = change.deletes[table] ?? []
    if (isWhole(table, audience)) {
      if (rows.length > 0) puts[table] = rows
      if (gone.length > 0) deletes[table] = gone
      continue
    }
    const isPartial = partial.includes(table)
    const shown: Row<TableName>[] = []
    const hidden: string[] = []
    for (const row of rows) {
      const seen = projectRow(table, row as Row<typeof table>, board, audience, scope)
      if (seen !== null) {
        shown.push(seen)
        if (isPartial) given.add(givenKey(table, row.id))
      } else if (given.has(givenKey(table, row.id))) hidden.push(row.id)
    }
    for (const id of gone) if (!isPartial || given.has(givenKey(table, id))) hidden.push(id)
    if (shown.length > 0) puts[table] = shown
    if (hidden.length > 0) deletes[table] = hidden
  }
  return { puts: puts as Puts, deletes }
}

/** All rows of a board as puts. */
export function rowsOf(board: Board): Puts {
  return Object.fromEntries(tableNames.map((name) => [name, [...board[name].values()]])) as Puts
}

/** The board that an audience may see. */
export function project(board: Board, audience: Audience, scope: string): Board {
  const change = { puts: rowsOf(board), deletes: {} }
  return apply(emptyBoard(), projectChange(change, board, audience, scope, new Set()).puts)
}
