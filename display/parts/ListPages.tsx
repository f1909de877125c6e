/** A list in as many columns of one height as its place holds, page by page. */
import type { ReactNode } from 'react'
import { usePage, Pages } from './Pages.tsx'
import type { Size } from './size.ts'
import './list-row.css'

const headHeight = 5.4
const rowHeight = 4.06
const columnWidth = 60
const gap = 5

interface Columns {
  readonly columns: number
  readonly rows: number
}

/** Beneath the head of a panel; `taken`: of the height, by what else stands there. */
function columnsOf({ w, h }: Size, taken: number): Columns {
  return {
    columns: Math.max(1, Math.floor((w + gap) / (columnWidth + gap))),
    rows: Math.max(1, Math.floor((h - headHeight - taken) / rowHeight)),
  }
}

interface Props<T> {
  readonly rows: readonly T[]
  readonly size: Size
  readonly taken?: number
  /** Gives `<li>`. */
  readonly render: (row: T) => ReactNode
}

export function ListPages<T>({ rows, size, taken = 0, render }: Props<T>) {
  const room = columnsOf(size, taken)
  const used = Math.max(1, Math.min(room.rows, Math.ceil(rows.length / room.columns)))
  return (
    <div
      className="list-pages"
      style={{
        ['--page-rows' as string]: `repeat(${used}, auto)`,
        ['--page-columns' as string]: `repeat(${room.columns}, minmax(0, 1fr))`,
      }}
    >
      <Pages rows={rows} perPage={room.rows * room.columns} render={render} />
    </div>
  )
}

/** 第 2/5 页; nothing where all fits. */
export function usePageWords(count: number, size: Size, taken = 0): readonly string[] {
  const room = columnsOf(size, taken)
  const { page, of } = usePage(count, room.rows * room.columns)
  return of === 1 ? [] : [`第 ${page + 1}/${of} 页`]
}
