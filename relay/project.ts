/**
 * The only way out: what an audience may see of a row. Allow-lists, default
 * deny; every snapshot, patch, figure and export walks through here.
 */
import { apply, emptyBoard } from '../protocol/apply.ts'
import { tableNames, type Board, type Row, type TableName } from '../protocol/board.ts'
import type { Deletes, Puts } from '../protocol/frames.ts'

/** `public`: village television and anonymous callers. `wall`: the command centre. `county`: leaders. */
export type Audience = 'public' | 'wall' | 'county'
export const audiences: readonly Audience[] = ['public', 'wall', 'county']

type Rule = { readonly [T in TableName]: (row: Row<T>) => Row<T> | null }

const whole = <R>(row: R): R => row
const never = (): null => null
/** A count under three could point at a person; it is told as none. */
const coarse = (count: number): number => (count < 3 ? 0 : count)

const open: Rule = Object.fromEntries(tableNames.map((name) => [name, whole])) as unknown as Rule

const rules: Readonly<Record<Audience, Rule>> = {
  county: open,
  wall: open,
  public: {
    organizations: whole,
    // Named silence, yellow and black lists stay inside: a silent branch looks like any other.
    branches: (row) => ({
      ...row,
      state: row.state === 'silent' ? 'online' : row.state,
      silentDays: 0,
      level: 0,
      tier: row.tier === 'yellow' || row.tier === 'black' ? 'none' : row.tier,
    }),
    townships: (row) => ({ ...row, silent: 0 }),
    county: (row) => ({
      ...row,
      silent60: coarse(row.silent60),
      silent90: coarse(row.silent90),
      duesUnpaid: coarse(row.duesUnpaid),
      duesUnpaidYesterday: coarse(row.duesUnpaidYesterday),
    }),
    feed: (row) =>
      row.countyReview === 'passed'
        ? { ...row, townshipReview: 'none', countyReview: 'none' }
        : null,
    warnings: never,
    // Video needs a signed clearance per source; without a registry entry nothing is public.
    streams: never,
    sources: whole,
    study: whole,
    destinations: (row) => (row.members < 3 ? null : row),
    orders: whole,
  },
}

function projectRow<T extends TableName>(table: T, row: Row<T>, audience: Audience): Row<T> | null {
  return rules[audience][table](row)
}

/** The part of a change that an audience may see; a row that it may no longer see is deleted for it. */
export function projectChange(
  change: { readonly puts: Puts; readonly deletes: Deletes },
  audience: Audience,
): { readonly puts: Puts; readonly deletes: Deletes } {
  const puts: Partial<Record<TableName, Row<TableName>[]>> = {}
  const deletes: Partial<Record<TableName, string[]>> = {}
  for (const table of tableNames) {
    for (const row of change.puts[table] ?? []) {
      const seen = projectRow(table, row, audience)
      if (seen === null) (deletes[table] ??= []).push(row.id)
      else (puts[table] ??= []).push(seen)
    }
    for (const id of change.deletes[table] ?? []) (deletes[table] ??= []).push(id)
  }
  return { puts: puts as Puts, deletes }
}

/** All rows of a board as puts. */
export function rowsOf(board: Board): Puts {
  return Object.fromEntries(tableNames.map((name) => [name, [...board[name].values()]])) as Puts
}

/** The board that an audience may see. */
export function project(board: Board, audience: Audience): Board {
  return apply(emptyBoard(), projectChange({ puts: rowsOf(board), deletes: {} }, audience).puts)
}
