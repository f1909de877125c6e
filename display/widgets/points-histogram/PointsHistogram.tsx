/** 支部积分分布: every branch is one cell over its points, coloured by its list. */
import { useMemo } from 'react'
import { useCounty } from '../../board.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { useCalmTable } from '../../parts/calm.ts'
import { useClosedMonth, usePointsFreshness } from '../../parts/ClosedMonth.tsx'
import { Digits } from '../../parts/Digits.tsx'
import { Scale } from '../../parts/Scale.tsx'
import { Seal } from '../../parts/Seal.tsx'
import { sealOfTier, tierOrder, tierTones } from '../../parts/tier-tone.ts'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { plotOf, spreadOf } from './bins.ts'
import './points-histogram.css'

/** u of the head, the lists and the axis. */
const takenU = 20
const labelWidth = 34

function shareOf(part: number, whole: number): string {
  const percent = (part / whole) * 100
  return percent < 1 ? '不足 1%' : `占 ${Math.round(percent)}%`
}

export function PointsHistogram() {
  const county = useCounty()
  const branches = useCalmTable('branches')
  const freshness = usePointsFreshness()
  const closed = useClosedMonth()
  const { w: width, h } = useRoom()
  const height = h - takenU
  const judged = useMemo(
    () => [...branches.values()].map(({ points, tier }) => ({ points, tier })),
    [branches],
  )
  const plot = useMemo(() => plotOf(judged, width, height), [judged, width, height])
  const present = tierOrder.filter((tier) => plot.counts[tier] > 0)
  const spread = spreadOf(
    present.map((tier) => plot.middles[tier] ?? 0),
    labelWidth,
    width,
  )
  const month = county === null ? '' : `${Number(county.day.slice(5, 7))} `
  return (
    <Panel
      title="支部积分排行"
      note={
        county === null
          ? undefined
          : closed !== null
            ? `${closed.name} · ${closed.next}`
            : `全县 ${thousands(county.organizations)} 个党组织 · 一格一支部`
      }
      freshness={freshness}
      testid="points-histogram"
    >
      {judged.length === 0 ? (
        <Sentence title="还没有积分数据" next="收到第一笔积分后显示" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="积分接口异常" next={`积分${freshness.until},恢复后自动显示`} />
      ) : (
        <div className="histogram" style={{ ['--plot' as string]: height }}>
          {present.map((tier, index) => (
            <div
              className="histogram-list"
              key={tier}
              style={{ left: `calc(var(--u) * ${spread[index] ?? 0})` }}
            >
              <Seal char={tierTones[tier].char} variant={sealOfTier[tier]} />
              <p>
                <Digits value={plot.counts[tier]} testid={`histogram-${tier}`} />
                <span className="fig">
                  {tierTones[tier].name} · {shareOf(plot.counts[tier], judged.length)}
                </span>
              </p>
            </div>
          ))}
          <svg className="histogram-plot" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            {plot.bounds.map(({ x, tier }) => (
              <path
                key={tier}
                d={`M${x} -3V${height}`}
                stroke={tierTones[tier].color}
                strokeWidth={0.14}
              />
            ))}
            {tierOrder.map((tier) => (
              <path
                key={tier}
                d={plot.cells
                  .filter((cell) => cell.tier === tier)
                  .map(
                    ({ x, y }) =>
                      `M${x.toFixed(2)} ${y.toFixed(2)}h${plot.size.toFixed(2)}v${plot.size.toFixed(2)}h-${plot.size.toFixed(2)}z`,
                  )
                  .join('')}
                {...(tier === 'black' || tier === 'yellow'
                  ? { fill: 'none', stroke: tierTones[tier].color, strokeWidth: plot.size * 0.22 }
                  : { fill: tierTones[tier].color })}
              />
            ))}
          </svg>
          <Scale ticks={plot.ticks} name={`${month}月积分 →`} />
        </div>
      )}
    </Panel>
  )
}
