/** Townships and branches by name: found by some characters of it, and chosen. */
import { useState } from 'react'
import type { Row } from '../../protocol/board.ts'

interface Props {
  /** Why there are no names. */
  readonly trouble: string | null
  readonly isOff: boolean
  /** The id of what the wall shows. */
  readonly on: string | null
  readonly onChoose: (id: string) => void
}

/** More would not be read: somebody types another character. */
const rowsMost = 30

export function Townships({
  rows,
  ...props
}: Props & { readonly rows: readonly Row<'townships'>[] }) {
  const named = rows.map(({ id, name }) => ({ id, name, under: null }))
  return <Finder {...props} label="找乡镇" rows={named} none="没有乡镇叫这个名字" hint={null} />
}

interface BranchesProps extends Props {
  readonly rows: readonly Row<'organizations'>[]
  readonly townships: readonly Row<'townships'>[]
}

export function Branches({ rows, townships, ...props }: BranchesProps) {
  const names = new Map(townships.map(({ id, name }) => [id, name]))
  const named = rows.map(({ id, name, township }) => ({
    id,
    name,
    under: names.get(township) ?? null,
  }))
  return (
    <Finder
      {...props}
      label="找支部"
      rows={named}
      none="没有支部叫这个名字"
      hint="输入支部名称中的几个字"
    />
  )
}

interface FinderProps extends Props {
  readonly label: string
  readonly rows: readonly {
    readonly id: string
    readonly name: string
    readonly under: string | null
  }[]
  readonly none: string
  /** Instead of all rows while nothing is typed. */
  readonly hint: string | null
}

function Finder({ label, rows, none, hint, trouble, isOff, on, onChoose }: FinderProps) {
  const [typed, type] = useState('')
  const sought = typed.trim()
  const found =
    sought === '' && hint !== null ? [] : rows.filter(({ name }) => name.includes(sought))
  const left = found.length - rowsMost
  const nothing = rows.length === 0 ? '大屏这一级没有这份名单' : sought === '' ? hint : none
  const words = trouble ?? (found.length === 0 ? nothing : null)
  return (
    <>
      <label className="finder">
        {label}
        <input type="search" value={typed} onChange={({ target }) => type(target.value)} />
      </label>
      {words !== null && (
        <p className="plain" role="status">
          {words}
        </p>
      )}
      <ul className="found">
        {found.slice(0, rowsMost).map(({ id, name, under }) => (
          <li key={id}>
            <button
              disabled={isOff}
              aria-current={id === on ? 'true' : undefined}
              onClick={() => onChoose(id)}
            >
              {name}
              {under !== null && <small>{under}</small>}
            </button>
          </li>
        ))}
      </ul>
      {left > 0 && <p className="plain">还有 {left} 个,请再输几个字</p>}
    </>
  )
}
