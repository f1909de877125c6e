/** One row a part: rank, name, a bar and its figure; an order, not a grid. */
import { Sentence } from '../widgets/panel/Panel.tsx'
import './part-bars.css'

interface Props {
  readonly rows: readonly {
    readonly code: string
    readonly name: string
    /** 0 … 1 of the bar's length. */
    readonly share: number
    readonly figure: string
    readonly unit: string
  }[]
  readonly tone: 'mass' | 'gold'
  readonly empty: string
}

export function PartBars({ rows, tone, empty }: Props) {
  if (rows.length === 0) return <Sentence title={empty} />
  return (
    <ol className={`part-bars ${tone}`}>
      {rows.map(({ code, name, share, figure, unit }, index) => (
        <li key={code} data-part={code}>
          <span className="fig part-rank">{index + 1}</span>
          <span>{name}</span>
          <i>
            <i style={{ scale: `${share} 1` }} />
          </i>
          <span className="num">
            {figure}
            <em>{unit}</em>
          </span>
        </li>
      ))}
    </ol>
  )
}
