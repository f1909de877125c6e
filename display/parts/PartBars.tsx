/** One row a part: rank, name, a bar and its figure; an order, not a grid. Page by page where there are more than fit. */
import { Sentence } from '../widgets/panel/Panel.tsx'
import { Pages, usePage } from './Pages.tsx'
import { headU, useRowCount } from './row-count.ts'
import './part-bars.css'

const rowU = 3.55

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
  /** u of the panel's height that something else takes. */
  readonly taken?: number
}

/** 第 2/3 页; nothing where all fits. */
export function usePartPages(count: number, taken = 0): readonly string[] {
  const { page, of } = usePage(count, useRowCount(rowU, headU + taken))
  return of === 1 ? [] : [`第 ${page + 1}/${of} 页`]
}

export function PartBars({ rows, tone, empty, taken = 0 }: Props) {
  const perPage = useRowCount(rowU, headU + taken)
  if (rows.length === 0) return <Sentence title={empty} />
  return (
    <Pages
      className={`part-bars ${tone}`}
      rows={rows}
      perPage={perPage}
      render={({ code, name, share, figure, unit }, index) => (
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
      )}
    />
  )
}
