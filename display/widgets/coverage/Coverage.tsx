/** 服务阵地: how many townships and villages have a station, a cell each. */
import { useMemo } from 'react'
import { useTable } from '../../board.ts'
import { Digits } from '../../parts/Digits.tsx'
import { useFirstFreshness } from '../../parts/first-freshness.ts'
import type { Size } from '../../parts/size.ts'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { cellsOf, coverageRows, squaresOf, type CoverageRow } from './coverage.ts'
import './coverage.css'

const labelWidth = 44
const rowGap = 3

export function Coverage({ w, h }: Size) {
  const stations = useTable('stations')
  const freshness = useFirstFreshness('services', 'organizations')
  const rows = useMemo(() => coverageRows(stations.values()), [stations])
  const width = w - labelWidth
  const cells = useMemo(
    () => cellsOf(rows, width, h - 5.4 - 4 - rows.length * rowGap),
    [rows, width, h],
  )
  return (
    <Panel
      title="服务阵地"
      note={`1 格 = ${cells.perCell === 1 ? '1 处' : `${thousands(cells.perCell)} 处`} · 空格为尚未覆盖`}
      freshness={freshness}
      testid="coverage"
    >
      {freshness.phase === 'error' ? (
        <Sentence broken title="便民服务接口异常" next={`阵地${freshness.until},恢复后自动显示`} />
      ) : (
        <ol className="coverage">
          {rows.map((row, at) => {
            const { filled, hollow, lines } = cells.rows[at] ?? { filled: 0, hollow: 0, lines: 1 }
            const height = Math.max(1, lines) * cells.pitch
            return (
              <li
                key={row.id}
                style={{
                  gridTemplateColumns: `calc(var(--u) * ${labelWidth}) 1fr`,
                  minHeight: `calc(var(--u) * ${height + rowGap})`,
                }}
              >
                <Label row={row} />
                <svg
                  viewBox={`0 0 ${width} ${height}`}
                  style={{
                    width: `calc(var(--u) * ${width})`,
                    height: `calc(var(--u) * ${height})`,
                  }}
                  aria-hidden="true"
                >
                  <path
                    className="coverage-has"
                    d={squaresOf(0, filled, cells.columns, cells.pitch)}
                  />
                  <path
                    className="coverage-lacks"
                    d={squaresOf(filled, filled + hollow, cells.columns, cells.pitch)}
                    strokeWidth={cells.pitch * 0.1}
                  />
                </svg>
              </li>
            )
          })}
        </ol>
      )}
    </Panel>
  )
}

function Label({ row }: { readonly row: CoverageRow }) {
  const { id, label, stations, places, of } = row
  return (
    <p className="coverage-label">
      <span>{label}</span>
      <Digits value={stations} delta testid={`coverage-${id}`} />
      <small className="fig">
        {of === 0
          ? `${thousands(places)} 处,总数未报`
          : `覆盖 ${((100 * places) / of).toFixed(1)}% · ${
              of > places ? `还差 ${thousands(of - places)} 处` : '全部覆盖'
            }`}
      </small>
    </p>
  )
}
