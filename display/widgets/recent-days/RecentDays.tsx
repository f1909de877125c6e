/** 近 30 天活动: how many branches met on each of the last thirty days. */
import { useCounty, useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { dayBefore } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './recent-days.css'

export function RecentDays() {
  const county = useCounty()
  const values = useTable('daily').get('activeOrganizations')?.values ?? []
  const freshness = useFreshness('activities')
  const most = Math.max(0, ...values)
  const peak = values.lastIndexOf(most)
  return (
    <Panel
      title="近 30 天活动"
      note="每日开展活动支部数"
      freshness={freshness}
      testid="recent-days"
    >
      {county === null || most === 0 ? (
        <Sentence title="近 30 天没有活动" next="支部开展活动后自动显示" />
      ) : (
        <>
          <ol className="days" data-testid="recent-day-bars">
            {values.map((value, at) => (
              <li
                key={at}
                className={at === peak ? 'is-peak' : at === values.length - 1 ? 'is-today' : ''}
                style={{ height: `${(value / most) * 100}%` }}
              >
                {at === peak && (
                  <p className={at > values.length / 2 ? 'days-peak is-late' : 'days-peak'}>
                    {dayBefore(county.day, values.length - 1 - at)}{' '}
                    <span className="num">{value}</span>
                  </p>
                )}
              </li>
            ))}
          </ol>
          <p className="days-axis">
            <span>{dayBefore(county.day, values.length - 1)}</span>
            <span>今天</span>
          </p>
        </>
      )}
    </Panel>
  )
}
