import type { Board, Row, TableName } from './board.ts'
import { tableNames } from './table-names.ts'
import type { Deletes, Puts, Snapshot } from './frames.ts'

export function emptyBoard(): Board {
  return Object.fromEntries(tableNames.map((name) => [name, new Map()])) as unknown as Board
}

/**
 * Put and delete whole rows. Pure: returns a new board in which every row and
 * table that did not change is the same object, so `!==` means changed.
 */
export function apply(board: Board, puts: Puts, deletes: Deletes = {}): Board {
  const changed: Partial<Record<TableName, ReadonlyMap<string, Row<TableName>>>> = {}
  for (const name of tableNames) {
    const rows = puts[name] ?? []
    const gone = deletes[name] ?? []
    if (rows.length === 0 && gone.length === 0) continue
    const next = new Map<string, Row<TableName>>(board[name])
    for (const id of gone) next.delete(id)
    for (const row of rows) next.set(row.id, row)
    changed[name] = next
  }
  return { ...board, ...changed } as Board
}

/** The board that a snapshot holds. */
export function boardOf(snapshot: Snapshot): Board {
  return apply(emptyBoard(), snapshot.tables)
}
