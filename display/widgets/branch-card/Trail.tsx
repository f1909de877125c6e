/** 预警 with the article that it rests on, and 留痕: how the latest activity went through its reviews. */
import { useMemo } from 'react'
import type { BranchDetail } from '../../../protocol/branch.ts'
import { instantMs, localDay } from '../../../protocol/time.ts'
import { useTable } from '../../board.ts'
import { clockTime, useFreshness } from '../../freshness.ts'
import { Seal, type SealVariant } from '../../parts/Seal.tsx'
import { WarningMark } from '../../parts/WarningMark.tsx'
import { dutyNames, ruleNames } from '../../warning-words.ts'
import { formNames, shortDay } from '../../words.ts'
import { Panel } from '../panel/Panel.tsx'
import { Missing, type Part } from './CardBody.tsx'

const warningsMost = 2
const stepsMost = 3

export function WarningsPanel({ organization }: { readonly organization: string }) {
  const warnings = useTable('warnings')
  const freshness = useFreshness('activities')
  const own = useMemo(
    () =>
      [...warnings.values()]
        .filter((warning) => warning.organization === organization)
        .sort((a, b) => b.level - a.level || (a.raisedOn < b.raisedOn ? -1 : 1)),
    [warnings, organization],
  )
  return (
    <Panel
      title="预警与依据"
      note={own.length > warningsMost ? `共 ${own.length} 条` : undefined}
      freshness={freshness}
      testid="card-warnings"
    >
      {own.length === 0 ? (
        <p className="card-calm">没有预警</p>
      ) : (
        <ul>
          {own.slice(0, warningsMost).map((warning) => (
            <li key={warning.id} className="card-warning" data-testid="card-warning">
              <WarningMark level={warning.level} />
              <span>{ruleNames[warning.rule]}</span>
              <small>{warning.article}</small>
              <em>
                {shortDay(warning.raisedOn)}起 · {dutyNames[warning.duty]}
              </em>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

type Activity = BranchDetail['activities'][number]

const stepSeals = { started: '开', submitted: '传', township: '初', county: '终' } as const
const stepNames = {
  started: '支部开展',
  submitted: '支部上传',
  township: '镇党委初审',
  county: '县委终审',
} as const

interface Line {
  readonly key: string
  readonly char: string
  readonly variant: SealVariant
  readonly title: string
  readonly note: string
  readonly at: string
}

/** What was done, and the review that is waited for. */
export function linesOf(activity: Activity, today: string): readonly Line[] {
  const signed = activity.expected > 0 ? `签到 ${activity.present}/${activity.expected}` : ''
  const done = activity.steps.map(({ step, verdict, at }, index): Line => {
    const isReturned = verdict === 'returned'
    const day = localDay(instantMs(at))
    return {
      key: `${step}-${index}`,
      char: isReturned ? '退' : stepSeals[step],
      variant: isReturned ? 'returned' : 'done',
      title: stepNames[step],
      note: verdict === null ? signed : isReturned ? '退回补充' : '通过',
      at: day === today ? clockTime(instantMs(at)) : shortDay(day),
    }
  })
  const waiting =
    activity.countyReview === 'pending'
      ? 'county'
      : activity.townshipReview === 'pending'
        ? 'township'
        : null
  if (waiting !== null)
    done.push({
      key: waiting,
      char: stepSeals[waiting],
      variant: 'now',
      title: stepNames[waiting],
      note: '',
      at: '审核中',
    })
  return done.slice(-stepsMost)
}

export function TrailPanel({ detail, told, freshness }: Part) {
  const [latest] = detail?.activities ?? []
  const lines = latest === undefined || detail === null ? [] : linesOf(latest, detail.day)
  return (
    <Panel
      title="审核留痕"
      note={
        latest === undefined
          ? undefined
          : `${formNames[latest.form]} · ${shortDay(localDay(instantMs(latest.at)))}`
      }
      freshness={freshness}
      testid="card-trail"
    >
      {latest === undefined ? (
        <Missing told={told} empty="还没有活动" />
      ) : lines.length === 0 ? (
        <p className="card-calm">{latest.title}</p>
      ) : (
        <ol>
          {lines.map(({ key, char, variant, title, note, at }) => (
            <li key={key} className="card-step" data-testid="card-step">
              <Seal char={char} variant={variant} />
              <span>{title}</span>
              <small>{note}</small>
              <em className={at === '审核中' ? 'is-now' : ''}>{at}</em>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
