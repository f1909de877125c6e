/** Which township this is, and its four figures. */
import { useCounty } from '../../board.ts'
import { useOpenings, useSubject } from '../../director/openings.ts'
import { useFreshness, type Freshness } from '../../freshness.ts'
import { Age } from '../../parts/Age.tsx'
import { Digits } from '../../parts/Digits.tsx'
import { useTownship } from '../../parts/township.ts'
import { thousands } from '../../words.ts'
import { Sentence } from '../panel/Panel.tsx'
import './township-head.css'

export function TownshipHead() {
  const township = useTownship()
  const subject = useSubject()
  const day = useCounty()?.day
  const { goBack } = useOpenings()
  const organizations = useFreshness('organizations')
  const activities = useFreshness('activities')
  const points = useFreshness('points')
  const members = township?.all.reduce((sum, { branch }) => sum + (branch?.members ?? 0), 0) ?? 0
  return (
    <section className="township-head" data-testid="township-head" aria-label="乡镇概况">
      <p className="township-path">
        <button type="button" onClick={goBack} data-testid="township-back">
          全县
        </button>
        <span aria-hidden="true">›</span>
        <b>{township?.row.name ?? subject}</b>
        {organizations.phase !== 'live' && <Age mark={organizations.mark} />}
      </p>
      {township === undefined ? (
        <Sentence
          title={`没有代码为 ${subject ?? ''} 的乡镇`}
          next="按 Esc 返回全县,或收到组织库后自动显示"
        />
      ) : (
        <>
          <h2>{township.row.name}</h2>
          <p className="township-sum">
            共 <span className="fig">{thousands(township.row.organizations)}</span> 个党组织 · 党员{' '}
            <span className="fig">{thousands(members)}</span> 名
          </p>
          <dl className="township-figures">
            <Figure
              label="红旗在线"
              value={township.row.online}
              unit={`/${thousands(township.row.organizations)}`}
              freshness={organizations}
              testid="township-online"
            />
            <Figure
              label="今日活动"
              value={township.row.activeToday}
              unit="个支部"
              freshness={activities}
              testid="township-active"
            />
            <Figure
              label="静默支部"
              value={township.row.silent}
              unit="个"
              freshness={activities}
              testid="township-silent"
            />
            <Figure
              label={day === undefined ? '本月均分' : `${Number(day.slice(5, 7))} 月均分`}
              value={
                township.row.organizations === 0
                  ? 0
                  : Math.round(township.row.points / township.row.organizations)
              }
              unit={`全县第 ${township.rank}`}
              freshness={points}
              testid="township-mean"
            />
          </dl>
        </>
      )}
    </section>
  )
}

interface Props {
  readonly label: string
  readonly value: number
  readonly unit: string
  readonly freshness: Freshness
  readonly testid: string
}

function Figure({ label, value, unit, freshness, testid }: Props) {
  const isError = freshness.phase === 'error'
  return (
    <div data-phase={freshness.phase}>
      <dt>{label}</dt>
      <dd>
        {isError ? <span className="num">—</span> : <Digits value={value} testid={testid} delta />}
        <small className={isError ? 'broken' : freshness.phase === 'stale' ? 'late' : ''}>
          {isError ? '接口异常' : freshness.phase === 'stale' ? freshness.until : unit}
        </small>
      </dd>
    </div>
  )
}
