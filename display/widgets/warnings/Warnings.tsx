/** 预警: who has gone quiet, whose dues are open, whose term ends; the worst three by name. */
import { useMemo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { useCounty, useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { WarningMark } from '../../parts/WarningMark.tsx'
import { placeOf, thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { Change, Counter } from './Counter.tsx'
import './warnings.css'

export function Warnings() {
  const county = useCounty()
  const silence = useFreshness('activities')
  const dues = useFreshness('dues')
  const term = useFreshness('term')
  const warnings = useTable('warnings')
  const grave = useMemo(() => graveOf(warnings.values()), [warnings])
  return (
    <Panel title="预警" freshness={silence} testid="warnings">
      {county === null ? (
        <Sentence title="还没有预警数据" next="收到汇聚中心的第一份数据后显示" />
      ) : (
        <>
          <div className="counters">
            <Counter
              label="静默支部"
              level={2}
              grave={grave.silence}
              freshness={silence}
              value={county.silent}
              testid="counter-silent"
              calm="全县支部 30 天内均有活动"
              split="个 · 超 30 天"
              then={<Change by={county.silent - county.silentYesterday} />}
            />
            <Counter
              label="党费未缴"
              level={2}
              grave={grave.dues}
              freshness={dues}
              value={county.duesUnpaid}
              testid="counter-dues"
              calm="本月党费已收齐"
              split={`人 · ${thousands(county.duesUnpaidBranches)} 个支部`}
              then={<Change by={county.duesUnpaid - county.duesUnpaidYesterday} />}
            />
            <Counter
              label="换届到期"
              level={3}
              grave={grave.term}
              freshness={term}
              value={county.termDue}
              testid="counter-term"
              calm="90 天内无换届到期"
              split={`个 · 逾期 ${county.termOverdue}`}
              then={<>90 天内另有 {county.termSoon}</>}
            />
          </div>
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
              <bdi>{organization?.name ?? row.organization}</bdi>
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
