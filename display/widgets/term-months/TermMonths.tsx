/** 换届到期: how many terms end in each of the next twelve months, and who is late already. */
import { useMemo } from 'react'
import type { Board } from '../../../protocol/board.ts'
import { useCounty, useTable, useThresholds } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { BranchOpener } from '../../parts/BranchName.tsx'
import { WarningMark } from '../../parts/WarningMark.tsx'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './term-months.css'

const monthCount = 12

/** 2026-06 … of twelve months from `day` on; months without an end are there with 0. */
export function monthsOf(
  foresight: Board['foresight'],
  day: string,
): readonly { readonly month: string; readonly organizations: number }[] {
  const [year = 0, first = 1] = day.split('-').map(Number)
  return Array.from({ length: monthCount }, (_, index) => {
    const at = new Date(Date.UTC(year, first - 1 + index, 1))
    const month = at.toISOString().slice(0, 7)
    return { month, organizations: foresight.get(`term/${month}`)?.organizations ?? 0 }
  })
}

export function TermMonths() {
  const county = useCounty()
  const foresight = useTable('foresight')
  const warnings = useTable('warnings')
  const organizations = useTable('organizations')
  const freshness = useFreshness('term')
  const day = county?.day ?? null
  const months = useMemo(() => (day === null ? [] : monthsOf(foresight, day)), [foresight, day])
  const late = useMemo(
    () =>
      [...warnings.values()]
        .filter(({ rule, amount }) => rule === 'term' && amount < 0)
        .sort((a, b) => a.amount - b.amount || (a.id < b.id ? -1 : 1)),
    [warnings],
  )
  const soonDays = useThresholds()?.termSoonDays
  const soon = soonDays === undefined ? '近期' : `${soonDays} 天内`
  const highest = Math.max(1, ...months.map((month) => month.organizations))
  const all = months.reduce((sum, month) => sum + month.organizations, 0)
  return (
    <Panel
      title="换届到期"
      note={
        county === null
          ? undefined
          : `逾期 ${thousands(county.termOverdue)} · ${soon} ${thousands(county.termSoon)} · 未来 12 个月 ${thousands(all)}`
      }
      freshness={freshness}
      testid="term-months"
    >
      {day === null ? (
        <Sentence title="还没有换届数据" next="收到换届台账后显示" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="换届台账接口异常" next={`台账${freshness.until},恢复后自动显示`} />
      ) : (
        <>
          <ol className="months">
            {months.map(({ month, organizations: count }, index) => (
              <li key={month} data-testid="term-month">
                <span className={count === 0 ? 'num is-zero' : 'num'}>{count}</span>
                <i
                  className={index === 0 ? 'is-now' : index < 3 ? 'is-soon' : ''}
                  style={{ height: `calc(var(--u) * ${((count / highest) * 26).toFixed(2)})` }}
                />
                <span>{Number(month.slice(5))}月</span>
              </li>
            ))}
          </ol>
          <div className="late-terms">
            {late.length === 0 ? (
              <p>没有逾期未换届的组织</p>
            ) : (
              <>
                <p className="fig">
                  <WarningMark level={3} />
                  逾期未换届 {thousands(late.length)} 个
                </p>
                <p className="late-names">
                  {late.slice(0, 4).map(({ id, organization, amount }) => (
                    <span key={id}>
                      <BranchOpener
                        id={organization}
                        name={organizations.get(organization)?.name ?? organization}
                      />
                      <small className="fig">逾期 {-amount} 天</small>
                    </span>
                  ))}
                </p>
              </>
            )}
          </div>
        </>
      )}
    </Panel>
  )
}
