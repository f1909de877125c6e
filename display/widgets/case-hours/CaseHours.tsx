/** 办结时长: how long the cases of the last seven days took, and how many came after their time. */
import { useMemo } from 'react'
import { useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { Columns } from '../../parts/Columns.tsx'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { hoursOf } from './hours.ts'
import './case-hours.css'

/** u of the head, and of two lines beneath the columns. */
const takenU = 14.6

export function CaseHours() {
  const week = useTable('durations').get('week')
  const freshness = useFreshness('cases')
  const { w, h } = useRoom()
  const hours = useMemo(() => (week === undefined ? null : hoursOf(week.hours)), [week])
  return (
    <Panel
      title="办结时长"
      note={hours === null ? undefined : '近 7 天'}
      freshness={freshness}
      testid="case-hours"
    >
      {hours === null || week === undefined ? (
        <Sentence title="近 7 天没有办结" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="综治接口异常" next={`时长${freshness.until}`} />
      ) : (
        <div className="case-hours">
          <Columns
            columns={hours.columns.map((count) => ({ values: [count], tones: ['bar'] }))}
            width={w}
            height={h - takenU}
            fill={0.86}
            label={`一半在 ${hours.middle} 小时内办结`}
          />
          <p className="case-hours-feet fig">
            <span>0</span>
            <span>{hours.columns.length * hours.step} 小时</span>
          </p>
          <p className="case-hours-note fig">
            半数 {hours.middle} 小时内
            {week.late > 0 && <b> ◆ 超时办结 {thousands(week.late)}</b>}
          </p>
        </div>
      )}
    </Panel>
  )
}
