/** 诉求类别: what residents' reports of the last seven days were about. */
import { useMemo } from 'react'
import type { Board, Row } from '../../../protocol/board.ts'
import { useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRowCount } from '../../parts/row-count.ts'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './case-kinds.css'

const rowU = 3.9

export function inOrder(categories: Board['categories']): Row<'categories'>[] {
  return [...categories.values()].sort((a, b) => b.week - a.week || (a.id < b.id ? -1 : 1))
}

export function CaseKinds() {
  const categories = useTable('categories')
  const freshness = useFreshness('cases')
  const rowCount = useRowCount(rowU)
  const rows = useMemo(() => inOrder(categories), [categories])
  const all = rows.reduce((sum, { week }) => sum + week, 0)
  const most = rows[0]?.week ?? 1
  return (
    <Panel
      title="诉求类别"
      note={rows.length === 0 ? undefined : `近 7 天 ${thousands(all)} 件`}
      freshness={freshness}
      testid="case-kinds"
    >
      {rows.length === 0 ? (
        <Sentence title="近 7 天没有分类的诉求" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="综治接口异常" next={`类别${freshness.until}`} />
      ) : (
        <ol>
          {rows.slice(0, rowCount).map(({ id, category, week }) => (
            <li key={id} className="case-kind">
              <bdi>{category}</bdi>
              <span>
                <i style={{ width: `${(week / most) * 100}%` }} />
              </span>
              <span className="num">{thousands(week)}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
