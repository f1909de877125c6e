/** The newest few of many facts, or the first by another order, without looking at the many each time. Pure. */
import type { FactGroup } from './domain.ts'
import { isBefore, type Told } from './facts.ts'

export interface Newest<G extends FactGroup> {
  move(before: Told<G> | undefined, now: Told<G> | undefined): void
  /** The first by the order first. `all` is walked only when too many of the known ones went. */
  list(all: () => Iterable<Told<G>>): readonly Told<G>[]
}

/** So many more are known than are shown, so that one that goes is seldom missed. */
const reserve = 4

export function createNewest<G extends FactGroup>(
  limit: number,
  isMeant: (fact: Told<G>) => boolean,
  isBehind: (a: Told<G>, b: Told<G>) => boolean = isBefore,
): Newest<G> {
  /** In that order; whatever is not in it is behind its last. */
  let known: Told<G>[] = []
  let isWhole = true

  function insert(fact: Told<G>): void {
    const index = known.findIndex((each) => isBehind(each, fact))
    if (index >= 0) known.splice(index, 0, fact)
    else if (isWhole) known.push(fact)
    if (known.length <= limit * reserve) return
    known.pop()
    isWhole = false
  }
  return {
    move(before, now) {
      if (before !== undefined) {
        const index = known.findIndex(({ key }) => key === before.key)
        if (index >= 0) known.splice(index, 1)
      }
      if (now !== undefined && isMeant(now)) insert(now)
    },
    list(all) {
      if (known.length < limit && !isWhole) {
        known = []
        isWhole = true
        for (const fact of all()) if (isMeant(fact)) insert(fact)
      }
      return known.slice(0, limit)
    },
  }
}
