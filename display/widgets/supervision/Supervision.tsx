/** 督办闭环: how far the handling of the gravest warnings went, in four seals. */
import { useMemo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { BranchName } from '../../parts/BranchName.tsx'
import { useRowCount } from '../../parts/row-count.ts'
import { Seal } from '../../parts/Seal.tsx'
import { WarningMark } from '../../parts/WarningMark.tsx'
import { dutyNames, ruleNames, stepOf, steps, stepsDone } from '../../warning-words.ts'
import { placeOf, shortDay, thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { clearedByActs, middleHours, shownOf } from './rows.ts'
import './supervision.css'

const rowU = 6.9

const spanOf = (hours: number) => (hours < 48 ? `${hours} 小时` : `${Math.round(hours / 24)} 天`)

export function Supervision() {
  const warnings = useTable('warnings')
  const floods = useTable('floods')
  const cleared = useTable('cleared')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const freshness = useFreshness('activities')
  const rowCount = useRowCount(rowU)
  const rows = useMemo(
    () => shownOf({ warnings, floods, organizations }),
    [warnings, floods, organizations],
  )
  const hours = useMemo(() => middleHours(cleared), [cleared])
  const acts = useMemo(() => clearedByActs(cleared), [cleared])
  const note = [
    `在办 ${thousands(warnings.size)}`,
    ...(acts === 0 ? [] : [`30 天销号 ${thousands(acts)}`]),
    ...(hours === null ? [] : [`提醒后 ${spanOf(hours)}见效`]),
  ].join(' · ')
  return (
    <Panel title="督办闭环" note={note} freshness={freshness} testid="supervision">
      {rows.length === 0 ? (
        <Sentence title="没有需要督办的预警" />
      ) : (
        <ol>
          {rows
            .slice(0, rowCount)
            .map((shown) =>
              shown.kind === 'one' ? (
                <One
                  key={shown.warning.id}
                  warning={shown.warning}
                  name={organizations.get(shown.warning.organization)?.name}
                  place={placeOf({ townships }, organizations.get(shown.warning.organization))}
                />
              ) : (
                <Flood
                  key={shown.flood.id}
                  flood={shown.flood}
                  place={townships.get(shown.flood.township)?.name ?? '无乡镇'}
                />
              ),
            )}
        </ol>
      )}
    </Panel>
  )
}

function One({
  warning,
  name,
  place,
}: {
  readonly warning: Row<'warnings'>
  readonly name: string | undefined
  readonly place: string
}) {
  const done = stepsDone(warning)
  return (
    <li className="supervised" data-testid="supervision-row">
      <WarningMark level={warning.level} />
      <BranchName id={warning.organization} name={name ?? warning.organization} place={place} />
      <p className="branch-next">
        <span>{ruleNames[warning.rule]}</span>
        <span>{dutyNames[warning.duty]}</span>
        <span>{stepOf(warning)}</span>
      </p>
      <p className="supervised-seals">
        {steps.map(({ char }, index) => (
          <Seal
            key={char}
            char={char}
            variant={index < done ? 'done' : index === done ? 'now' : 'wait'}
          />
        ))}
      </p>
      <span className="num">{Math.abs(warning.amount)}</span>
    </li>
  )
}

/** Many warnings of one rule, township and day have one cause, and are worked off as one. */
function Flood({ flood, place }: { readonly flood: Row<'floods'>; readonly place: string }) {
  return (
    <li className="supervised" data-testid="supervision-flood">
      <WarningMark level={2} />
      <BranchName name={place} place={`${thousands(flood.warnings)} 个支部同一天触发`} />
      <p className="branch-next">
        <span>{ruleNames[flood.rule]}</span>
        <span>{shortDay(flood.raisedOn)} 起,并作一条</span>
      </p>
      <span className="num">{thousands(flood.warnings)}</span>
    </li>
  )
}
