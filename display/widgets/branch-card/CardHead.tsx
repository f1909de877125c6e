/** Who this is: above it, its kind and age, its people, its rank. */
import type { Row } from '../../../protocol/board.ts'
import type { BranchDetail } from '../../../protocol/branch.ts'
import { useCounty, useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { Digits } from '../../parts/Digits.tsx'
import { RankMove } from '../../parts/Rank.tsx'
import { Seal } from '../../parts/Seal.tsx'
import { sealOfTier, tierTones } from '../../parts/tier-tone.ts'
import { placeOf, thousands } from '../../words.ts'

const kindNames: Readonly<Record<Row<'organizations'>['kind'], string>> = {
  committee: '党委',
  'general-branch': '党总支',
  branch: '党支部',
}

interface Props {
  readonly organization: Row<'organizations'> | undefined
  readonly branch: Row<'branches'> | undefined
  readonly detail: BranchDetail | null
  readonly onClose: () => void
}

export function CardHead({ organization, branch, detail, onClose }: Props) {
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const day = useCounty()?.day
  const points = useFreshness('points')
  const above =
    organizations.get(detail?.parent ?? '')?.name ?? placeOf({ townships }, organization)
  const tier = branch?.tier ?? 'none'
  return (
    <header className="card-head" data-phase={points.phase}>
      <div>
        <p className="card-above">
          {[
            above,
            organization === undefined ? '' : kindNames[organization.kind],
            detail === null ? '' : `成立于 ${detail.foundedOn.slice(0, 4)} 年`,
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </p>
        <h2>{organization?.name ?? '支部卡'}</h2>
        <p className="card-people">
          {branch !== undefined && <span>党员 {thousands(branch.members)} 名</span>}
          {detail !== null && detail.away > 0 && <span>在外流动 {thousands(detail.away)} 名</span>}
          {detail !== null && detail.termEndsOn !== null && (
            <span>
              换届 {detail.termEndsOn.slice(0, 4)} 年 {Number(detail.termEndsOn.slice(5, 7))} 月
            </span>
          )}
        </p>
      </div>
      {branch !== undefined && (
        <div className="card-score">
          {tier !== 'none' && <Seal char={tierTones[tier].char} variant={sealOfTier[tier]} />}
          <div>
            <Digits value={branch.points} testid="card-points" />
            <p>
              {day === undefined ? '本' : `${Number(day.slice(5, 7))} `}月积分 · 全县第{' '}
              {thousands(branch.rank)} <RankMove moved={branch.rankBefore - branch.rank} />
              {points.phase === 'live' ? '' : ` · ${points.until}`}
            </p>
          </div>
        </div>
      )}
      <button type="button" className="card-close" data-testid="card-close" onClick={onClose}>
        关闭
      </button>
    </header>
  )
}
