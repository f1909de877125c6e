/** Figures of the board under flat names: what a headline, a metric or a test asks for. */
import type { Board } from '../../protocol/board.ts'

/** Zeros where the board has no county row yet. Rates are 0 … 1. */
export function figuresOf(board: Board): Record<string, number> {
  const county = [...board.county.values()][0]
  const warnings = (rule: string) =>
    [...board.warnings.values()].filter((row) => row.rule === rule).length
  const live = new Set([...board.streams.values()].map((row) => row.organization))
  return {
    organizations: county?.organizations ?? 0,
    members: county?.members ?? 0,
    townships: board.townships.size,
    'branches.online': county?.online ?? 0,
    'branches.silent': county?.silent ?? 0,
    'branches.silent60': county?.silent60 ?? 0,
    'branches.silent90': county?.silent90 ?? 0,
    'activities.today': county?.activitiesToday ?? 0,
    'activities.yesterday': county?.activitiesYesterday ?? 0,
    'meetings.rate': county?.meetingsRate ?? 0,
    'warnings.silence': warnings('silence'),
    'warnings.dues': warnings('dues'),
    'warnings.term': warnings('term'),
    'dues.unpaid': county?.duesUnpaid ?? 0,
    'term.overdue': county?.termOverdue ?? 0,
    'term.soon': county?.termSoon ?? 0,
    'floating.members': county?.floatingMembers ?? 0,
    'floating.committees': county?.floatingCommittees ?? 0,
    'floating.branches': county?.floatingBranches ?? 0,
    streams: county?.streams ?? 0,
    /** Organisations with a stream up. */
    'villages.live': live.size,
    'study.learnersToday': county?.learnersToday ?? 0,
    'study.minutesPerMemberMonth': county?.minutesPerMemberMonth ?? 0,
    'points.month': [...board.branches.values()].reduce((sum, row) => sum + row.points, 0),
    'orders.year': county?.ordersYear ?? 0,
    'orders.closedYear': county?.ordersClosedYear ?? 0,
    'tiers.gold': county?.gold ?? 0,
    'tiers.silver': county?.silver ?? 0,
    'tiers.yellow': county?.yellow ?? 0,
    'tiers.black': county?.black ?? 0,
  }
}
