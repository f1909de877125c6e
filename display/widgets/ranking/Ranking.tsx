/** 支部积分排行: how many stand in each list, and the first with their move and its reason. */
import { useMemo, useState } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { useCounty, useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useCalmTable } from '../../parts/calm.ts'
import { BranchOpener } from '../../parts/BranchName.tsx'
import { useChanges } from '../../parts/changes.ts'
import { Digits } from '../../parts/Digits.tsx'
import { leaders } from '../../parts/leaders.ts'
import { RankMove, RankNumber } from '../../parts/Rank.tsx'
import { useRowCount } from '../../parts/row-count.ts'
import { Seal } from '../../parts/Seal.tsx'
import { placeOf, reasonNames, thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './ranking.css'

const headsU = 10.6
const rowU = 4.06

export function Ranking() {
  const county = useCounty()
  const freshness = useFreshness('points')
  const branches = useCalmTable('branches')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const rowCount = useRowCount(rowU, headsU)
  const [isOpen, setOpen] = useState(false)
  const rows = useMemo(() => leaders(branches.values(), rowCount), [branches, rowCount])
  const isHidden = freshness.phase === 'error' && !isOpen
  const month = county === null ? null : Number(county.day.slice(5, 7))
  return (
    <Panel
      title="支部积分排行"
      note={county === null ? undefined : `${month} 月 · 全县 ${thousands(county.organizations)}`}
      freshness={freshness}
      testid="ranking"
    >
      {county === null || rows.length === 0 ? (
        <Sentence
          title="本月尚未结转"
          next={`${month === null ? '下' : `${(month % 12) + 1} `}月 1 日生成新榜`}
        />
      ) : isHidden ? (
        <button type="button" onClick={() => setOpen(true)}>
          <Sentence
            broken
            title="积分接口异常"
            next={`保留至 ${freshness.until.slice(3)} 的榜单 · 点按查看`}
          />
        </button>
      ) : (
        <>
          <div className="tiers">
            <Tier char="金" variant="gold" value={county.gold} />
            <Tier char="银" variant="silver" value={county.silver} />
            <Tier char="黄" variant="yellow" value={county.yellow} />
            <Tier char="黑" variant="black" value={county.black} />
          </div>
          <ol className="ranks">
            {rows.map((branch, index) => (
              <RankRow
                key={branch.id}
                branch={branch}
                slot={index}
                organization={organizations.get(branch.id)}
                place={placeOf({ townships }, organizations.get(branch.id))}
              />
            ))}
          </ol>
        </>
      )}
    </Panel>
  )
}

function RankRow({
  branch,
  slot,
  organization,
  place,
}: {
  readonly branch: Row<'branches'>
  /** From the top, from 0. */
  readonly slot: number
  readonly organization: Row<'organizations'> | undefined
  readonly place: string
}) {
  const changes = useChanges(branch.points)
  const moved = branch.rankBefore - branch.rank
  return (
    <li
      className="rank"
      data-testid="rank-row"
      data-moved={Math.sign(moved)}
      style={{ transform: `translateY(calc(var(--u) * ${slot * rowU}))` }}
    >
      {changes > 0 && <i className="rank-tint" key={changes} />}
      <RankNumber rank={branch.rank} />
      <span className="rank-name">
        <BranchOpener id={branch.id} name={organization?.name ?? branch.id} />
        <small>{place}</small>
        {moved !== 0 && branch.reason !== null && <small>· {reasonNames[branch.reason]}</small>}
      </span>
      <Digits value={branch.points} testid="rank-points" />
      <RankMove moved={moved} />
    </li>
  )
}

function Tier({
  char,
  variant,
  value,
}: {
  readonly char: string
  readonly variant: 'gold' | 'silver' | 'yellow' | 'black'
  readonly value: number
}) {
  return (
    <span className="tier">
      <Seal char={char} variant={variant} />
      <Digits value={value} testid={`tier-${variant}`} />
    </span>
  )
}
