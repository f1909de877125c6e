/** The pulse of every organisation, with its rank and tier among the others: made anew where it changed. Pure. */
import type { Row } from '../../../protocol/board.ts'
import type { Judged } from '../judge.ts'
import { createStandings } from '../ranking.ts'
import { tierOf, tierScaleOf, type TierScale, type TierThresholds } from '../tiers.ts'

export interface Pulses {
  /** An organisation is judged otherwise than before; undefined where it is not on the board. */
  move(id: string, before: Judged | undefined, now: Judged | undefined): void
  /** Puts every row that is not as it was put last, and some that are, in steps; false when nothing moved. */
  put(
    judged: ReadonlyMap<string, Judged>,
    put: (row: Row<'branches'>) => void,
  ): Generator<void, boolean>
  /** Those that have points, from the first rank down, so many at most; of equals the lowest id first. As last put. */
  leaders(judged: ReadonlyMap<string, Judged>, most: number): readonly string[]
}

type Ranks = ReadonlyMap<number, number>

/** What a row takes from the others. */
interface Others {
  readonly ranks: Ranks
  readonly ranksBefore: Ranks
  readonly tierRanks: Ranks
  readonly scale: TierScale
}

/** Rows that are looked at in one step. */
const stepRows = 1_000

const isInTiers = (each: Judged): boolean => each.isJudged && each.hasMonth

export function createPulses(thresholds: TierThresholds): Pulses {
  const points = createStandings()
  const pointsBefore = createStandings()
  const inTiers = createStandings()
  const moved = new Set<string>()
  let shown = others()

  function others(): Others {
    return {
      ranks: points.ranks(),
      ranksBefore: pointsBefore.ranks(),
      tierRanks: inTiers.ranks(),
      scale: tierScaleOf(inTiers, thresholds),
    }
  }

  function count(each: Judged, sign: 1 | -1): void {
    points.count(each.points, sign)
    pointsBefore.count(each.pointsBefore, sign)
    if (isInTiers(each)) inTiers.count(each.points, sign)
  }

  return {
    move(id, before, now) {
      if (before !== undefined) count(before, -1)
      if (now !== undefined) count(now, 1)
      moved.add(id)
    },
    *put(judged, put) {
      if (moved.size === 0) return false
      const now = others()
      const isAsBefore = comparison(shown, now)
      let looked = 0
      for (const id of isAsBefore === 'all' ? moved : judged.keys()) {
        const each = judged.get(id)
        if (each === undefined) continue
        if (isAsBefore === 'all' || moved.has(id) || !isAsBefore(each)) put(rowOf(id, each, now))
        looked += 1
        if (looked % stepRows === 0) yield
      }
      moved.clear()
      shown = now
      return true
    },
    leaders(judged, most) {
      const found: { readonly id: string; readonly rank: number }[] = []
      for (const [id, each] of judged) {
        const rank = shown.ranks.get(each.points) ?? Infinity
        if (rank <= most && each.points > 0) found.push({ id, rank })
      }
      found.sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
      return found.slice(0, most).map(({ id }) => id)
    },
  }
}

/** Whether an organisation takes the same from the others as before; `all`: every one does. */
function comparison(before: Others, now: Others): 'all' | ((each: Judged) => boolean) {
  const isSameScale =
    before.scale.goldRank === now.scale.goldRank &&
    before.scale.silverRank === now.scale.silverRank &&
    before.scale.yellowBelow === now.scale.yellowBelow
  if (!isSameScale) return () => false
  const points = new Set([
    ...differing(before.ranks, now.ranks),
    ...differing(before.tierRanks, now.tierRanks),
  ])
  const pointsBefore = differing(before.ranksBefore, now.ranksBefore)
  if (points.size + pointsBefore.size === 0) return 'all'
  return (each) => !points.has(each.points) && !pointsBefore.has(each.pointsBefore)
}

/** Points that have another rank than before. */
function differing(before: Ranks, now: Ranks): ReadonlySet<number> {
  const found = new Set<number>()
  for (const [points, rank] of now) if (before.get(points) !== rank) found.add(points)
  return found
}

function rowOf(id: string, each: Judged, others: Others): Row<'branches'> {
  const { state, members, silentDays, level, points, reason } = each
  const rank = others.tierRanks.get(points) ?? Infinity
  return {
    id,
    state,
    members,
    silentDays,
    level,
    activeToday: each.activitiesToday > 0,
    points,
    rank: others.ranks.get(points) ?? 1,
    rankBefore: others.ranksBefore.get(each.pointsBefore) ?? 1,
    reason,
    tier: isInTiers(each) ? tierOf({ points, rank, level }, others.scale) : 'none',
  }
}
