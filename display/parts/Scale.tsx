/** The numbers along a plot's foot, and what they count. */
import { thousands } from '../words.ts'
import './scale.css'

interface Props {
  /** From the left, in u. */
  readonly ticks: readonly { readonly x: number; readonly label: number }[]
  readonly name: string
  /** Where the name stands, in u from the left; at the right end unless told. */
  readonly nameAt?: number
}

export function Scale({ ticks, name, nameAt }: Props) {
  return (
    <div className="scale fig">
      {ticks.map(({ x, label }) => (
        <span key={label} style={{ left: `calc(var(--u) * ${x})` }}>
          {thousands(label)}
        </span>
      ))}
      <em style={nameAt === undefined ? { right: 0 } : { left: `calc(var(--u) * ${nameAt})` }}>
        {name}
      </em>
    </div>
  )
}
