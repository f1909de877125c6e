/** 红旗网格: every grid of the county, and where residents' cases are being worked on. */
import { useMemo } from 'react'
import { useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { busiestOf, waffleOf, type GridCell } from './waffle.ts'
import './grids.css'

/** u of the head, and of the line beneath the grids. */
const takenU = 11
const busiest = 3
const states = ['calm', 'open', 'busy', 'overdue'] as const

export function Grids() {
  const grids = useTable('grids')
  const townships = useTable('townships')
  const freshness = useFreshness('cases')
  const all = useMemo(() => [...grids.values()], [grids])
  const room = useRoom()
  const [width, height] = [room.w, room.h - takenU]
  const { cells, size } = useMemo(() => waffleOf(all, width, height), [all, width, height])
  const busy = useMemo(() => busiestOf(all, busiest), [all])
  const open = all.filter((grid) => grid.open > 0).length
  return (
    <Panel
      title="红旗网格"
      note={
        all.length === 0
          ? undefined
          : `${thousands(all.length)} 个 · 在办 ${thousands(open)} · 白为多件 · 菱形为超时`
      }
      freshness={freshness}
      testid="grids"
    >
      {all.length === 0 ? (
        <Sentence title="还没有网格名录" next="平台报送网格后显示" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="综治接口异常" next={`网格${freshness.until},恢复后自动显示`} />
      ) : (
        <>
          <svg
            className="waffle"
            viewBox={`0 0 ${width} ${height}`}
            style={{ height: `calc(var(--u) * ${height})` }}
            role="img"
            aria-label={`${all.length} 个网格,${open} 个有在办诉求`}
          >
            {states.map((state) => (
              <path
                key={state}
                className={`waffle-${state}`}
                d={cells
                  .filter((cell) => cell.state === state)
                  .map((cell) => (state === 'overdue' ? diamond(cell, size) : square(cell, size)))
                  .join('')}
              />
            ))}
          </svg>
          <p className="waffle-places fig">
            {busy.length === 0
              ? '各网格都没有在办诉求'
              : `在办最多 ${busy
                  .map(
                    ({ township, open: count }) =>
                      `${townships.get(township)?.name ?? '未分乡镇'} ${count}`,
                  )
                  .join(' · ')}`}
          </p>
        </>
      )}
    </Panel>
  )
}

function square({ x, y }: GridCell, size: number): string {
  return `M${x.toFixed(2)} ${y.toFixed(2)}h${size.toFixed(2)}v${size.toFixed(2)}h-${size.toFixed(2)}z`
}

/** A little larger than its cell, so that it is found among hundreds. */
function diamond({ x, y }: GridCell, size: number): string {
  const half = size * 0.72
  return `M${(x + size / 2).toFixed(2)} ${(y + size / 2 - half).toFixed(2)}l${half.toFixed(2)} ${half.toFixed(2)}l-${half.toFixed(2)} ${half.toFixed(2)}l-${half.toFixed(2)}-${half.toFixed(2)}z`
}
