/** Events → the figures of the division that they speak for, by the relay's own rules and without a relay. */
import { readFileSync } from 'node:fs'
import { emptyBoard } from '../../protocol/apply.ts'
import type { Event } from '../../protocol/events.ts'
import { sumTotals, type Totals } from '../../protocol/measures.ts'
import { localDay } from '../../protocol/time.ts'
import { createCore, type Core } from '../../relay/core/core.ts'
import { figuresOf } from '../../relay/core/figures.ts'
import { createLedger, resolve } from '../../relay/core/ledger.ts'
import { dayBegan } from '../../relay/scopes/past.ts'

/** A line of what a platform published. */
export interface Published {
  readonly platform: string
  readonly key: string
  readonly op: '=' | '>' | '>=' | '~'
  readonly value: number
  readonly quote: string
}

export const publishedFigures = JSON.parse(
  readFileSync(new URL('../fixtures/figures.json', import.meta.url), 'utf8'),
) as readonly Published[]

/** "Near" is within 2 %. */
export const holds: Readonly<Record<Published['op'], (got: number, wanted: number) => boolean>> = {
  '=': (got, wanted) => Math.abs(got - wanted) < 1e-9,
  '>': (got, wanted) => got > wanted,
  '>=': (got, wanted) => got >= wanted,
  '~': (got, wanted) => Math.abs(got - wanted) <= 0.02 * wanted,
}

/** Reports of feeds are not needed: without them every platform counts as complete. */
export function figuresFrom(events: Iterable<Event>, asOfMs: number): Record<string, number> {
  const cores = new Map<string, Core>()
  const ledger = createLedger()
  /** Only what is revised or taken back is ever asked for. */
  const seen = new Map<string, Event>()
  for (const event of events) {
    let core = cores.get(event.county)
    if (core === undefined) {
      core = createCore({ county: event.county })
      core.fold({ add: dayBegan(localDay(asOfMs)) })
      cores.set(event.county, core)
    }
    core.fold(resolve(ledger, event, (source, id) => seen.get(`${source} ${id}`)))
    seen.set(`${event.source} ${event.id}`, event)
  }
  const rows: Totals[] = []
  for (const core of cores.values()) {
    core.changes(asOfMs)
    rows.push(...core.board().totals.values())
  }
  const board = emptyBoard()
  return figuresOf({ ...board, totals: new Map([['sum', sumTotals('sum', rows)]]) })
}

/** Kinds of which a province published how many there are; what happens meanwhile is not among them. */
const standing: ReadonlySet<Event['kind']> = new Set([
  'organization.recorded',
  'branch.online',
  'station.recorded',
  'service.listed',
])

/**
 * What a province's events add up to, counted plainly: a whole reduction of half a million events takes far longer, and
 * one of them is enough. Corrections and withdrawals are left to that one.
 */
export function plainTotals(events: Iterable<Event>): Record<string, number> {
  const sums: Record<string, number> = {}
  const add = (name: string, amount: number) => {
    sums[name] = (sums[name] ?? 0) + amount
  }
  for (const event of events) {
    if (standing.has(event.kind)) add(event.kind, 1)
    if (event.kind === 'members.counted') {
      add('members', event.data.members)
      add('movedIn', event.data.movedIn ?? 0)
    }
    if (event.kind === 'service.done') add(`done/${event.data.scope}`, event.data.count)
    if (event.kind === 'commerce.listed') add(event.data.kind, 1)
    if (event.kind === 'divisions.counted') {
      add('townships', event.data.townships)
      add('villages', event.data.villages)
    }
  }
  return sums
}
