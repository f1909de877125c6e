/** 乡镇一览: each township's branches online, active today, silent, and their mean points. */
import { useMemo } from 'react'
import { useCounty, useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useCalmTable } from '../../parts/calm.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { linesOf } from './rows.ts'
import './townships.css'

const headsU = 8.6
const rowU = { least: 3.7, most: 5.9 } as const

export function Townships() {
  const county = useCounty()
  const branches = useCalmTable('branches')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const freshness = useFreshness('organizations')
  const { h } = useRoom()
  const lines = useMemo(
    () =>
      linesOf({ branches, organizations, townships }).slice(
        0,
        Math.floor((h - headsU) / rowU.least),
      ),
    [branches, organizations, townships, h],
  )
  const pitch = Math.min(rowU.most, (h - headsU) / lines.length)
  return (
    <Panel
      title="乡镇一览"
      note={county === null ? undefined : `按 ${Number(county.day.slice(5, 7))} 月均分`}
      freshness={freshness}
      testid="townships"
    >
      {lines.length === 0 ? (
        <Sentence title="还没有组织数据" next="收到组织库的第一份数据后显示" />
      ) : (
        <table className="towns">
          <thead>
            <tr>
              <th>乡镇</th>
              <th colSpan={2}>在线</th>
              <th>活动</th>
              <th>静默</th>
              <th>均分</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr
                key={line.name}
                style={{ height: `calc(var(--u) * ${pitch})` }}
                data-testid="town-row"
              >
                <td className="serif">{line.name}</td>
                <td>
                  <i className="town-track">
                    <i style={{ width: `${(line.online / line.organizations) * 100}%` }} />
                  </i>
                </td>
                <td className="fig">
                  {line.online}/{line.organizations}
                </td>
                <td className="num" data-zero={line.activeToday === 0 || undefined}>
                  {line.activeToday}
                </td>
                <td
                  className={line.silent > 0 ? 'num late' : 'num'}
                  data-zero={line.silent === 0 || undefined}
                >
                  {line.silent}
                </td>
                <td className="num">{thousands(line.mean)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
