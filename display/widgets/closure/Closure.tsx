/** 近 30 天: what came in and what was closed, day by day. */
import { useMemo } from 'react'
import { useCounty, useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { Columns, daysOf } from '../../parts/Columns.tsx'
import { dayBefore, thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { monthOf } from './month.ts'
import './closure.css'

/** u of the head, and of the days beneath the columns. */
const takenU = 12

export function Closure() {
  const { w: width, h } = useRoom()
  const height = h - takenU
  const daily = useTable('daily')
  const day = useCounty()?.day
  const freshness = useFreshness('cases')
  const month = useMemo(() => monthOf(daily), [daily])
  const label =
    month === null
      ? undefined
      : month.kind === 'cases'
        ? `受理 ${thousands(month.sums[0] ?? 0)} · 办结 ${thousands(month.sums[1] ?? 0)}`
        : `点单 ${thousands(month.sums[0] ?? 0)}`
  return (
    <Panel title="近 30 天" note={label} freshness={freshness} testid="closure">
      {month === null || day === undefined ? (
        <Sentence title="近 30 天没有受理" next="受理第一件后显示" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="综治接口异常" next={`每日件数${freshness.until},恢复后自动显示`} />
      ) : (
        <div className="closure">
          <Columns
            columns={
              month.kind === 'cases'
                ? month.days.map((values) => ({ values, tones: ['bar', 'gold'] }))
                : daysOf(month.days.map(([count = 0]) => count))
            }
            width={width}
            height={height}
            label={label ?? ''}
          />
          <p className="closure-days fig">
            <span>{dayBefore(day, month.days.length - 1)}</span>
            {month.kind === 'cases' && (
              <span>
                <i className="is-in" />
                受理 <i className="is-done" />
                办结
              </span>
            )}
            <span>今日</span>
          </p>
        </div>
      )}
    </Panel>
  )
}
