/** 流动党支部: the branches beyond the county, by points, with their members. */
import { useMemo } from 'react'
import { useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { BranchOpener } from '../../parts/BranchName.tsx'
import { useRowCount } from '../../parts/row-count.ts'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './away-branches.css'

const rowU = 4.6

export function AwayBranches() {
  const branches = useTable('branches')
  const organizations = useTable('organizations')
  const freshness = useFreshness('organizations')
  const rowCount = useRowCount(rowU)
  const away = useMemo(
    () =>
      [...branches.values()]
        .filter(({ id }) => organizations.get(id)?.group === 'floating')
        .sort((a, b) => b.points - a.points || (a.id < b.id ? -1 : 1)),
    [branches, organizations],
  )
  return (
    <Panel
      title="流动党支部"
      note={away.length === 0 ? undefined : `${away.length} 个 · 月积分`}
      freshness={freshness}
      testid="away-branches"
    >
      {away.length === 0 ? (
        <Sentence title="还没有流动党支部" next="在流入地建立支部后显示" />
      ) : (
        <ol>
          {away.slice(0, rowCount).map(({ id, members, points, state }) => (
            <li key={id} className="away" data-testid="away-row">
              <i className={state === 'offline' ? 'away-mark is-offline' : 'away-mark'} />
              <BranchOpener id={id} name={organizations.get(id)?.name ?? id} />
              <span className="fig">{thousands(members)} 人</span>
              <span className="num">{thousands(points)}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
