/** 最紧要的诉求: open cases, the next to be due first; what about and where, never who or in which words. */
import { useMemo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { instantMs } from '../../../protocol/time.ts'
import { useTable, useWall } from '../../board.ts'
import { caseSteps, lasting } from '../../case-words.ts'
import { useFreshness } from '../../freshness.ts'
import { Pages, usePage } from '../../parts/Pages.tsx'
import { useRowCount } from '../../parts/row-count.ts'
import { Seal } from '../../parts/Seal.tsx'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './pressing.css'

const rowU = 6.5
const minuteMs = 60_000

export function Pressing() {
  const cases = useTable('cases')
  const grids = useTable('grids')
  const intakes = useTable('intakes')
  const freshness = useFreshness('cases')
  const minute = useWall((state) => Math.floor(state.now / minuteMs))
  const rows = useMemo(() => inOrder(cases.values()), [cases])
  const perPage = useRowCount(rowU)
  const { page, of } = usePage(rows.length, perPage)
  return (
    <Panel
      title="最紧要"
      note={
        rows.length === 0
          ? undefined
          : of === 1
            ? `在办 ${thousands(rows.length)} 件`
            : `在办 ${thousands(rows.length)} 件 · 第 ${page + 1}/${of} 页`
      }
      freshness={freshness}
      testid="pressing"
    >
      {rows.length === 0 ? (
        <Sentence title="没有在办的诉求" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="综治接口异常" next={`诉求${freshness.until},恢复后自动显示`} />
      ) : (
        <Pages
          rows={rows}
          perPage={perPage}
          render={({ id, stage, category, grid, intake, since, dueAt }) => (
            <li key={id} className="pressing" data-testid="pressing-row">
              <Seal
                char={caseSteps.find((step) => step.stage === stage)?.char ?? ''}
                variant="now"
              />
              <p className="pressing-what">{category === '' ? '未分类' : category}</p>
              <p className="pressing-where">
                {[grids.get(grid)?.name, intakes.get(intake)?.name]
                  .filter((name) => name !== undefined)
                  .join(' · ') || '地点未报'}
              </p>
              <Left now={minute * minuteMs} since={since} dueAt={dueAt} />
            </li>
          )}
        />
      )}
    </Panel>
  )
}

/** As the relay orders them: those with a time to keep, the earliest ahead; then by age. */
function inOrder(cases: Iterable<Row<'cases'>>): Row<'cases'>[] {
  // Later than any instant: those that have no time to keep come last.
  const due = ({ dueAt }: Row<'cases'>) =>
    dueAt === null ? Number.MAX_SAFE_INTEGER : instantMs(dueAt)
  return [...cases].sort((a, b) => due(a) - due(b) || instantMs(a.since) - instantMs(b.since))
}

function Left({
  now,
  since,
  dueAt,
}: { readonly now: number } & Pick<Row<'cases'>, 'since' | 'dueAt'>) {
  if (dueAt === null)
    return <p className="pressing-left fig">已收 {lasting(now - instantMs(since))}</p>
  const leftMs = instantMs(dueAt) - now
  if (leftMs >= 0) return <p className="pressing-left fig">剩 {lasting(leftMs)}</p>
  return <p className="pressing-left fig is-over">◆ 超时 {lasting(-leftMs)}</p>
}
