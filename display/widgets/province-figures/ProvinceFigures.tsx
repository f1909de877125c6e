/** The figures of a whole province or prefecture: branches online, members, stations, matters settled, villages covered. */
import { useTable } from '../../board.ts'
import { useFreshness, type Freshness } from '../../freshness.ts'
import { Digits } from '../../parts/Digits.tsx'
import { shareOf } from '../../parts/province.ts'
import { thousands } from '../../words.ts'
import { Sentence } from '../panel/Panel.tsx'
import './province-figures.css'

const man = 10_000

export function ProvinceFigures() {
  const [totals] = useTable('totals').values()
  const organizations = useFreshness('organizations')
  const services = useFreshness('services')
  if (totals === undefined)
    return <Sentence title="还没有汇总数据" next="等待汇聚中心的第一份数据" />
  const covered = shareOf(totals.stationVillages, totals.divisionVillages) * 100
  return (
    <section className="figures" data-testid="province-figures" aria-label="全域关键指标">
      <div data-phase={organizations.phase}>
        <p className="figures-title serif">网上党支部</p>
        <Large value={totals.organizations} freshness={organizations} testid="province-branches" />
        <p className="figures-note">
          {organizations.phase === 'error' ? (
            `组织库${organizations.until},在线数恢复后显示`
          ) : (
            <>
              在线 <span className="fig">{thousands(totals.online)}</span> · 在线率{' '}
              <span className="fig">
                {(shareOf(totals.online, totals.organizations) * 100).toFixed(1)}%
              </span>
            </>
          )}
        </p>
      </div>
      <dl className="figures-grid">
        <Figure
          label="注册党员"
          value={totals.members}
          unit="名"
          freshness={organizations}
          testid="province-members"
        />
        <Figure
          label="党员服务站"
          value={totals.stations}
          unit="个"
          freshness={services}
          testid="province-stations"
        />
        <Figure
          label="累计办结"
          value={Math.max(totals.serviceDone, totals.serviceDoneProvince)}
          unit="件"
          freshness={services}
          testid="province-done"
        />
        <Figure
          label="村(社区)覆盖"
          value={covered}
          decimals={1}
          unit="%"
          freshness={services}
          testid="province-covered"
        />
      </dl>
    </section>
  )
}

interface FigureProps {
  readonly value: number
  readonly freshness: Freshness
  readonly testid: string
}

/** Above a hundred thousand in 万, so that it is read across the hall. */
function Large({ value, freshness, testid }: FigureProps) {
  if (freshness.phase === 'error') return <span className="figures-hero num">—</span>
  const isLarge = value >= man * 10
  return (
    <span className="figures-hero">
      <Digits
        value={isLarge ? value / man : value}
        decimals={isLarge && value < man * 1_000 ? 1 : 0}
        testid={testid}
      />
      {isLarge && <em className="serif">万</em>}
    </span>
  )
}

function Figure({
  label,
  value,
  decimals = 0,
  unit,
  freshness,
  testid,
}: FigureProps & { readonly label: string; readonly decimals?: number; readonly unit: string }) {
  const isLarge = value >= man * 10
  return (
    <div data-phase={freshness.phase}>
      <dt>{label}</dt>
      <dd>
        {freshness.phase === 'error' ? (
          <span className="num">—</span>
        ) : (
          <Digits
            value={isLarge ? value / man : value}
            decimals={isLarge ? 1 : decimals}
            testid={testid}
          />
        )}
        <em>{isLarge ? `万${unit}` : unit}</em>
      </dd>
    </div>
  )
}
