/** 乡镇均分: the branches of each township as lines over their points, and their mean. */
import { useMemo } from 'react'
import type { Board } from '../../../protocol/board.ts'
import { useTable } from '../../board.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { useCalmTable } from '../../parts/calm.ts'
import { useClosedMonth, usePointsFreshness } from '../../parts/ClosedMonth.tsx'
import { tierOrder, tierTones } from '../../parts/tier-tone.ts'
import { TownshipOpener } from '../../parts/TownshipOpener.tsx'
import { placeOf } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './township-points.css'

interface Strip {
  /** '' for a group without territory. */
  readonly code: string
  readonly place: string
  readonly mean: number
  readonly branches: readonly {
    readonly points: number
    readonly tier: (typeof tierOrder)[number]
  }[]
}

/** One strip a place, the best mean first. */
export function stripsOf(
  board: Pick<Board, 'branches' | 'organizations' | 'townships'>,
): readonly Strip[] {
  const places = new Map<
    string,
    { code: string; branches: { points: number; tier: (typeof tierOrder)[number] }[] }
  >()
  for (const { id, points, tier } of board.branches.values()) {
    const place = placeOf(board, board.organizations.get(id))
    const code = board.organizations.get(id)?.township ?? ''
    const strip = places.get(place) ?? { code, branches: [] }
    places.set(place, strip)
    strip.branches.push({ points, tier })
  }
  return [...places]
    .map(([place, { code, branches }]) => ({
      code,
      place,
      mean: branches.reduce((sum, { points }) => sum + points, 0) / branches.length,
      branches,
    }))
    .sort((a, b) => b.mean - a.mean || (a.place < b.place ? -1 : 1))
}

const height = 2.4
const rowLeastU = 3.3
/** u above the rows, and of name and mean before each line. */
const takenU = { w: 28, h: 6 }

export function TownshipPoints() {
  const branches = useCalmTable('branches')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const freshness = usePointsFreshness()
  const closed = useClosedMonth()
  const { w, h } = useRoom()
  const width = w - takenU.w
  const room = h - takenU.h
  const rowsMost = Math.floor(room / rowLeastU)
  const strips = useMemo(
    () => stripsOf({ branches, organizations, townships }).slice(0, rowsMost),
    [branches, organizations, townships, rowsMost],
  )
  const highest = Math.max(1, ...strips.flatMap((strip) => strip.branches.map((b) => b.points)))
  const lowest = Math.min(0, ...strips.flatMap((strip) => strip.branches.map((b) => b.points)))
  const at = (points: number) => ((points - lowest) / (highest - lowest)) * width
  return (
    <Panel
      title="乡镇均分"
      note={closed === null ? '每线一支部 · 白线为均值' : `${closed.name} · 每线一支部`}
      freshness={freshness}
      testid="township-points"
    >
      {strips.length === 0 ? (
        <Sentence title="还没有积分数据" next="收到第一笔积分后显示" />
      ) : (
        <ol
          className="strips"
          style={{ gridAutoRows: `calc(var(--u) * ${Math.min(4, room / strips.length)})` }}
        >
          {strips.map(({ code, place, mean, branches: lines }) => (
            <li key={place} className="strip">
              <span>
                <TownshipOpener code={code} name={place} />
              </span>
              <span className="num">{Math.round(mean)}</span>
              <svg
                viewBox={`0 0 ${width} ${height}`}
                style={{ width: `calc(var(--u) * ${width})` }}
                aria-hidden="true"
              >
                <path d={`M0 ${height / 2}H${width}`} className="strip-line" />
                {tierOrder.map((tier) => (
                  <path
                    key={tier}
                    d={lines
                      .filter((line) => line.tier === tier)
                      .map(({ points }) => `M${at(points).toFixed(2)} .5V${height - 0.5}`)
                      .join('')}
                    stroke={tierTones[tier].color}
                    strokeWidth={0.16}
                  />
                ))}
                <path
                  d={`M${at(mean).toFixed(2)} 0V${height}`}
                  stroke="var(--c-text-hi)"
                  strokeWidth={0.3}
                />
              </svg>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
