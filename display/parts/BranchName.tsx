/** An organisation's name and, quieter, where it stands or what else there is to say of it. */
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

/** The name alone, as a button that opens the card; it looks like the text that it stands in. */
export function BranchOpener({ id, name }: { readonly id: string; readonly name: string }) {
  const { openBranch } = useOpenings()
  return (
    <button
      type="button"
      className="branch-opener"
      data-testid="branch-opener"
      data-branch={id}
      onClick={() => openBranch(id)}
    >
      <bdi>{name}</bdi>
    </button>
  )
}
