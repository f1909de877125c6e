/** Columns of one or two kinds over a common foot, drawn by hand: no chart library is loaded for them. */
import './columns.css'

export interface Column {
  /** Heights in the order of `tones`, any unit. */
  readonly values: readonly number[]
}

interface Props {
  readonly columns: readonly Column[]
  readonly tones: readonly ('gold' | 'bar' | 'warn')[]
  /** u. */
  readonly width: number
  readonly height: number
  /** Share of a column's room that is filled. */
  readonly fill?: number
  readonly label: string
  /** The last column is today, and not over. */
  readonly isNowGold?: boolean
}

export function Columns({
  columns,
  tones,
  width,
  height,
  fill = 0.72,
  label,
  isNowGold = false,
}: Props) {
  const highest = Math.max(1, ...columns.flatMap(({ values }) => values))
  const pitch = width / Math.max(1, columns.length)
  const each = (pitch * fill) / Math.max(1, tones.length)
  const bar = (value: number, at: number, tone: number) => {
    const high = (value / highest) * height
    const x = at * pitch + (pitch * (1 - fill)) / 2 + tone * each
    return high === 0
      ? ''
      : `M${x.toFixed(2)} ${height}v${(-high).toFixed(2)}h${(each * 0.92).toFixed(2)}v${high.toFixed(2)}z`
  }
  const whole = isNowGold ? columns.slice(0, -1) : columns
  const now = isNowGold ? columns.at(-1)?.values[0] : undefined
  return (
    <svg
      className="columns"
      viewBox={`0 0 ${width} ${height}`}
      style={{ width: `calc(var(--u) * ${width})`, height: `calc(var(--u) * ${height})` }}
      role="img"
      aria-label={label}
    >
      <path d={`M0 ${height}H${width}`} className="columns-foot" />
      {tones.map((tone, index) => (
        <path
          key={tone}
          className={`columns-${tone}`}
          d={whole.map(({ values }, at) => bar(values[index] ?? 0, at, index)).join('')}
        />
      ))}
      {now !== undefined && <path className="columns-gold" d={bar(now, columns.length - 1, 0)} />}
    </svg>
  )
}
