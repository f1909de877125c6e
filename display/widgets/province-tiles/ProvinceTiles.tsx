/** 省级: every branch in a cell, the cells of each part in its tile; a tile leads to its part. */
import { useTrust } from '../../board.ts'
import { useCountyFile, visitOf } from '../../county.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom, useScreen } from '../../kiosk/screen.ts'
import { Age } from '../../parts/Age.tsx'
import { levelWords, useParts, type PartSum } from '../../parts/province.ts'
import { thousands } from '../../words.ts'
import { Sentence } from '../panel/Panel.tsx'
import { cellsOf, perRow, unitOf } from './cells.ts'
import './province-tiles.css'

/** From one tile to the next at most, and between two of them, u. */
const stepMost = 20.4
const gap = 1
/** Of the legend beneath, in one column or two. */
const legendU = { near: 13, far: 9.5 } as const
/** Of a cell and of its square, u. */
const cell = 1.14
const square = 0.86

export function ProvinceTiles() {
  const parts = useParts()
  const { code } = useCountyFile()
  const freshness = useFreshness('organizations')
  const room = useRoom()
  const isFar = useScreen().by > 1
  const columns = Math.max(1, ...parts.map(({ tile: [column] }) => column + 1))
  const rows = Math.max(1, ...parts.map(({ tile: [, row] }) => row + 1))
  const step = Math.min(
    stepMost,
    (room.w + gap) / columns,
    (room.h - (isFar ? legendU.far : legendU.near)) / rows,
  )
  const unit = unitOf(Math.max(...parts.map((part) => part.organizations), 0))
  const divisions = parts.reduce((sum, part) => sum + part.divisions, 0)
  const active = parts.reduce((sum, part) => sum + part.activeDivisions, 0)
  const { whole } = levelWords(code)
  const isUnknown = useTrust() === 'unknown' || freshness.phase === 'error'
  return (
    <section
      className="province-tiles"
      data-testid="province-tiles"
      data-phase={freshness.phase}
      data-unknown={isUnknown || undefined}
      style={{ width: `calc(var(--u) * ${columns * step - gap})` }}
      aria-label={`${whole}支部方格`}
    >
      {parts.map((part) => (
        <Tile key={part.code} part={part} unit={unit} step={step} />
      ))}
      <div className="tiles-legend">
        {isUnknown ? (
          <p>
            <i className="cell-key unknown" />
            一格 = {unit} 个支部 · 状态未知
          </p>
        ) : (
          <>
            <p>
              <i className="cell-key alive" />
              一格 = {unit} 个支部 · 在线
            </p>
            <p>
              <i className="cell-key silent" />
              静默支部
            </p>
            <p>
              <i className="cell-key offline" />
              离线
            </p>
          </>
        )}
        <p className="tiles-source">
          方格示意,非地理地图 <Age mark={freshness.mark} />
        </p>
      </div>
      {divisions === 0 ? (
        <div className="tiles-empty">
          <Sentence title={`${whole}还没有数据`} next="收到第一份数据后显示" />
        </div>
      ) : (
        <div className="tiles-joined">
          <p>
            已接入县区 <span className="num">{divisions}</span>
          </p>
          <p>
            今日有活动 <span className="num">{active}</span>
          </p>
          <p>
            尚无活动 <span className="num">{divisions - active}</span>
          </p>
        </div>
      )}
    </section>
  )
}

interface TileProps {
  readonly part: PartSum
  readonly unit: number
  readonly step: number
}

function Tile({ part, unit, step }: TileProps) {
  const { alive, silent, offline } = cellsOf(part, unit)
  const [column, row] = part.tile
  return (
    <a
      className="province-tile"
      href={visitOf(part.code)}
      data-testid="tile"
      data-part={part.code}
      aria-label={`${part.name} ${part.organizations} 个支部,在线 ${part.online},静默 ${part.silent}`}
      style={{
        left: `calc(var(--u) * ${column * step})`,
        top: `calc(var(--u) * ${row * step})`,
        width: `calc(var(--u) * ${step - gap})`,
        height: `calc(var(--u) * ${step - gap})`,
      }}
    >
      <span className="province-tile-head">
        <b className={part.name.length > 3 ? 'serif is-long' : 'serif'}>{part.name}</b>
        <span className="num">{part.divisions === 0 ? '—' : thousands(part.organizations)}</span>
      </span>
      <svg viewBox={`0 0 ${perRow * cell} 12`} aria-hidden="true">
        <path className="alive" d={squares(0, alive, 0)} />
        <path className="silent" d={squares(alive, silent, 0.09)} />
        <path className="offline" d={squares(alive + silent, offline, 0.09)} />
      </svg>
    </a>
  )
}

/** `count` squares from the place `from`, drawn `inset` smaller on each side, where a line is drawn around them. */
function squares(from: number, count: number, inset: number): string {
  const side = square - inset * 2
  return Array.from({ length: count }, (_, index) => {
    const at = from + index
    const x = (at % perRow) * cell + inset
    const y = Math.floor(at / perRow) * cell + inset
    return `M${x.toFixed(2)} ${y.toFixed(2)}h${side}v${side}h-${side}z`
  }).join('')
}
