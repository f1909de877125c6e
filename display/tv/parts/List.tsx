/** Rows of which one has the focus; a long list turns its pages with it. */
import type { ReactNode } from 'react'
import type { Focused } from '../focus/use-focus.ts'
import { Spot } from './Spot.tsx'
import './list.css'

/** Of the page on which the focus is: where it begins, and which of how many it is. */
export function pageOf(ids: readonly string[], at: string, size: number) {
  const page = Math.max(0, Math.floor(ids.indexOf(at) / size))
  return { from: page * size, page: page + 1, pages: Math.max(1, Math.ceil(ids.length / size)) }
}

interface ListProps<T> {
  readonly focus: Focused
  readonly rows: readonly T[]
  readonly idOf: (row: T) => string
  readonly size: number
  /** Left, top, width and height of a row in units; the next ones follow beneath. */
  readonly first: readonly [number, number, number, number]
  readonly draw: (row: T) => ReactNode
  /** What is said where there are none. */
  readonly none: string
}

export function List<T>({ focus, rows, idOf, size, first, draw, none }: ListProps<T>) {
  const ids = rows.map(idOf)
  const { from, page, pages } = pageOf(ids, focus.at, size)
  const [x, y, w, h] = first
  if (rows.length === 0)
    return (
      <p
        className="tv-none mid"
        style={{
          left: `calc(var(--t) * ${x})`,
          top: `calc(var(--t) * ${y + 4})`,
          width: `calc(var(--t) * ${w})`,
        }}
      >
        {none}
      </p>
    )
  return (
    <>
      {rows.slice(from, from + size).map((row, at) => (
        <Spot
          key={idOf(row)}
          focus={focus}
          id={idOf(row)}
          className="spot-card tv-row"
          at={[x, y + at * (h + 1.2), w, h]}
        >
          {draw(row)}
        </Spot>
      ))}
      {pages > 1 && (
        <p
          className="tv-page lo"
          style={{ left: `calc(var(--t) * ${x})`, width: `calc(var(--t) * ${w})` }}
        >
          第 <span className="fig">{page}</span> 页,共 <span className="fig">{pages}</span> 页
        </p>
      )}
    </>
  )
}
