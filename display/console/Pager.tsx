/** A long list by hundreds, so that a sheet of 50,000 rows stays quick. */
import { useState, type ReactNode } from 'react'
import { walkRows } from './walk.ts'

const pageRows = 100

interface Props<T> {
  readonly rows: readonly T[]
  readonly label: string
  readonly titles: readonly string[]
  readonly children: (row: T) => ReactNode
}

export function Pager<T>({ rows, label, titles, children }: Props<T>) {
  const [from, setFrom] = useState(0)
  const to = Math.min(from + pageRows, rows.length)
  return (
    <>
      <div className="sheet" role="region" aria-label={label} tabIndex={0} onKeyDown={walkRows}>
        <table>
          <thead>
            <tr>
              {titles.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{rows.slice(from, to).map(children)}</tbody>
        </table>
      </div>
      {rows.length > pageRows && (
        <nav className="pager" aria-label={`${label}翻页`}>
          <button aria-disabled={from === 0} onClick={() => setFrom(Math.max(0, from - pageRows))}>
            上一页
          </button>
          <button
            aria-disabled={to === rows.length}
            onClick={() => to < rows.length && setFrom(to)}
          >
            下一页
          </button>
          <span role="status">
            第 {from + 1}–{to} 条,共 {rows.length} 条
          </span>
        </nav>
      )}
    </>
  )
}
