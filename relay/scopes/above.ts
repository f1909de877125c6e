/** How each table of the divisions beneath comes to stand on the board of a prefecture or a province. Pure. */
import type { Row, TableName } from '../../protocol/board.ts'
import { mostRows } from '../../protocol/board-domain.ts'

/** Rows of one id are added up. */
export interface Sum<T extends TableName> {
  readonly add: (a: Row<T>, b: Row<T>) => Row<T>
}
/** Of all rows together, the first by `order`. */
export interface Cut<T extends TableName> {
  readonly most: number
  readonly order: (a: Row<T>, b: Row<T>) => number
}
/** `figures`: made in roll-up.ts. `own`: only what was told of the parent itself. */
export type Above<T extends TableName> = Sum<T> | Cut<T> | 'figures' | 'own'

export const tablesAbove: { readonly [T in TableName]: Above<T> } = {
  county: 'figures',
  totals: 'figures',
  divisions: 'figures',

  // One organisation each, or named by it: a province has 132,000 of them, and who answers for one sits in its county.
  organizations: 'own',
  branches: 'own',
  trends: 'own',
  scores: 'own',
  townships: 'own',
  feed: 'own',
  warnings: 'own',
  cleared: 'own',
  foresight: 'own',
  floods: 'own',
  streams: 'own',
  floating: 'own',
  studies: 'own',
  // Communities are ranked among their neighbours; another county's day is another day.
  communities: 'own',
  // Kept by the county that sends them out; above it, how many there are is told by the totals.
  teams: 'own',
  grids: 'own',
  // How old a feed or an intake is, is asked of the division that it feeds.
  sources: 'own',
  intakes: 'own',
  // Points are redeemed at the mall of the county that gave them.
  goods: 'own',
  // By these its own organisations were judged; those of a county were judged by the county's.
  thresholds: 'own',

  caseStages: {
    add: (a, b) => ({ ...addUp(a, b), oldestSince: earlier(a.oldestSince, b.oldestSince) }),
  },
  orders: {
    add: (a, b) => ({ ...addUp(a, b), oldestSince: earlier(a.oldestSince, b.oldestSince) }),
  },
  stations: { add: addUp },
  basics: { add: addUp },
  transfers: { add: addUp },
  destinations: { add: addUp },
  daily: { add: addUp },
  durations: { add: addUp },
  // Each county tells its commonest: what is rare everywhere stays out of the sum.
  categories: { add: addUp },
  study: { add: (a, b) => ({ ...a, learners: addCurves(a.learners, b.learners) }) },

  cases: {
    most: mostRows.cases,
    order: (a, b) =>
      compare(a.dueAt ?? never, b.dueAt ?? never) ||
      compare(a.since, b.since) ||
      compare(a.id, b.id),
  },
  honours: { most: mostRows.honours, order: newestFirst },
  prices: { most: mostRows.prices, order: newestFirst },
  services: { most: mostRows.services, order: newestFirst },
  programmes: {
    most: mostRows.programmes,
    order: (a, b) => compare(a.startsAt, b.startsAt) || compare(a.id, b.id),
  },
}

/** After every instant: those are written alike, with the offset of Beijing. */
const never = '9999'

/** Every number of a row adds up, in lists place by place; the rest is alike in rows of one id. */
function addUp<R extends object>(a: R, b: R): R {
  const sum = Object.entries(a).map(([key, value]): readonly [string, unknown] => [
    key,
    added(value, b[key as keyof R]),
  ])
  // Made of the entries of `a`, each of its own type.
  return Object.fromEntries(sum) as R
}

function added(a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a + b
  if (!Array.isArray(a) || !Array.isArray(b)) return a
  const [long, short]: readonly unknown[][] = a.length < b.length ? [b, a] : [a, b]
  return long?.map((each, at) => added(each, short?.[at]))
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function newestFirst(
  a: { readonly at: string; readonly id: string },
  b: { readonly at: string; readonly id: string },
): number {
  return compare(b.at, a.at) || compare(b.id, a.id)
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}

/** Curves that only rise, each up to the last slot that its division was told of: since then nothing came. */
function addCurves(a: readonly number[], b: readonly number[]): number[] {
  const [long, short] = a.length < b.length ? [b, a] : [a, b]
  const last = short.at(-1) ?? 0
  return long.map((n, at) => n + (short[at] ?? last))
}
