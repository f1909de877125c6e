/**
 * 金榜 银榜 黄榜 黑榜: a local rule, configurable. Black: silent into the red.
 * Yellow: silent, or far below the median. Gold and silver: the top by points
 * among the rest. Others are on no list; so is a branch founded this month.
 */
import type { Tier } from '../../protocol/board.ts'
import type { Standings } from './ranking.ts'
import type { SilenceLevel } from './silence.ts'

export interface TierThresholds {
  /** Shares of all judged branches, counted from the top. */
  readonly goldShare: number
  readonly silverShare: number
  /** Yellow below this share of the median points. */
  readonly yellowBelowMedian: number
}

export const tierDefaults: TierThresholds = {
  goldShare: 0.1,
  silverShare: 0.25,
  yellowBelowMedian: 0.2,
}

/** What a tier is judged by. */
export interface TierFacts {
  readonly points: number
  /** Among the judged branches. */
  readonly rank: number
  readonly level: SilenceLevel
}

export interface TierScale {
  readonly goldRank: number
  readonly silverRank: number
  readonly yellowBelow: number
}

/** Made once for all judged branches, of their points. A county of any size has room for one gold. */
export function tierScaleOf(standings: Standings, thresholds = tierDefaults): TierScale {
  const goldRank = Math.max(1, Math.floor(standings.size() * thresholds.goldShare))
  return {
    goldRank,
    silverRank: goldRank + Math.floor(standings.size() * thresholds.silverShare),
    yellowBelow: standings.median() * thresholds.yellowBelowMedian,
  }
}

export function tierOf({ points, rank, level }: TierFacts, scale: TierScale): Tier {
  if (level === 4) return 'black'
  if (level > 0 || points < scale.yellowBelow) return 'yellow'
  if (points <= 0) return 'none'
  if (rank <= scale.goldRank) return 'gold'
  return rank <= scale.silverRank ? 'silver' : 'none'
}
