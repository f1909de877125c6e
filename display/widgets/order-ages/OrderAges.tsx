/** 在途的单: orders that residents have not verified, by the whole days since they were requested. */
import { useMemo } from 'react'
import { useTable } from '../../board.ts'
import { orderSteps } from '../../case-words.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { Columns } from '../../parts/Columns.tsx'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { agesOf, lateFrom } from './ages.ts'
import './order-ages.css'

/** u of the head, the counts above the columns and the days beneath. */
const takenU = 18

export function OrderAges() {
  const orders = useTable('orders')
  const freshness = useFreshness('cases')
  const { w: width, h } = useRoom()
  const height = h - takenU
  const days = useMemo(() => agesOf(orders), [orders])
  const open = days.reduce((sum, count) => sum + count, 0)
  const overtime = [...orders.values()].reduce((sum, row) => sum + row.overtime, 0)
  const late = lateFrom(days, overtime)
  const lastDay = days.length - 1
  const highest = Math.max(1, ...days)
  const waiting = orderSteps.flatMap(({ stage, awaits }) =>
    awaits === null ? [] : [`${awaits} ${thousands(orders.get(stage)?.waiting ?? 0)}`],
  )
  return (
    <Panel
      title="在途的单"
      note={open === 0 ? undefined : `${thousands(open)} 单 · ${waiting.join(' · ')}`}
      freshness={freshness}
      testid="order-ages"
    >
      {open === 0 ? (
        <Sentence title="没有在途的单" next="群众点的单都已验收" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="综治接口异常" next={`在途的单${freshness.until},恢复后自动显示`} />
      ) : (
        <div className="order-ages">
          <ol style={{ height: `calc(var(--u) * ${height + 4})` }}>
            {days.map((count, day) => (
              // One column a day, in order.
              // oxlint-disable-next-line no-array-index-key
              <li
                key={day}
                className="num"
                style={{ paddingBottom: `calc(var(--u) * ${(count / highest) * height + 0.6})` }}
              >
                {count > 0 && thousands(count)}
              </li>
            ))}
          </ol>
          <Columns
            columns={days.map((count, day) => ({
              values: [count],
              tones: [late !== null && day >= late ? 'warn' : 'bar'],
            }))}
            width={width}
            height={height}
            label={`${open} 单在途`}
          />
          <p className="order-ages-feet fig">
            <span>今日点单</span>
            {overtime > 0 && <b className="broken">◆ 超时 {thousands(overtime)} 单</b>}
            <span>{lastDay >= 30 ? '30 天及以上' : `${lastDay} 天前`}</span>
          </p>
        </div>
      )}
    </Panel>
  )
}
