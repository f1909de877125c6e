/** 乡镇预警: silence, dues and terms of each township. */
import { useMemo } from 'react'
import type { Board } from '../../../protocol/board.ts'
import { useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRowCount } from '../../parts/row-count.ts'
import { TownshipOpener } from '../../parts/TownshipOpener.tsx'
import { placeOf, thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './township-warnings.css'

interface Line {
  /** '' for a group without territory. */
  readonly code: string
  readonly place: string
  silence: number
  dues: number
  term: number
}

/** The most silent first; dues count members, the others organisations. */
export function linesOf(
  board: Pick<Board, 'warnings' | 'organizations' | 'townships'>,
): readonly Line[] {
  const lines = new Map<string, Line>()
  for (const { id, name } of board.townships.values())
    lines.set(name, { code: id, place: name, silence: 0, dues: 0, term: 0 })
  for (const { organization, rule, amount } of board.warnings.values()) {
    const place = placeOf(board, board.organizations.get(organization))
    const line = lines.get(place) ?? { code: '', place, silence: 0, dues: 0, term: 0 }
    lines.set(place, line)
    if (rule === 'silence') line.silence += 1
    else if (rule === 'dues') line.dues += amount
    else if (rule === 'term') line.term += 1
  }
  return [...lines.values()].sort(
    (a, b) =>
      b.silence - a.silence || b.term - a.term || b.dues - a.dues || (a.place < b.place ? -1 : 1),
  )
}

const columns = [
  { key: 'silence', label: '静默支部' },
  { key: 'dues', label: '党费未缴(人)' },
  { key: 'term', label: '换届到期' },
] as const
const headsU = 8.4
const rowU = 2.98

export function TownshipWarnings() {
  const warnings = useTable('warnings')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const freshness = useFreshness('activities')
  const rowCount = useRowCount(rowU, headsU)
  const lines = useMemo(
    () => linesOf({ warnings, organizations, townships }).slice(0, rowCount),
    [warnings, organizations, townships, rowCount],
  )
  const most = {
    silence: Math.max(1, ...lines.map(({ silence }) => silence)),
    dues: Math.max(1, ...lines.map(({ dues }) => dues)),
    term: Math.max(1, ...lines.map(({ term }) => term)),
  }
  return (
    <Panel title="乡镇预警" freshness={freshness} testid="township-warnings">
      {lines.length === 0 ? (
        <Sentence title="还没有乡镇数据" next="收到组织库后显示" />
      ) : (
        <table className="township-warnings">
          <thead>
            <tr>
              <th />
              {columns.map(({ key, label }) => (
                <th key={key}>{label}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.place}>
                <th scope="row">
                  <TownshipOpener code={line.code} name={line.place} />
                </th>
                {columns.map(({ key }) => (
                  <td key={key} data-column={key}>
                    <span className={line[key] === 0 ? 'num is-zero' : 'num'}>
                      {thousands(line[key])}
                    </span>
                    <i
                      style={{
                        width: `calc(var(--u) * ${((line[key] / most[key]) * 9).toFixed(2)})`,
                      }}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
