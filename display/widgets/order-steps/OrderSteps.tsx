/** 治理四单: 点 → 派 → 接 → 验, what reached each today and what waits between; in a row, or in a narrow place as a ladder. */
import type { ReactNode } from 'react'
import type { Board } from '../../../protocol/board.ts'
import { instantMs, localDay } from '../../../protocol/time.ts'
import { useTable, useWall } from '../../board.ts'
import { orderSteps } from '../../case-words.ts'
import { span, useFreshness } from '../../freshness.ts'
import { Digits } from '../../parts/Digits.tsx'
import { Seal } from '../../parts/Seal.tsx'
import { Steps } from '../../parts/Steps.tsx'
import { shortDay, thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './order-steps.css'

const minuteMs = 60_000

export function OrderSteps() {
  const orders = useTable('orders')
  const counts = (stage: string) => {
    const { today = 0, year = 0, waiting = 0, overtime = 0 } = orders.get(stage) ?? {}
    return { today, year, waiting, late: overtime }
  }
  return (
    <Told orders={orders} note="点 → 派 → 接 → 验 · 今日" testid="order-steps">
      <Steps steps={orderSteps} counts={counts} testid="step" />
      <Oldest orders={orders} />
    </Told>
  )
}

export function OrderLadder() {
  const orders = useTable('orders')
  const late = [...orders.values()].reduce((sum, { overtime }) => sum + overtime, 0)
  return (
    <Told orders={orders} note="今日" testid="order-ladder">
      <ol>
        {orderSteps.map(({ stage, char, name, awaits }) => {
          const { today = 0, waiting = 0 } = orders.get(stage) ?? {}
          return (
            <li key={stage} className="rung">
              <Seal char={char} variant={stage === 'verified' ? 'done' : 'now'} />
              <span>{name}</span>
              {awaits !== null && (
                <small>
                  {awaits} <b className="num">{thousands(waiting)}</b>
                </small>
              )}
              <Digits value={today} delta testid={`rung-${stage}`} />
            </li>
          )
        })}
      </ol>
      <p className={late > 0 ? 'rung-late is-over' : 'rung-late'}>
        {late > 0 ? `◆ 超时 ${thousands(late)} 单` : '没有超时的单'}
      </p>
    </Told>
  )
}

function Told({
  orders,
  note,
  testid,
  children,
}: {
  readonly orders: Board['orders']
  readonly note: string
  readonly testid: string
  readonly children: ReactNode
}) {
  const freshness = useFreshness('cases')
  const isTold = [...orders.values()].some(({ year, waiting }) => year + waiting > 0)
  return (
    <Panel title="治理四单" note={note} freshness={freshness} testid={testid}>
      {!isTold ? (
        <Sentence title="还没有群众点单" next="平台报送第一张单后显示" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="综治接口异常" next={`四单${freshness.until},恢复后自动显示`} />
      ) : (
        <div className={testid}>{children}</div>
      )}
    </Panel>
  )
}

function Oldest({ orders }: { readonly orders: Board['orders'] }) {
  const minute = useWall((state) => Math.floor(state.now / minuteMs))
  const [oldest] = [...orders.values()].flatMap(({ oldestSince }) => oldestSince ?? []).sort()
  if (oldest === undefined) return <p className="order-oldest">没有在途的单</p>
  const since = instantMs(oldest)
  return (
    <p className="order-oldest">
      最久的一单 {shortDay(localDay(since))}点单,已等 {span(minute * minuteMs - since)}
    </p>
  )
}
