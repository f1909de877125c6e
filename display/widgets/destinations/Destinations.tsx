/** 流动党员去向: from which townships members left, where to, and whether they are in an organisation there. */
import { useMemo } from 'react'
import { useCounty, useTable, useTrust } from '../../board.ts'
import { useRoom, useScreen } from '../../kiosk/screen.ts'
import { Digits } from '../../parts/Digits.tsx'
import { FlagSample } from '../../parts/FlagSample.tsx'
import { useFirstFreshness } from '../../parts/first-freshness.ts'
import { headU } from '../../parts/row-count.ts'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { arcsOf, gridOf, roomOf, type Arc } from './arcs.ts'
import { Home } from './Home.tsx'
import './destinations.css'

/** u from the foot of the arcs. */
const rows = { city: 1.4, number: 8.4, flags: 17.6, dots: 23.6 }
const flagsMost = 6

export function Destinations() {
  const county = useCounty()
  const destinations = useTable('destinations')
  const freshness = useFirstFreshness('floating', 'organizations')
  const { w: width, h } = useRoom()
  const height = h - headU
  const room = useMemo(() => roomOf(width, height), [width, height])
  const { arcs, perDot, pitch } = useMemo(
    () => arcsOf(destinations.values(), room),
    [destinations, room],
  )
  return (
    <Panel
      title="流动党员去向"
      note={
        county === null
          ? undefined
          : `离乡不离党 · ${county.floatingCommittees} 个流动党委 ${thousands(county.floatingBranches)} 个流动党支部`
      }
      freshness={freshness}
      testid="destinations"
    >
      {freshness.phase === 'error' ? (
        <Sentence broken title="流动党员数据中断" next={`去向${freshness.until},恢复后自动显示`} />
      ) : arcs.length === 0 ? (
        <Sentence title="还没有流动党员去向" next="组织库报来外出党员的城市后显示" />
      ) : (
        <div
          className="destinations"
          style={{
            ['--height' as string]: height,
            ['--foot' as string]: room.foot,
            ['--start' as string]: room.start.y,
          }}
        >
          <svg className="destinations-arcs" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            <path className="destinations-foot" d={`M${room.from} ${room.foot}H${room.to}`} />
            {[...arcs]
              .sort((a, b) => a.members - b.members)
              .map(({ city, path, stroke, isWidest }) => (
                <path
                  key={city}
                  className={isWidest ? 'destinations-arc is-widest' : 'destinations-arc'}
                  d={path}
                  strokeWidth={stroke}
                />
              ))}
            {arcs.map((arc) => (
              <DotGrid key={arc.city} arc={arc} pitch={pitch} top={room.foot + rows.dots} />
            ))}
          </svg>
          <Home perDot={perDot} />
          {arcs.map((arc) => (
            <City key={arc.city} arc={arc} />
          ))}
        </div>
      )}
    </Panel>
  )
}

function City({ arc }: { readonly arc: Arc }) {
  const { city, members, branches, origins, x, width, isWidest } = arc
  const at = (top: number) => ({
    top: `calc(var(--u) * (var(--foot) + ${top}))`,
    left: `calc(var(--u) * ${x - width / 2})`,
    width: `calc(var(--u) * ${width})`,
  })
  return (
    <>
      <p className="destination-city" style={at(rows.city)}>
        <b className="serif">{city}</b>
        <small className="fig">
          {origins > 0 ? `来自 ${thousands(origins)} 个支部` : '家乡登记'}
        </small>
      </p>
      <p
        className={isWidest ? 'destination-members is-widest' : 'destination-members'}
        style={at(rows.number)}
      >
        <Digits value={members} delta testid="destination-members" />
      </p>
      <p className="destination-flags" style={at(rows.flags)} data-testid="destination-flags">
        {branches === 0 ? (
          <small>未建支部</small>
        ) : branches > flagsMost ? (
          <>
            <Flag />
            <small className="fig">{thousands(branches)} 个支部</small>
          </>
        ) : (
          Array.from({ length: branches }, (_, index) => <Flag key={index} />)
        )}
      </p>
    </>
  )
}

/** A plain cloth at its pole: a floating branch stands there. After ten minutes without the relay nobody knows. */
function Flag() {
  const { u } = useScreen()
  if (useTrust() === 'unknown') return <FlagSample look="unknown" u={u} />
  return (
    <svg className="destination-flag" viewBox="0 0 3 4" aria-hidden="true">
      <path className="pole" d="M0.35 0.2V4M0 3.9H0.7" />
      <path className="cloth" d="M0.5 0.3C1.2 0 1.7 0.7 2.8 0.4V2C1.7 2.3 1.2 1.6 0.5 1.9z" />
    </svg>
  )
}

function DotGrid({
  arc,
  pitch,
  top,
}: {
  readonly arc: Arc
  readonly pitch: number
  readonly top: number
}) {
  const left = arc.x - (arc.dots.columns * pitch) / 2 + pitch / 2
  return (
    <g>
      {gridOf(arc.dots).map(({ column, row, kind }) => (
        <circle
          key={`${column}/${row}`}
          className={`dot dot-${kind}`}
          cx={left + column * pitch}
          cy={top + row * pitch + pitch / 2}
          r={pitch * (kind === 'joined' ? 0.38 : 0.32)}
        />
      ))}
    </g>
  )
}
