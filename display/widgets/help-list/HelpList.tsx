/** 黄榜黑榜: who needs help, how long it has been quiet, and whose turn it is to act. */
import { useMemo } from 'react'
import type { Board, Row } from '../../../protocol/board.ts'
import { useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useCalmTable } from '../../parts/calm.ts'
import { BranchName } from '../../parts/BranchName.tsx'
import { Digits } from '../../parts/Digits.tsx'
import { useRowCount } from '../../parts/row-count.ts'
import { Seal } from '../../parts/Seal.tsx'
import { WarningMark } from '../../parts/WarningMark.tsx'
import { dutyNames, stepOf } from '../../warning-words.ts'
import { placeOf, thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './help-list.css'

const rowU = 7.5

/** Black before yellow, the longest silence first. */
export function needing(branches: Board['branches']): Row<'branches'>[] {
  return [...branches.values()]
    .filter(({ tier }) => tier === 'black' || tier === 'yellow')
    .sort(
      (a, b) =>
        Number(b.tier === 'black') - Number(a.tier === 'black') ||
        b.silentDays - a.silentDays ||
        a.points - b.points ||
        (a.id < b.id ? -1 : 1),
    )
}

export function HelpList() {
  const branches = useCalmTable('branches')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const warnings = useTable('warnings')
  const freshness = useFreshness('activities')
  const rowCount = useRowCount(rowU)
  const all = useMemo(() => needing(branches), [branches])
  const silences = useMemo(
    () =>
      new Map(
        [...warnings.values()]
          .filter(({ rule }) => rule === 'silence')
          .map((warning) => [warning.organization, warning]),
      ),
    [warnings],
  )
  return (
    <Panel
      title="黄榜黑榜"
      note={
        all.length > rowCount
          ? `共 ${thousands(all.length)} 个 · 最久的 ${rowCount} 个`
          : '帮扶与进展'
      }
      freshness={freshness}
      testid="help-list"
    >
      {all.length === 0 ? (
        <Sentence title="没有支部在黄榜和黑榜" />
      ) : (
        <ol>
          {all.slice(0, rowCount).map((branch) => {
            const warning = silences.get(branch.id)
            return (
              <li key={branch.id} className="help" data-testid="help-row">
                <Seal
                  char={branch.tier === 'black' ? '黑' : '黄'}
                  variant={branch.tier === 'black' ? 'black' : 'yellow'}
                />
                <BranchName
                  id={branch.id}
                  name={organizations.get(branch.id)?.name ?? branch.id}
                  place={placeOf({ townships }, organizations.get(branch.id))}
                />
                <p className="branch-next">
                  {branch.level > 0 && <WarningMark level={branch.level as 2 | 3 | 4} />}
                  <span className="fig">
                    {branch.level > 0 ? `静默 ${branch.silentDays} 天` : '积分远低于全县中位'}
                  </span>
                  <span>
                    {warning === undefined
                      ? '由支部自查'
                      : `${dutyNames[warning.duty]}负责 · ${stepOf(warning)}`}
                  </span>
                </p>
                <Digits value={branch.points} testid="help-points" />
              </li>
            )
          })}
        </ol>
      )}
    </Panel>
  )
}
