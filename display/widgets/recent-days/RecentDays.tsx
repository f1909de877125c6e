/** 近 30 天活动: how many branches met on each of the last thirty days. */
import { useCounty, useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './recent-days.css'

const dayMs = 86_400_000

/** 6 月 3 日, so many days before a local day. */
export function dayBefore(day: string, days: number): string {
  const [, month, date] = new Date(Date.parse(`${day}T00:00:00Z`) - days * dayMs)
    .toISOString()
    .slice(0, 10)
    .split('-')
    .map(Number)
  return `${month} 月 ${date} 日`
}

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
