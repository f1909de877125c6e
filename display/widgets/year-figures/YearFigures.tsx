/** 全年: taken in, closed, found solved, past their time. */
import { useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { Digits } from '../../parts/Digits.tsx'
import { headU } from '../../parts/row-count.ts'
import { WarningMark } from '../../parts/WarningMark.tsx'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { complaintsChange, figuresOf } from './figures.ts'
import './year-figures.css'

/** u of a row from which its number is larger. */
const tallFrom = 14

export function YearFigures() {
  const { h } = useRoom()
  const totals = useTable('totals').values().next().value
  const orders = useTable('orders')
  const freshness = useFreshness('cases')
  const figures = figuresOf(totals, orders)
  const change = complaintsChange(totals)
  return (
    <Panel
      title="全年"
      note={
        change === null
          ? undefined
          : `作风投诉同比 ${change > 0 ? '+' : change < 0 ? '−' : ''}${Math.abs(change)}%`
      }
      freshness={freshness}
      testid="year-figures"
    >
      {figures.length === 0 ? (
        <Sentence title="今年还没有受理" next="受理第一件后显示" />
      ) : (
        <dl
          className={
            (h - headU) / Math.ceil(figures.length / 2) < tallFrom
              ? 'year-figures'
              : 'year-figures is-tall'
          }
        >
          {figures.map(({ name, value, decimals, unit, isLate }) => (
            <div key={name}>
              <dt>
                {isLate === true && <WarningMark level={3} />}
                {name}
              </dt>
              <dd>
                {freshness.phase === 'error' ? (
                  <span className="num">—</span>
                ) : (
                  <Digits value={value} decimals={decimals} testid={`year-${name}`} />
                )}
                <small>{unit}</small>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  )
}
