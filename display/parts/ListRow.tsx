/** A row of a plain list: a name, what more there is to say of it, and a value at the right. */
import type { ReactNode } from 'react'
import { BranchOpener } from './BranchName.tsx'
import './list-row.css'

interface Props {
  readonly name: string
  readonly note?: string
  /** Stands before the name: a time, a rank. */
  readonly lead?: string
  readonly isHot?: boolean
  /** The name is this one's, and opens its card. */
  readonly organization?: string
  readonly children?: ReactNode
  readonly testid: string
}

export function ListRow({
  name,
  note,
  lead,
  isHot = false,
  organization,
  children,
  testid,
}: Props) {
  return (
    <li className={isHot ? 'list-row is-hot' : 'list-row'} data-testid={testid}>
      {lead !== undefined && <span className="list-lead fig">{lead}</span>}
      {organization === undefined ? (
        <bdi>{name}</bdi>
      ) : (
        <BranchOpener id={organization} name={name} />
      )}
      <small>{note}</small>
      <span className="list-value fig">{children}</span>
    </li>
  )
}
