/** Columns of one or two kinds over a common foot, drawn by hand: no chart library is loaded for them. */
import './columns.css'

type Tone = 'gold' | 'bar' | 'warn'

export interface Column {
  /** Heights, any unit; several stand side by side. */
  readonly values: readonly number[]
  /** Of each value. */
  readonly tones: readonly Tone[]
}

interface Props {
  readonly columns: readonly Column[]
  /** u. */
  readonly width: number
  readonly height: number
  /** Share of a column's room that is filled. */
  readonly fill?: number
  readonly label: string
}

const tones = ['bar', 'gold', 'warn'] as const

/** Days that are over, and today, which is not. */
export function daysOf(values: readonly number[]): readonly Column[] {
  return values.map((value, at) => ({
    values: [value],
    tones: [at === values.length - 1 ? 'gold' : 'bar'],
  }))
}

export function Columns({ columns, width, height, fill = 0.72, label }: Props) {
  const highest = Math.max(1, ...columns.flatMap(({ values }) => values))
  const pitch = width / Math.max(1, columns.length)
  const bar = ({ values }: Column, at: number, index: number) => {
    const each = (pitch * fill) / values.length
    const high = ((values[index] ?? 0) / highest) * height
    const x = at * pitch + (pitch * (1 - fill)) / 2 + index * each
    return high === 0
      ? ''
      : `M${x.toFixed(2)} ${height}v${(-high).toFixed(2)}h${(each * 0.92).toFixed(2)}v${high.toFixed(2)}z`
  }
  return (
    <svg
      className="columns"
      viewBox={`0 0 ${width} ${height}`}
      style={{ width: `calc(var(--u) * ${width})`, height: `calc(var(--u) * ${height})` }}
      role="img"
      aria-label={label}
    >
      <path d={`M0 ${height}H${width}`} className="columns-foot" />
      {tones.map((tone) => (
        <path
          key={tone}
          className={`columns-${tone}`}
          d={columns
            .flatMap((column, at) =>
              column.tones.map((each, index) => (each === tone ? bar(column, at, index) : '')),
            )
            .join('')}
        />
      ))}
    </svg>
  )
}
