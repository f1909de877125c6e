/**
 * The months of which any payment of dues is told, in a whole division. A platform that says nothing of dues makes nobody
 * a debtor, and one that joined in September says nothing of August. Pure.
 */
import { monthOfKey, monthNumberOf } from './dues.ts'
import type { State } from './state.ts'
import { countDay, createDayCounts } from './tally.ts'

export interface DuesMonths {
  /** `sign` −1 takes back. `month` as `2026-06`. */
  tell(month: string, sign: 1 | -1): void
  /** The first, as a number of `monthNumberOf`; undefined while none is told. */
  first(): number | undefined
}

export function createDuesMonths(state: State): DuesMonths {
  const months = createDayCounts()
  for (const { dues } of state.organizations.values())
    for (let at = 0; at < dues.length; at += 3)
      for (let told = dues[at + 2] ?? 0; told > 0; told -= 1)
        countDay(months, monthOfKey(dues[at] ?? 0), 1)
  return {
    tell: (month, sign) => countDay(months, monthNumberOf(month), sign),
    first: () => months.days[0],
  }
}
