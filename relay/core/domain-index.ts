/** Everything told beside organised life, indexed for the board and kept up event by event. Pure. */
import { mostRows } from '../../protocol/board-domain.ts'
import { dayNumberOf, dayOf } from './dates.ts'
import { createDayed, type Dayed } from './dayed.ts'
import { touchedBy, type Domain, type DomainEvent, type FactGroup } from './domain.ts'
import { createFacts, type Facts, type Told } from './facts.ts'
import { createFactTotals, type FactTotals } from './fact-totals.ts'
import { createNewest, type Newest } from './newest.ts'
import { createPipelines, type Pipelines } from './pipelines.ts'
import type { Ingredient } from './rows/derivation.ts'

type NewestGroup = 'goods' | 'honour' | 'listing' | 'item' | 'score'

export interface DomainIndex {
  readonly pipelines: Pipelines
  readonly facts: Facts
  readonly totals: FactTotals
  /** By organisation. */
  readonly uploads: { readonly due: Dayed<string>; readonly done: Dayed<string> }
  /** Entries of the work ledger, by basic. */
  readonly ledger: Dayed<string>
  newest<G extends NewestGroup>(group: G): readonly Told<G>[]
  /** Folds one event by `fold`, and says what has to be made anew. */
  fold(event: DomainEvent, fold: () => void): Ingredient
}

/** An earlier month is behind every score of a later one. */
function hasLess(a: Told<'score'>, b: Told<'score'>): boolean {
  if (a.data.month !== b.data.month) return a.data.month < b.data.month
  return a.data.points < b.data.points || (a.data.points === b.data.points && a.key > b.key)
}

export function createDomainIndex(domain: Domain): DomainIndex {
  const pipelines = createPipelines(domain)
  const facts = createFacts(domain)
  const totals = createFactTotals()
  const uploads = { due: createDayed<string>(), done: createDayed<string>() }
  const ledger = createDayed<string>()
  const newest: { readonly [G in NewestGroup]: Newest<G> } = {
    goods: createNewest<'goods'>(mostRows.goods, () => true),
    honour: createNewest<'honour'>(mostRows.honours, () => true),
    listing: createNewest<'listing'>(mostRows.prices, ({ data }) => data.price !== undefined),
    item: createNewest<'item'>(mostRows.services, ({ data }) => data.isOpen),
    score: createNewest<'score'>(mostRows.scores, () => true, hasLess),
  }

  function note(group: FactGroup, key: string): void {
    const { before, now } = facts.index(group, key)
    totals.move(group, before, now)
    // The facts of a group hold that group's data.
    if (group in newest) (newest[group as NewestGroup] as Newest<FactGroup>).move(before, now)
    if (group === 'uploads') {
      countUpload(before as Told<'uploads'> | undefined, -1)
      countUpload(now as Told<'uploads'> | undefined, 1)
    }
    if (group === 'ledger') {
      countEntry(before as Told<'ledger'> | undefined, -1)
      countEntry(now as Told<'ledger'> | undefined, 1)
    }
  }
  function countUpload(fact: Told<'uploads'> | undefined, sign: 1 | -1): void {
    if (fact === undefined) return
    const day = dayNumberOf(fact.data.day)
    uploads.due.add(fact.subject, day, fact.data.due, sign)
    uploads.done.add(fact.subject, day, fact.data.done, sign)
  }
  function countEntry(fact: Told<'ledger'> | undefined, sign: 1 | -1): void {
    if (fact !== undefined) ledger.add(fact.data.basic, dayOf(fact.at), 1, sign)
  }
  for (const [group, things] of domain.facts) for (const key of things.keys()) note(group, key)

  return {
    pipelines,
    facts,
    totals,
    uploads,
    ledger,
    newest<G extends NewestGroup>(group: G) {
      const of: Newest<G> = newest[group]
      return of.list(() => facts.all(group))
    },
    fold(event, fold) {
      const touched = touchedBy(event)
      if ('pipeline' in touched) {
        const { name, key } = touched.pipeline
        pipelines.index(name, key, -1)
        fold()
        pipelines.index(name, key, 1)
        return name
      }
      fold()
      if (!('fact' in touched)) return 'sums'
      note(touched.fact.group, touched.fact.key)
      return touched.fact.group
    },
  }
}
