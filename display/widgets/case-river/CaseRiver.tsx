/** 诉求全流程: how far residents' reports have come, and how much time is left to those that are open. */
import { useMemo } from 'react'
import { instantMs } from '../../../protocol/time.ts'
import { useTable, useWall } from '../../board.ts'
import { caseSteps, lasting } from '../../case-words.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { Scale } from '../../parts/Scale.tsx'
import { Steps } from '../../parts/Steps.tsx'
import { WarningMark } from '../../parts/WarningMark.tsx'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { ageingOf } from './ageing.ts'
import './case-river.css'

/** u of the panel beside the plot, and above and under it. */
const besideU = 50
const aroundU = 39
const overdueMost = 5
const minuteMs = 60_000

export function CaseRiver() {
  const stages = useTable('caseStages')
  const cases = useTable('cases')
  const grids = useTable('grids')
  const freshness = useFreshness('cases')
  const minute = useWall((state) => Math.floor(state.now / minuteMs))
  const now = minute * minuteMs
  const room = useRoom()
  const width = room.w - besideU
  const height = Math.max(0, room.h - aroundU)
  const ageing = useMemo(
    () => ageingOf(cases.values(), now, width, height),
    [cases, now, width, height],
  )
  const counts = (stage: string) => {
    const { today = 0, year = 0, waiting = 0, overdue = 0 } = stages.get(stage) ?? {}
    return { today, year, waiting, late: overdue }
  }
  const rows = [...stages.values()]
  const open = rows.reduce((sum, { waiting }) => sum + waiting, 0)
  const [oldest] = rows.flatMap(({ oldestSince }) => oldestSince ?? []).sort()
  const isTold = rows.some(({ year, waiting }) => year + waiting > 0)
  const dismissed = stages.get('dismissed')?.year ?? 0
  return (
    <Panel
      title="诉求全流程"
      note={
        isTold
          ? `今日到达 · 在办 ${thousands(open)} 件 · 今年无效 ${thousands(dismissed)} 件`
          : '归集 → 评价'
      }
      freshness={freshness}
      testid="case-river"
    >
      {!isTold ? (
        <Sentence
          title="还没有群众诉求"
          next="平台报送第一件诉求后,显示它走到哪一步、还剩多少时间"
        />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="综治接口异常" next={`诉求${freshness.until},恢复后自动显示`} />
      ) : (
        <div
          className="river"
          style={{ ['--plot-w' as string]: width, ['--plot-h' as string]: height }}
        >
          <Steps steps={caseSteps} counts={counts} testid="case" />
          <div className="river-ageing">
            <p className="river-name">
              <b className="serif">在办诉求</b>
              一格一件,越靠右越急
              {ageing.undated > 0 && <span>另有 {thousands(ageing.undated)} 件尚未派单</span>}
              {open > cases.size && <span>只画最急的 {thousands(cases.size)} 件</span>}
            </p>
            <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
              <path
                className="river-cells"
                data-testid="river-cells"
                data-count={ageing.cells.length}
                d={ageing.cells
                  .map(
                    ({ x, y }) =>
                      `M${x.toFixed(2)} ${y.toFixed(2)}h${ageing.size.toFixed(2)}v${ageing.size.toFixed(2)}h-${ageing.size.toFixed(2)}z`,
                  )
                  .join('')}
              />
            </svg>
            <Scale ticks={ageing.ticks} name="距时限 小时 →" />
          </div>
          <div className={ageing.overdue.length === 0 ? 'river-due' : 'river-due is-over'}>
            <p className="river-due-head">
              <WarningMark level={3} />
              <b className="serif">超时</b>
              <span className="num" data-testid="cases-overdue">
                {thousands(ageing.overdue.length)}
              </span>
              件
            </p>
            {ageing.overdue.length === 0 ? (
              <p className="river-calm">
                在办诉求都在时限之内
                {oldest !== undefined && (
                  <span>最久的一件已收 {lasting(now - instantMs(oldest))}</span>
                )}
              </p>
            ) : (
              <ol>
                {ageing.overdue.slice(0, overdueMost).map(({ id, category, grid, dueAt }) => (
                  <li key={id}>
                    <span>{category === '' ? '未分类' : category}</span>
                    <small>{grids.get(grid)?.name ?? ''}</small>
                    <b className="fig">{lasting(now - instantMs(dueAt ?? ''))}</b>
                  </li>
                ))}
              </ol>
            )}
          </div>
        </div>
      )}
    </Panel>
  )
}
