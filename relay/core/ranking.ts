/** 积分排名: rank by the month's points, from 1; equal points share a rank (1, 1, 3). A local rule. */

/** Rank of each number of points that occurs. */
export function ranksOf(points: readonly number[]): ReadonlyMap<number, number> {
  const ranks = new Map<number, number>()
  const descending = Float64Array.from(points).sort().reverse()
  descending.forEach((each, index) => {
    if (!ranks.has(each)) ranks.set(each, index + 1)
  })
  return ranks
}
