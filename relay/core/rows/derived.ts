/** Every table that is made anew as a whole when what it is made of changed. */
import type { domainTables } from '../../../protocol/board-domain.ts'
import type { Draft } from '../draft.ts'
import { cases, caseStages, categories, durations, grids } from './cases.ts'
import { daily } from './daily.ts'
import type { Derivation, DerivationFacts, Ingredient } from './derivation.ts'
import { basics, communities } from './ledger.ts'
import { goods, honours, programmes, scores, transfers } from './members.ts'
import { orders } from './orders.ts'
import { intakes, prices, services, stations, teams } from './places.ts'

/** `studies` moves organisation by organisation: see core.ts. */
type Derived = Exclude<keyof typeof domainTables, 'studies'> | 'orders'

const derivations: { readonly [T in Derived]: Derivation<T> } = {
  orders,
  caseStages,
  cases,
  grids,
  categories,
  durations,
  intakes,
  stations,
  communities,
  teams,
  basics,
  daily,
  goods,
  transfers,
  honours,
  scores,
  programmes,
  prices,
  services,
}
const names = Object.keys(derivations) as Derived[]

/** `stale` undefined: everything, as on a new day. */
export function putDerived(
  draft: Draft,
  facts: DerivationFacts,
  stale: ReadonlySet<Ingredient> | undefined,
): void {
  for (const name of names) {
    putOne(draft, name, facts, stale)
  }
}

function putOne<T extends Derived>(
  draft: Draft,
  name: T,
  facts: DerivationFacts,
  stale: ReadonlySet<Ingredient> | undefined,
): void {
  const { of, rows }: Derivation<T> = derivations[name]
  if (stale === undefined || of.some((each) => stale.has(each))) draft.replace(name, rows(facts))
}
