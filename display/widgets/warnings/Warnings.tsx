/** 预警: who has gone quiet, whose dues are open, whose term ends; the worst three by name. */
import { useMemo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { useCounty, useTable, useThresholds } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { BranchOpener } from '../../parts/BranchName.tsx'
import { WarningMark } from '../../parts/WarningMark.tsx'
import { placeOf } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { Counters } from './Counters.tsx'
import './warnings.css'

export function Warnings() {
  const county = useCounty()
  const silence = useFreshness('activities')
  const warnings = useTable('warnings')
  const [yellowFrom] = useThresholds()?.silenceFromDays ?? []
  const grave = useMemo(() => graveOf(warnings.values()), [warnings])
  return (
    <Panel title="预警" freshness={silence} testid="warnings">
      {county === null ? (
        <Sentence title="还没有预警数据" next="收到汇聚中心的第一份数据后显示" />
      ) : (
        <>
          <Counters
            county={county}
            grave={grave}
            calm={{
              silence: '全县支部近期均有活动',
              dues: '本月党费已收齐',
              term: '近期无换届到期',
            }}
            ofSilent={yellowFrom === undefined ? '个' : `个 · 超 ${yellowFrom - 1} 天`}
          />
          <WarningRows />
        </>
      )}
    </Panel>
  )
}

function graveOf(rows: Iterable<Row<'warnings'>>): Readonly<Record<keyof typeof unitOf, number>> {
  const counts = { silence: 0, dues: 0, term: 0 }
  for (const row of rows) if (isCounted(row) && row.level >= 3) counts[row.rule] += 1
  return counts
}

/** The rules of the three counters; the others have their place in the scene of warnings. */
const unitOf = { silence: '天', dues: '人', term: '天' } as const
type Counted = Row<'warnings'> & { readonly rule: keyof typeof unitOf }
const isCounted = (row: Row<'warnings'>): row is Counted => Object.hasOwn(unitOf, row.rule)
const helper = { township: '镇党委提醒', county: '县委督办' } as const

export function worst(rows: Iterable<Row<'warnings'>>, count: number): Counted[] {
  return [...rows]
    .filter(isCounted)
    .sort(
      (a, b) =>
        b.level - a.level || Math.abs(b.amount) - Math.abs(a.amount) || (a.id < b.id ? -1 : 1),
    )
    .slice(0, count)
}

function WarningRows() {
  const warnings = useTable('warnings')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const rows = useMemo(() => worst(warnings.values(), 3), [warnings])
  return (
    <ol className="warning-rows">
      {rows.map((row) => {
        const organization = organizations.get(row.organization)
        return (
          <li
            key={row.id}
            className="warning-row fades"
            data-testid="warning-row"
            title={`依据 ${row.article}`}
          >
            <WarningMark level={row.level} />
            <span className="warning-name">
              {placeOf({ townships }, organization)}{' '}
              <BranchOpener id={row.organization} name={organization?.name ?? row.organization} />
            </span>
            <span className="warning-amount fig">
              {row.rule === 'term' && row.amount < 0 ? '逾期 ' : ''}
              <b>{Math.abs(row.amount)}</b> {unitOf[row.rule]}
            </span>
            <span className="warning-helper">
              {row.remindedBy === null ? '待督办' : helper[row.remindedBy]}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
