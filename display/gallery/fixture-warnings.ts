/** Warnings of the gallery's county: of each silent branch, of dues and terms, and what was cleared and is to come. */
import type { Puts } from '../../protocol/frames.ts'
import type { Row } from '../../protocol/board.ts'
import { dayNumber, dayOfNumber } from '../../protocol/time.ts'

const stages = ['raised', 'reminded', 'acknowledged', 'rectified'] as const

/** `today` as 2026-06-18. */
export function warningTables(
  branches: readonly Row<'branches'>[],
  today: string,
): Pick<Puts, 'warnings' | 'cleared' | 'thresholds' | 'foresight' | 'floods'> {
  const silent = branches.filter(({ level }) => level > 0)
  const dues = branches.filter((_, index) => index % 27 === 5)
  const term = branches.filter((_, index) => index % 71 === 9)
  return {
    warnings: [
      ...silent.map((branch, index) =>
        warning(branch.id, 'silence', branch.level as 2 | 3 | 4, branch.silentDays, index, today),
      ),
      ...dues.map((branch, index) => warning(branch.id, 'dues', 2, 2 + (index % 9), index, today)),
      ...term.map((branch, index) =>
        warning(branch.id, 'term', index < 3 ? 3 : 2, index < 3 ? -(9 + index * 20) : 40, 0, today),
      ),
    ],
    cleared: Array.from({ length: 9 }, (_, index) => ({
      id: `cleared-${index}`,
      rule: 'silence' as const,
      organization: branches[index * 11]?.id ?? '',
      raisedOn: dayOfNumber(dayNumber(today) - 25 - index),
      remindedBy: 'township' as const,
      remindedAt: `${dayOfNumber(dayNumber(today) - 24 - index)}T09:00:00+08:00`,
      acknowledgedBy: null,
      acknowledgedAt: null,
      rectifiedBy: null,
      rectifiedAt: null,
      clearedBy: 'activity' as const,
      clearedAt: `${dayOfNumber(dayNumber(today) - index * 3)}T19:00:00+08:00`,
      cause: `x-${index}`,
      clearedOn: dayOfNumber(dayNumber(today) - index * 3),
      reminders: 1,
      hoursToAction: 12 + index * 20,
    })),
    foresight: [9, 14, 13, 21, 34, 18, 47, 12, 9, 26, 38, 31].map((organizations, index) => {
      const month = new Date(Date.UTC(2026, 5 + index, 1)).toISOString().slice(0, 7)
      return { id: `term/${month}`, rule: 'term' as const, on: month, organizations, first: [] }
    }),
    floods: [],
    thresholds: [
      {
        id: '431128',
        silenceFromDays: [31, 60, 90],
        collectedHours: 24,
        verifiedHours: 24,
        dispatchedHours: 72,
        termSoonDays: 90,
      },
    ],
  }
}

function warning(
  organization: string,
  rule: 'silence' | 'dues' | 'term',
  level: 2 | 3 | 4,
  amount: number,
  index: number,
  today: string,
): Row<'warnings'> {
  const stage = stages[index % stages.length] ?? 'raised'
  const at = (days: number) => `${dayOfNumber(dayNumber(today) - days)}T09:00:00+08:00`
  return {
    id: `${rule}/${organization}`,
    rule,
    organization,
    level,
    amount,
    raisedOn: dayOfNumber(dayNumber(today) - 20),
    stage,
    duty: level === 4 ? 'county' : level === 3 ? 'township' : 'branch',
    reminders: stage === 'raised' ? 0 : 1 + (index % 3),
    remindedBy: stage === 'raised' ? null : level === 4 ? 'county' : 'township',
    remindedAt: stage === 'raised' ? null : at(3),
    acknowledgedBy: stage === 'acknowledged' || stage === 'rectified' ? 'branch' : null,
    acknowledgedAt: stage === 'acknowledged' || stage === 'rectified' ? at(2) : null,
    rectifiedBy: stage === 'rectified' ? 'branch' : null,
    rectifiedAt: stage === 'rectified' ? at(1) : null,
    article: '本地规则:连续超过30天未开展组织生活',
  }
}
