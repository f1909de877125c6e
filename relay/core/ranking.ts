/** 积分排名: rank by the month's points, from 1; equal points share a rank (1, 1, 3). A local rule. */

/** How many have each number of points, kept up by the difference: a division of any size has few numbers of points. */
export interface Standings {
  count(points: number, sign: 1 | -1): void
  size(): number
  /** Rank of each number of points that occurs. */
  ranks(): ReadonlyMap<number, number>
  /** 0 where nobody stands. */
  median(): number
}

export function createStandings(points: Iterable<number> = []): Standings {
  const counts = new Map<number, number>()
  let size = 0

  function count(points: number, sign: 1 | -1): void {
    const left = (counts.get(points) ?? 0) + sign
    if (left === 0) counts.delete(points)
    else counts.set(points, left)
    size += sign
  }
  for (const each of points) count(each, 1)

  /** From the most points down. */
  const descending = (): readonly (readonly [points: number, count: number])[] =>
    [...counts].sort(([a], [b]) => b - a)

  return {
    count,
    size: () => size,
    ranks() {
      const ranks = new Map<number, number>()
      let rank = 1
      for (const [points, count] of descending()) {
        ranks.set(points, rank)
        rank += count
      }
      return ranks
    },
    median() {
      const order = descending()
      const at = (index: number): number => {
        let before = 0
        return order.find(([, count]) => (before += count) > index)?.[0] ?? 0
      }
      return (at(Math.ceil(size / 2) - 1) + at(Math.floor(size / 2))) / 2
    },
  }
}
