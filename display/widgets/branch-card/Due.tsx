/** What is due of a branch: its meetings of this year, its dues and what its members did. */
import type { BranchDetail, Period } from '../../../protocol/branch.ts'
import { useFreshness } from '../../freshness.ts'
import { formNames, thousands } from '../../words.ts'
import { Panel } from '../panel/Panel.tsx'
import { Missing, type Part } from './CardBody.tsx'

const everyNames = { month: '每月 1 次', quarter: '每季 1 次' } as const
const periodNames: Readonly<Record<Period, string>> = {
  held: '已开展',
  missed: '未开展',
  running: '本期未到期',
  untold: '接入以前',
}

export function MeetingsPanel({ detail, told, freshness }: Part) {
  const meetings = detail?.meetings ?? []
  return (
    <Panel
      title="三会一课"
      note={detail === null ? undefined : `${detail.day.slice(0, 4)} 年`}
      freshness={freshness}
      testid="card-meetings"
    >
      {meetings.length === 0 ? (
        <Missing told={told} empty="不要求本组织单独开展,或此屏不显示" />
      ) : (
        <ul>
          {meetings.map(({ form, every, periods }) => {
            const held = periods.filter((period) => period === 'held').length
            const missed = periods.filter((period) => period === 'missed').length
            return (
              <li key={form} className="card-meeting" data-testid="card-meeting">
                <span>{formNames[form]}</span>
                <small>{everyNames[every]}</small>
                <span className="card-periods">
                  {periods.map((period, index) => (
                    <i key={index} className={`period-${period}`} title={periodNames[period]} />
                  ))}
                </span>
                <b className={missed > 0 ? 'num is-short' : 'num'}>
                  {held}/{held + missed}
                </b>
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}

interface DuesProps extends Omit<Part, 'freshness'> {
  readonly members: number
}

export function DuesPanel({ detail, told, members }: DuesProps) {
  const freshness = useFreshness('dues')
  const met = detail?.activities.filter(({ expected }) => expected > 0) ?? []
  const present = met.reduce(
    (sum, activity) => sum + Math.min(activity.present, activity.expected),
    0,
  )
  const expected = met.reduce((sum, activity) => sum + activity.expected, 0)
  return (
    <Panel title="党员与党费" freshness={freshness} testid="card-dues">
      {detail === null ? (
        <Missing told={told} empty="" />
      ) : (
        <dl className="card-dues">
          <Figure label="党费缴纳" {...duesOf(detail, members)} />
          <Figure
            label="本月学习"
            value={members === 0 ? '—' : thousands(Math.round(detail.minutesMonth / members))}
            note="分钟/人"
          />
          <Figure
            label="到会率"
            value={expected === 0 ? '—' : `${Math.round((present / expected) * 100)}%`}
            note={met.length === 0 ? '近期无签到' : `近 ${met.length} 次`}
          />
          <Figure label="志愿服务" value={thousands(detail.volunteering)} note="天,今年" />
        </dl>
      )}
    </Panel>
  )
}

function duesOf({ dues }: BranchDetail, members: number) {
  if (dues === null) return { value: '—', note: '此屏不显示' }
  if (members === 0) return { value: '—', note: '党员数未报' }
  const paid = Math.min(members, dues.paid)
  return { value: `${paid}/${members}`, note: `${Number(dues.month.slice(5))} 月应缴` }
}

function Figure({
  label,
  value,
  note,
}: {
  readonly label: string
  readonly value: string
  readonly note: string
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="num">{value}</dd>
      <dd className="card-note">{note}</dd>
    </div>
  )
}
