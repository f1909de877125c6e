/** 服务与管理: how many members away belong to an organisation there, took part, and were not heard of in time. */
import { useMemo } from 'react'
import { useCounty, useTable } from '../../board.ts'
import { Digits } from '../../parts/Digits.tsx'
import { useFloatingFreshness } from '../../parts/floating.ts'
import { WarningMark } from '../../parts/WarningMark.tsx'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { coverOf } from './cover.ts'
import './floating-cover.css'

const rowCount = 5

export function FloatingCover() {
  const county = useCounty()
  const totals = useTable('totals')
  const destinations = useTable('destinations')
  const warnings = useTable('warnings')
  const freshness = useFloatingFreshness()
  const lines = useMemo(
    () =>
      county === null
        ? []
        : coverOf(county, totals.values().next().value, { destinations, warnings }, rowCount),
    [county, totals, destinations, warnings],
  )
  return (
    <Panel title="服务与管理" freshness={freshness} testid="floating-cover">
      {county === null ? (
        <Sentence title="还没有流动党员数据" next="收到组织库后显示" />
      ) : (
        <dl>
          {lines.map(({ id, label, note, value, unit, isLate }) => (
            <div className="cover-line" key={id}>
              <dt>
                {label}
                <small className="fig">{note}</small>
              </dt>
              <dd>
                {isLate && <WarningMark level={1} />}
                {freshness.phase === 'error' ? (
                  <span className="num">—</span>
                ) : (
                  <Digits value={value} delta testid={`cover-${id}`} />
                )}
                <span>{unit}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  )
}
