/** A row of a plain list: a name, what more there is to say of it, and a value at the right. */
import type { ReactNode } from 'react'
import './list-row.css'

interface Props {
  readonly name: string
  readonly note?: string
  /** Stands before the name: a time, a rank. */
  readonly lead?: string
  readonly isHot?: boolean
  readonly children?: ReactNode
  readonly testid: string
}

export function ListRow({ name, note, lead, isHot = false, children, testid }: Props) {
  return (
    <li className={isHot ? 'list-row is-hot' : 'list-row'} data-testid={testid}>
      {lead !== undefined && <span className="list-lead fig">{lead}</span>}
      <bdi>{name}</bdi>
      <small>{note}</small>
      <span className="list-value fig">{children}</span>
    </li>
  )
}
