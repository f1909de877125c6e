/** The pulse of every organisation, with its rank and tier among the others. Pure. */
import type { Row } from '../../../protocol/board.ts'
import type { Judged } from '../judge.ts'
import { ranksOf } from '../ranking.ts'
import { tierOf, tierScaleOf, type TierThresholds } from '../tiers.ts'

export function branchRows(
  judged: ReadonlyMap<string, Judged>,
  tiers: TierThresholds,
): readonly Row<'branches'>[] {
  const all = [...judged.values()]
  const ranks = ranksOf(all.map((each) => each.points))
  const ranksBefore = ranksOf(all.map((each) => each.pointsBefore))
  const inTiers = all.filter((each) => each.isJudged && each.hasMonth).map((each) => each.points)
  const tierRanks = ranksOf(inTiers)
  const scale = tierScaleOf(inTiers, tiers)
  return [...judged].map(([id, each]) => {
    const { state, members, silentDays, level, points, reason } = each
    const rank = tierRanks.get(points) ?? Infinity
    return {
      id,
      state,
      members,
      silentDays,
      level,
      activeToday: each.activitiesToday > 0,
      points,
      rank: ranks.get(points) ?? 1,
      rankBefore: ranksBefore.get(each.pointsBefore) ?? 1,
      reason,
      tier: each.isJudged && each.hasMonth ? tierOf({ points, rank, level }, scale) : 'none',
    }
  })
}
