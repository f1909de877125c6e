/** The tables that divisions share with the board above them, kept up division by division. */
import {
  tableNames,
  type Board,
  type Row,
  type Table,
  type TableName,
} from '../../protocol/board.ts'
import type { Draft } from '../core/draft.ts'
import { tablesAbove, type Above, type Cut, type Sum } from './above.ts'

export interface Gathered {
  /** A division as it stands. Cheap while none of these tables changed. */
  take(code: string, board: Board): void
  /** What the divisions taken since the last time changed. */
  put(draft: Draft): void
}

const isGathered = (name: TableName): boolean => typeof tablesAbove[name] === 'object'
const gathered = tableNames.filter(isGathered)

export function createGathered(): Gathered {
  const tables = gathered.map((name) => createOne(name))
  return {
    take(code, board) {
      for (const one of tables) one.take(code, board)
    },
    put(draft) {
      for (const one of tables) one.put(draft)
    },
  }
}

function createOne<T extends TableName>(name: T): Gathered {
  const above: Above<T> = tablesAbove[name]
  /** Division code → its rows; a table keeps its identity until one of them changes. */
  const parts = new Map<string, Table<T>>()
  /** Ids of rows that changed beneath. */
  const stale = new Set<string>()

  return {
    take(code, board) {
      const before: Table<T> | undefined = parts.get(code)
      const now: Table<T> = board[name]
      if (now === before) return
      parts.set(code, now)
      for (const [id, row] of now) if (before?.get(id) !== row) stale.add(id)
      for (const id of before?.keys() ?? []) if (!now.has(id)) stale.add(id)
    },
    put(draft) {
      if (stale.size === 0 || typeof above !== 'object') return
      if ('add' in above) putSums(draft, name, above, parts, stale)
      else draft.replace(name, firstOf(above, parts.values()))
      stale.clear()
    },
  }
}

function putSums<T extends TableName>(
  draft: Draft,
  name: T,
  { add }: Sum<T>,
  parts: ReadonlyMap<string, Table<T>>,
  ids: Iterable<string>,
): void {
  for (const id of ids) {
    let sum: Row<T> | undefined
    for (const part of parts.values()) {
      const row = part.get(id)
      if (row !== undefined) sum = sum === undefined ? row : add(sum, row)
    }
    if (sum === undefined) draft.drop(name, id)
    else draft.put(name, sum)
  }
}

/** A thing that two divisions are told of stands once, as it comes first. */
function firstOf<T extends TableName>(
  { most, order }: Cut<T>,
  parts: Iterable<Table<T>>,
): readonly Row<T>[] {
  const first: Row<T>[] = []
  for (const part of parts) {
    for (const row of part.values()) {
      const last = first[most - 1]
      if (last !== undefined && order(last, row) < 0) continue
      const twin = first.findIndex(({ id }) => id === row.id)
      const twinRow = first[twin]
      if (twinRow !== undefined) {
        if (order(twinRow, row) <= 0) continue
        first.splice(twin, 1)
      }
      const at = first.findIndex((each) => order(row, each) < 0)
      first.splice(at < 0 ? first.length : at, 0, row)
      if (first.length > most) first.pop()
    }
  }
  return first
}
