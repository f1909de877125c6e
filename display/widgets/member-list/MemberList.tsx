/** 党员积分: the first members of the month; their names are masked before they reach the relay's log. */
import { useMemo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { useCounty, useTable } from '../../board.ts'
import { BranchName } from '../../parts/BranchName.tsx'
import { usePointsFreshness } from '../../parts/ClosedMonth.tsx'
import { Digits } from '../../parts/Digits.tsx'
import { RankNumber } from '../../parts/Rank.tsx'
import { placeOf } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './member-list.css'

const rowCount = 13

export function firstOf(scores: Iterable<Row<'scores'>>, count: number): Row<'scores'>[] {
  return [...scores].sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1)).slice(0, count)
}

export function MemberList() {
  const scores = useTable('scores')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const county = useCounty()
  const freshness = usePointsFreshness()
  const rows = useMemo(() => firstOf(scores.values(), rowCount), [scores])
  const month = county === null ? '' : `${Number(county.day.slice(5, 7))} 月`
  return (
    <Panel
      title="党员积分"
      note={rows.length === 0 ? undefined : `${month}前 ${rows.length} 名 · 姓名已隐去`}
      freshness={freshness}
      testid="member-list"
    >
      {rows.length === 0 ? (
        <Sentence title="本月还没有党员积分" next="平台公布后自动显示" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="积分接口异常" next={`积分${freshness.until},恢复后自动显示`} />
      ) : (
        <ol>
          {rows.map(({ id, name, organization, points, rank }) => {
            const told = organizations.get(organization)
            return (
              <li className="member-line" key={id} data-testid="member-row">
                <RankNumber rank={rank} />
                <b>{name}</b>
                <BranchName
                  id={organization}
                  name={told?.name ?? organization}
                  place={placeOf({ townships }, told)}
                />
                <Digits value={points} testid="member-points" />
              </li>
            )
          })}
        </ol>
      )}
    </Panel>
  )
}
