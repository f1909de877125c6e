/** 群众点单: the four steps of the year and the day, and what residents asked for on each of the last thirty days. */
import { useMemo } from 'react'
import type { OrderStage } from '../../../protocol/events-services.ts'
import { useCounty, useTable } from '../../board.ts'
import { Columns, daysOf } from '../../parts/Columns.tsx'
import { Digits } from '../../parts/Digits.tsx'
import { useFirstFreshness } from '../../parts/first-freshness.ts'
import { Seal } from '../../parts/Seal.tsx'
import type { Size } from '../../parts/size.ts'
import { dayBefore, thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './order-days.css'

const steps: readonly {
  readonly stage: OrderStage
  readonly char: string
  readonly label: string
}[] = [
  { stage: 'requested', char: '点', label: '今天点单' },
  { stage: 'dispatched', char: '派', label: '今天派单' },
  { stage: 'accepted', char: '接', label: '今天接单' },
  { stage: 'verified', char: '验', label: '今天验单' },
]
/** From this width on the four steps stand beside the year. */
const stepsFrom = 140
const columnsMost = 34

export function OrderDays({ w, h }: Size) {
  const county = useCounty()
  const daily = useTable('daily')
  const orders = useTable('orders')
  const totals = useTable('totals').values().next().value
  const freshness = useFirstFreshness('cases', 'services')
  const values = useMemo(() => daily.get('orders')?.values ?? [], [daily])
  const resolved = totals?.ordersResolved ?? 0
  return (
    <Panel title="群众点单" note="点 → 派 → 接 → 验" freshness={freshness} testid="order-days">
      {county === null ? (
        <Sentence title="还没有点单" next="群众点单后显示" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="四单接口异常" next={`点单${freshness.until},恢复后自动显示`} />
      ) : (
        <>
          <div className="order-head">
            <p className="order-figure">
              <Digits value={county.ordersYear} delta testid="orders-year" />
              <span>
                今年单数
                <small className="fig">
                  办结率{' '}
                  {((100 * county.ordersClosedYear) / Math.max(1, county.ordersYear)).toFixed(1)}%
                  {resolved > 0 && ` · 群众认可 ${thousands(resolved)} 件`}
                </small>
              </span>
            </p>
            {w >= stepsFrom &&
              steps.map(({ stage, char, label }) => {
                const order = orders.get(stage)
                return (
                  <p className="order-figure order-step" key={stage}>
                    <Seal char={char} variant={stage === 'verified' ? 'done' : 'now'} />
                    <Digits value={order?.today ?? 0} delta testid={`order-day-${stage}`} />
                    <span>
                      {label}
                      <small className="fig">
                        {(order?.waiting ?? 0) > 0
                          ? `停在此步 ${thousands(order?.waiting ?? 0)} 件`
                          : '没有积压'}
                      </small>
                    </span>
                  </p>
                )
              })}
          </div>
          <Columns
            columns={daysOf(values)}
            width={w}
            height={Math.min(columnsMost, h - 5.4 - 18)}
            fill={0.5}
            label="近 30 天每日点单"
          />
          <p className="order-scale fig">
            <span>{dayBefore(county.day, values.length - 1)}</span>
            <span>近 30 天 · 单日最多 {thousands(Math.max(0, ...values))} 件</span>
            <span>今天 {thousands(values.at(-1) ?? 0)} 件</span>
          </p>
        </>
      )}
    </Panel>
  )
}
