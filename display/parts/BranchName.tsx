/** An organisation's name and, quieter, where it stands or what else there is to say of it. */
import { memo, type ReactNode } from 'react'
import { useOpenings } from '../director/openings.ts'
import './branch-name.css'

interface Props {
  readonly name: string
  readonly place: string
  /** Opens the organisation's card. */
  readonly id?: string
}

export function BranchName({ name, place, id }: Props) {
  return (
    <p className="branch-name">
      {id === undefined ? <bdi>{name}</bdi> : <BranchOpener id={id} name={name} />}
      {place !== '' && <small>{place}</small>}
    </p>
  )
}

interface OpenerProps {
  readonly id: string
  readonly name: string
  /** What is seen instead of the name; the name is then read out. */
  readonly children?: ReactNode
}

/**
 * The name alone, as a link that opens the card. It looks like the text that it stands in, and is cut like it: a
 * button would be cut as a whole. Rows are drawn anew all the time, and each new handler of a click is one more listener.
 */
export const BranchOpener = memo(function BranchOpener({ id, name, children }: OpenerProps) {
  const { openBranch } = useOpenings()
  return (
    <a
      className="branch-opener"
      href={`#/branch/${encodeURIComponent(id)}`}
      draggable={false}
      aria-label={children === undefined ? undefined : name}
      data-testid="branch-opener"
      data-branch={id}
      onClick={(event) => {
        event.preventDefault()
        openBranch(id)
      }}
    >
      {children ?? <bdi>{name}</bdi>}
    </a>
  )
})
