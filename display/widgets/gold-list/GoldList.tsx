/** 金榜: the leaders of the month, with their move since midnight and its reason. */
import { useMemo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { useTable } from '../../board.ts'
import { useCalmTable } from '../../parts/calm.ts'
import { BranchOpener } from '../../parts/BranchName.tsx'
import { useClosedMonth, usePointsFreshness } from '../../parts/ClosedMonth.tsx'
import { Digits } from '../../parts/Digits.tsx'
import { leaders } from '../../parts/leaders.ts'
import { RankMove, RankNumber } from '../../parts/Rank.tsx'
import { useRowCount } from '../../parts/row-count.ts'
import { placeOf, reasonNames } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { Trend } from './Trend.tsx'
import './gold-list.css'

const rowU = 4.62

export function GoldList() {
  const branches = useCalmTable('branches')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const trends = useTable('trends')
  const freshness = usePointsFreshness()
  const closed = useClosedMonth()
  const rowCount = useRowCount(rowU)
  const rows = useMemo(() => leaders(branches.values(), rowCount), [branches, rowCount])
  return (
    <Panel
      title="金榜"
      note={
        rows.length === 0
          ? undefined
          : closed !== null
            ? `${closed.name} · 前 ${rows.length} 名 · 近 12 周走势`
            : `前 ${rows.length} 名 · 近 12 周走势 · 升降比昨日零时`
      }
      freshness={freshness}
      testid="gold-list"
    >
      {rows.length === 0 ? (
        <Sentence title="本月尚未结转" next="收到本月第一笔积分后显示" />
      ) : (
        <ol className="gold-list">
          {rows.map((branch) => (
            <Line
              key={branch.id}
              branch={closed === null ? branch : { ...branch, ...settled(branch) }}
              weeks={trends.get(branch.id)?.weeks}
              name={organizations.get(branch.id)?.name ?? branch.id}
              place={placeOf({ townships }, organizations.get(branch.id))}
            />
          ))}
        </ol>
      )}
    </Panel>
  )
}

/** Nothing moves any more in a list that is closed. */
const settled = ({ rank }: Row<'branches'>) => ({ rankBefore: rank, reason: null })

function Line({
  branch,
  weeks,
  name,
  place,
}: {
  readonly branch: Row<'branches'>
  readonly weeks: readonly number[] | undefined
  readonly name: string
  readonly place: string
}) {
  const { rank, rankBefore, reason, points } = branch
  return (
    <li className="gold-line" data-testid="gold-row">
      <RankNumber rank={rank} />
      <BranchOpener id={branch.id} name={name} />
      <small>{place}</small>
      <small className="gold-reason">{reason === null ? '' : `今日${reasonNames[reason]}`}</small>
      {weeks === undefined ? <span /> : <Trend weeks={weeks} />}
      <Digits value={points} testid="gold-points" />
      <RankMove moved={rankBefore - rank} />
    </li>
  )
}
