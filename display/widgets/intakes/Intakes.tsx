/** 来源: the platforms joined to the case centre, what came through each today, and when each was heard of. */
import { useMemo } from 'react'
import type { Board, Row } from '../../../protocol/board.ts'
import { useTable, useWall } from '../../board.ts'
import { heldMarkOf, markOf, useFreshness } from '../../freshness.ts'
import { Age } from '../../parts/Age.tsx'
import { Pages } from '../../parts/Pages.tsx'
import { useRowCount } from '../../parts/row-count.ts'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './intakes.css'

const rowU = 3.45

/** Who brought most today first; the rest by name. */
export function inOrder(intakes: Board['intakes']): Row<'intakes'>[] {
  return [...intakes.values()].sort(
    (a, b) => b.today - a.today || a.name.localeCompare(b.name, 'zh-CN'),
  )
}

export function Intakes() {
  const intakes = useTable('intakes')
  const freshness = useFreshness('cases')
  const perPage = useRowCount(rowU)
  const now = useWall((state) =>
    freshness.isCut && state.lostAt !== null ? state.lostAt : state.now,
  )
  const rows = useMemo(() => inOrder(intakes), [intakes])
  return (
    <Panel
      title="来源"
      note={rows.length === 0 ? undefined : `${rows.length} 个平台汇聚 · 今日`}
      freshness={freshness}
      testid="intakes"
    >
      {rows.length === 0 ? (
        <Sentence title="还没有平台接入" next="第一个平台报到后显示" />
      ) : (
        <Pages
          rows={rows}
          perPage={perPage}
          render={(intake) => (
            <li key={intake.id} className="intake" data-testid="intake">
              <bdi>{intake.name}</bdi>
              <span className={intake.today === 0 ? 'num is-zero' : 'num'}>
                {thousands(intake.today)}
              </span>
              <Age
                mark={
                  freshness.isCut
                    ? heldMarkOf(intake, now)
                    : freshness.mark.status === 'past'
                      ? freshness.mark
                      : markOf(intake, now)
                }
              />
            </li>
          )}
        />
      )}
    </Panel>
  )
}
