/** A long list, page by page: the one that leaves fades under the one that comes. */
import { useEffect, useState, type ReactNode } from 'react'
import { useWall } from '../board.ts'
import { pageAt, pagesOf } from './pages.ts'
import './pages.css'

const turnMs = 320

interface Props<T> {
  readonly rows: readonly T[]
  readonly perPage: number
  readonly render: (row: T, index: number) => ReactNode
  readonly className?: string
}

/** Which page is on, of how many; turned by the relay's clock, so that several walls show the same one. */
export function usePage(
  rows: number,
  perPage: number,
): { readonly page: number; readonly of: number } {
  const of = pagesOf(rows, perPage)
  const page = useWall((state) => pageAt(state.present, of))
  return { page, of }
}

export function Pages<T>({ rows, perPage, render, className = '' }: Props<T>) {
  const { page, of } = usePage(rows.length, perPage)
  const [shown, setShown] = useState<readonly number[]>([page])
  if (shown.at(-1) !== page) setShown([...shown.slice(-1), page])
  useEffect(
    function dropTheLeaving() {
      if (shown.length === 1) return
      const timer = setTimeout(() => setShown([page]), turnMs)
      return () => clearTimeout(timer)
    },
    [shown, page],
  )
  return (
    <div className={`pages ${className}`} style={{ ['--per-page' as string]: perPage }}>
      {shown
        .filter((each) => each < of)
        .map((each, index) => (
          <ol
            key={each}
            className={
              index < shown.length - 1
                ? 'page leaves'
                : shown.length > 1
                  ? 'page fades comes'
                  : 'page'
            }
            aria-hidden={index < shown.length - 1 || undefined}
          >
            {rows
              .slice(each * perPage, (each + 1) * perPage)
              .map((row, at) => render(row, each * perPage + at))}
          </ol>
        ))}
    </div>
  )
}
