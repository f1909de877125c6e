/** A line of a panel: what is counted, what the number means, the number. */
import { Digits } from './Digits.tsx'
import { WarningMark } from './WarningMark.tsx'
import './figure-line.css'

interface Props {
  readonly label: string
  readonly note: string
  readonly value: number
  readonly decimals?: number
  readonly unit: string
  /** Asks for somebody's attention. */
  readonly isLate?: boolean
  /** The source is cut: no number stands for it. */
  readonly isBroken?: boolean
  readonly testid: string
}

/** A child of `<dl>`. */
export function FigureLine(props: Props) {
  const { label, note, value, decimals = 0, unit, isLate = false, isBroken = false } = props
  return (
    <div className="figure-line">
      <dt>
        {label}
        <small className="fig">{note}</small>
      </dt>
      <dd>
        {isLate && <WarningMark level={1} />}
        {isBroken ? (
          <span className="num">—</span>
        ) : (
          <Digits value={value} decimals={decimals} delta testid={props.testid} />
        )}
        <span>{unit}</span>
      </dd>
    </div>
  )
}
