/** 服务成效: what was settled, how residents rate it, what visits to them found, and the last thirty days of it. */
import { useTable } from '../../board.ts'
import { Columns, daysOf } from '../../parts/Columns.tsx'
import { FigureLine } from '../../parts/FigureLine.tsx'
import { useFirstFreshness } from '../../parts/first-freshness.ts'
import type { Size } from '../../parts/size.ts'
import { thousands } from '../../words.ts'
import { Panel } from '../panel/Panel.tsx'
import { resultsOf } from './results.ts'
import './service-results.css'

const rowHeight = 6.6
const columnWidth = 66
const curves = [
  { series: 'serviceDone', name: '每日办结', unit: '件' },
  { series: 'visits', name: '每日走访', unit: '户次' },
  { series: 'redeemed', name: '每日兑换', unit: '件' },
] as const
const curveLeast = 8
const curveMost = 26

export function ServiceResults({ w, h }: Size) {
  const totals = useTable('totals').values().next().value
  const daily = useTable('daily')
  const freshness = useFirstFreshness('services', 'cases', 'points')
  const columns = Math.max(1, Math.floor(w / columnWidth))
  const lines = (totals === undefined ? [] : resultsOf(totals)).slice(
    0,
    columns * Math.floor((h - 5.4) / rowHeight),
  )
  const curve = curves.find(({ series }) => daily.get(series)?.values.some((value) => value > 0))
  const values = curve === undefined ? [] : (daily.get(curve.series)?.values ?? [])
  const room = h - 5.4 - Math.ceil(lines.length / columns) * rowHeight - 8
  return (
    <Panel title="服务成效" freshness={freshness} testid="service-results">
      <dl
        className="result-lines"
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      >
        {lines.map(({ id, ...line }) => (
          <FigureLine
            key={id}
            {...line}
            isBroken={freshness.phase === 'error'}
            testid={`result-${id}`}
          />
        ))}
      </dl>
      {curve !== undefined && room >= curveLeast && freshness.phase !== 'error' && (
        <div className="result-curve">
          <Columns
            columns={daysOf(values)}
            width={w}
            height={Math.min(curveMost, room)}
            fill={0.5}
            label={`近 30 天${curve.name}`}
          />
          <p className="fig">
            <span>近 30 天{curve.name}</span>
            <span>
              今天 {thousands(values.at(-1) ?? 0)} {curve.unit}
            </span>
          </p>
        </div>
      )}
    </Panel>
  )
}
