/** How old a figure is that one platform reports with this feed and another with that. */
import type { Feed } from '../../protocol/events.ts'
import { useWall } from '../board.ts'
import { useFreshness, type Freshness } from '../freshness.ts'

/** Of the first of the feeds that anyone reports here. */
export function useFirstFreshness(first: Feed, ...others: readonly Feed[]): Freshness {
  const feed = useWall((state) => {
    const told = new Set([...state.board.sources.values()].map((source) => source.feed))
    return [first, ...others].find((each) => told.has(each)) ?? first
  })
  return useFreshness(feed)
}
