/** Four figures on the axis: flags flying, activities today, members, meetings held as due. */
import { useCounty } from '../../board.ts'
import { useFreshness, type Freshness } from '../../freshness.ts'
import { Digits } from '../../parts/Digits.tsx'
import { thousands } from '../../words.ts'
import './kpi.css'

export function Kpi() {
  const county = useCounty()
  const organizations = useFreshness('organizations')
  const activities = useFreshness('activities')
  if (county === null)
    return (
      <section className="kpi" data-testid="kpi" data-phase="empty">
        <p className="kpi-label kpi-first serif">红旗在线</p>
        <p className="kpi-dash num">—</p>
        <p className="kpi-note">等待汇聚中心的第一份数据</p>
      </section>
    )
  const rate = county.organizations === 0 ? 0 : (county.online / county.organizations) * 100
  return (
    <section className="kpi" data-testid="kpi" aria-label="关键指标">
      <div className="kpi-hero" data-phase={organizations.phase}>
        <p className="kpi-label kpi-first serif">红旗在线</p>
        <Figure freshness={organizations} value={county.online} testid="kpi-online" />
        {organizations.phase === 'error' ? (
          <p className="kpi-note broken">无法取得,已隐藏旧值</p>
        ) : (
          <>
            <p className="kpi-note kpi-total">
              共 <span className="fig">{thousands(county.organizations)}</span> 个党组织
            </p>
            <p className="kpi-note">
              在线率 <span className="fig">{rate.toFixed(1)}%</span>
            </p>
          </>
        )}
      </div>
      <Item
        label="今日活动"
        freshness={activities}
        value={county.activitiesToday}
        testid="kpi-activities"
        delta
        empty="今天还没有活动"
      />
      <Item label="党员" freshness={organizations} value={county.members} testid="kpi-members" />
      <Item
        label="三会一课"
        freshness={activities}
        value={county.meetingsRate * 100}
        decimals={1}
        unit="%"
        testid="kpi-meetings"
      />
    </section>
  )
}

interface FigureProps {
  readonly freshness: Freshness
  readonly value: number
  readonly testid: string
  readonly decimals?: number
  readonly delta?: boolean
}

function Figure({ freshness, value, ...rest }: FigureProps) {
  if (freshness.phase === 'error') return <span className="kpi-dash num">—</span>
  return <Digits value={value} follows {...rest} />
}

function Item({
  label,
  unit,
  empty,
  ...figure
}: FigureProps & { readonly label: string; readonly unit?: string; readonly empty?: string }) {
  const { phase, isCut, until } = figure.freshness
  // Under a lost link the banner and every panel already say 截至.
  const says =
    phase === 'error'
      ? '无法取得,已隐藏旧值'
      : phase === 'stale' && !isCut
        ? until
        : figure.value === 0
          ? empty
          : undefined
  return (
    <div className="kpi-item" data-phase={phase} data-empty={figure.value === 0}>
      <p className="kpi-label">{label}</p>
      <Figure {...figure} />
      {unit !== undefined && phase !== 'error' && <span className="kpi-unit fig">{unit}</span>}
      {says !== undefined && (
        <p className={`kpi-says ${phase === 'error' ? 'broken' : phase === 'stale' ? 'late' : ''}`}>
          {says}
        </p>
      )}
    </div>
  )
}
