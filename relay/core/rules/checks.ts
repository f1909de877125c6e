/**
 * What a platform counts of its members (失联, 外出, 学时, 党费标准 …): since when it has held, from check to check.
 * A warning stands from the first check that found somebody until one finds nobody; a day is what its last check says.
 */
import { dayOf } from '../dates.ts'
import type { Entries } from '../register.ts'

export interface Standing<T> {
  readonly amount: number
  /** Day number of the first check in a row that found so many. */
  readonly since: number
  readonly data: T
}

/** Undefined where the last check found fewer than `from`, and where there was none. */
export function standing<T>(
  checks: Entries<T>,
  countOf: (data: T) => number,
  from = 1,
): Standing<T> | undefined {
  const last = checks.at(-1)
  if (last === undefined || countOf(last.value) < from) return undefined
  let since = dayOf(last.at)
  for (const { at, value } of checks.toReversed()) {
    const day = dayOf(at)
    if (day === since) continue
    if (countOf(value) < from) break
    since = day
  }
  return { amount: countOf(last.value), since, data: last.value }
}
