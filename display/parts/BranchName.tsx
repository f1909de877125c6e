/** An organisation's name and, quieter, where it stands or what else there is to say of it. */
import './branch-name.css'

export function BranchName({ name, place }: { readonly name: string; readonly place: string }) {
  return (
    <p className="branch-name">
      <bdi>{name}</bdi>
      <small>{place}</small>
    </p>
  )
}
