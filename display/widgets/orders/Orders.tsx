/** 治理四单: residents' orders that reached each of the four stages today. */
import type { OrderStage } from '../../../protocol/events-services.ts'
import { useCounty, useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { AgeGlyph } from '../../parts/Age.tsx'
import { Digits } from '../../parts/Digits.tsx'
import { Seal } from '../../parts/Seal.tsx'
import { thousands } from '../../words.ts'
import './orders.css'

const stages: readonly { stage: OrderStage; char: string; label: string }[] = [
  { stage: 'requested', char: '点', label: '群众点单' },
  { stage: 'dispatched', char: '派', label: '平台派单' },
  { stage: 'accepted', char: '接', label: '支部接单' },
  { stage: 'verified', char: '验', label: '群众验单' },
]

export function Orders() {
  const orders = useTable('orders')
  const county = useCounty()
  const { phase, mark } = useFreshness('cases')
  return (
    <section className="orders" data-testid="orders" data-phase={phase} aria-label="治理四单">
      <h2 className="orders-title serif">治理四单</h2>
      <p className={`orders-age fig ${mark.status}`}>
        {mark.status === 'ok' ? '今日 · ' : <AgeGlyph status={mark.status} />}
        {mark.text}
      </p>
      <ol className="orders-stages">
        {stages.map(({ stage, char, label }) => (
          <li key={stage} className="order">
            {phase === 'error' || county === null ? (
              <span className="num">—</span>
            ) : (
              <Digits value={orders.get(stage)?.today ?? 0} testid={`order-${stage}`} />
            )}
            <Seal char={char} variant={stage === 'verified' ? 'done' : 'now'} />
            <p className="order-label">{label}</p>
          </li>
        ))}
      </ol>
      {county !== null && county.ordersYear > 0 && phase !== 'error' && (
        <div className="orders-year fig">
          <p>今年 {thousands(county.ordersYear)} 件</p>
          <p>办结率 {((county.ordersClosedYear / county.ordersYear) * 100).toFixed(1)}%</p>
        </div>
      )}
    </section>
  )
}
