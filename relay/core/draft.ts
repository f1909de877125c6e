/** What is to change on a board: whole rows put or dropped, and only where they differ. Pure. */
import type { Board, Row, TableName } from '../../protocol/board.ts'
import type { Deletes, Puts } from '../../protocol/frames.ts'

export interface Frame {
  readonly puts: Puts
  readonly deletes: Deletes
}

export interface Draft {
  put<T extends TableName>(table: T, row: Row<T>): void
  drop(table: TableName, id: string): void
  /** The table holds these rows and no others. */
  replace<T extends TableName>(table: T, rows: readonly Row<T>[]): void
  frame(): Frame
}

type Rows = { [T in TableName]?: Row<T>[] }

export function createDraft(board: Board): Draft {
  const puts: Rows = {}
  const deletes: { [T in TableName]?: string[] } = {}

  function put<T extends TableName>(table: T, row: Row<T>): void {
    if (!isSame(board[table].get(row.id), row)) ((puts[table] ??= []) as Row<T>[]).push(row)
  }
  function drop(table: TableName, id: string): void {
    if (board[table].has(id)) (deletes[table] ??= []).push(id)
  }
  return {
    put,
    drop,
    replace(table, rows) {
      const kept = new Set<string>()
      for (const row of rows) {
        kept.add(row.id)
        put(table, row)
      }
      for (const id of board[table].keys()) if (!kept.has(id)) drop(table, id)
    },
    frame: () => ({ puts: puts as Puts, deletes }),
  }
}

/** Rows are flat, but for lists of numbers and ids. */
function isSame<R extends object>(a: R | undefined, b: R): boolean {
  if (!a) return false
  for (const key in b) {
    const left: unknown = a[key]
    const right: unknown = b[key]
    if (left === right) continue
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false
    if (left.some((each, index) => each !== right[index])) return false
  }
  return true
}
