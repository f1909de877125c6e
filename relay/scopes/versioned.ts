/** A board with a version: what it holds, and which of its rows are newer than a version. */
import { tableNames, type Board, type Row, type TableName } from '../../protocol/board.ts'
import type { Deletes, Puts } from '../../protocol/frames.ts'

export interface RowChange {
  readonly puts: Puts
  readonly deletes: Deletes
}

export const nothing: RowChange = { puts: {}, deletes: {} }

/** All rows of a board as a change. */
export function wholeOf(board: Board): RowChange {
  const puts = Object.fromEntries(tableNames.map((name) => [name, [...board[name].values()]]))
  return { puts: puts as Puts, deletes: {} }
}

export interface Versioned {
  board(): Board
  /** Ordinal of the last event that touched the board. */
  version(): number
  /** What `change` made of the board. Returns the version that it had before. */
  put(change: RowChange, next: Board, version: number): number
  /** Rows changed after `version`; undefined where a snapshot is the shorter way, or the version is none of this board's. */
  since(version: number): RowChange | undefined
}

/** Above this share of all rows a patch costs more than the snapshot, which caches. */
const snapshotShare = 0.4

export function createVersioned(start: Board, startVersion: number): Versioned {
  let board = start
  let current = startVersion
  /** Row → version of its last change; rows unchanged since the start carry none. */
  const changedAt: Partial<Record<TableName, Map<string, number>>> = {}

  return {
    board: () => board,
    version: () => current,
    put(change, next, version) {
      board = next
      for (const table of tableNames) {
        const puts = change.puts[table] ?? []
        const deletes = change.deletes[table] ?? []
        if (puts.length + deletes.length === 0) continue
        const changed = (changedAt[table] ??= new Map())
        for (const row of puts) changed.set(row.id, version)
        for (const id of deletes) changed.set(id, version)
      }
      const before = current
      current = version
      return before
    },
    since(version) {
      if (version < startVersion || version > current) return undefined
      const puts: Partial<Record<TableName, Row<TableName>[]>> = {}
      const deletes: Partial<Record<TableName, string[]>> = {}
      let rows = 0
      let all = 0
      for (const table of tableNames) {
        all += board[table].size
        for (const [id, changed] of changedAt[table] ?? []) {
          if (changed <= version) continue
          rows += 1
          const row = board[table].get(id)
          if (row === undefined) (deletes[table] ??= []).push(id)
          else (puts[table] ??= []).push(row)
        }
      }
      return rows > all * snapshotShare ? undefined : { puts: puts as Puts, deletes }
    },
  }
}
