/** 服务与管理: how many members away belong to an organisation there, took part, and were not heard of in time. */
import { useMemo } from 'react'
import { useCounty, useTable } from '../../board.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { FigureLine } from '../../parts/FigureLine.tsx'
import { useFirstFreshness } from '../../parts/first-freshness.ts'
import { headU } from '../../parts/row-count.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { coverOf } from './cover.ts'

const rowCount = 5
const tallestU = 10

export function FloatingCover() {
  const county = useCounty()
  const totals = useTable('totals')
  const destinations = useTable('destinations')
  const warnings = useTable('warnings')
  const freshness = useFirstFreshness('floating', 'organizations')
  const { h } = useRoom()
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
        <dl style={{ ['--line' as string]: Math.min(tallestU, (h - headU) / lines.length) }}>
          {lines.map(({ id, ...line }) => (
            <FigureLine
              key={id}
              {...line}
              isBroken={freshness.phase === 'error'}
              testid={`cover-${id}`}
            />
          ))}
        </dl>
      )}
    </Panel>
  )
}
