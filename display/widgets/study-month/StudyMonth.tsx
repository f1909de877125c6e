/** 近 30 天: learners of each day, and how regular that is. */
import { useMemo } from 'react'
import { useCounty, useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { Columns, daysOf } from '../../parts/Columns.tsx'
import { dayBefore, thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { regularityOf } from './regularity.ts'
import './study-month.css'

/** u of the head, the mean and the days beneath the columns. */
const takenU = 22

export function StudyMonth() {
  const values = useTable('daily').get('learners')?.values
  const county = useCounty()
  const freshness = useFreshness('study')
  const { w, h } = useRoom()
  const month = useMemo(() => regularityOf(values ?? []), [values])
  return (
    <Panel
      title="近 30 天"
      note={month === null ? undefined : '每日学习党员'}
      freshness={freshness}
      testid="study-month"
    >
      {month === null || values === undefined || county === null ? (
        <Sentence title="近 30 天没有学习" next="收到第一笔学习记录后显示" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="学习接口异常" next={`每日学习${freshness.until},恢复后自动显示`} />
      ) : (
        <>
          <p className="study-month-mean">
            日均 <b className="num">{thousands(month.mean)}</b> 人
            {county.members > 0 && (
              <span className="fig">
                占党员 {((month.mean / county.members) * 100).toFixed(1)}%
              </span>
            )}
          </p>
          <div className="study-month-plot">
            <Columns
              columns={daysOf(values)}
              width={w}
              height={h - takenU}
              label={`日均 ${month.mean} 人`}
            />
            <i style={{ bottom: `${(month.mean / month.most) * 100}%` }} />
          </div>
          <p className="study-month-days fig">
            <span>{dayBefore(county.day, values.length - 1)}</span>
            <span>
              最多 {thousands(month.most)} · 最少 {thousands(month.least)}
            </span>
            <span>今日</span>
          </p>
        </>
      )}
    </Panel>
  )
}
