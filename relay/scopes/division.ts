/** One division with facts of its own: its core, and its board as last published. */
import { createCore, loadCore } from '../core/core.ts'
import type { Effect } from '../core/ledger.ts'
import type { RosterRow } from '../core/roster.ts'
import type { RulesConfig } from '../core/rules/config.ts'
import { createVersioned, nothing, type RowChange, type Versioned } from './versioned.ts'

/** A change that was put on a board. */
export interface Published extends RowChange {
  /** The version before. */
  readonly base: number
  readonly version: number
}

/** Which event had an effect: its ordinal, and when it was received in ms. */
export interface Cause {
  readonly ordinal: number
  readonly atMs: number
}

export interface Division {
  readonly code: string
  published(): Versioned
  fold(effect: Effect, cause: Cause): void
  /** Puts on the board what was folded. Undefined when that was nothing. */
  publish(): Published | undefined
  /** After a replay: puts everything on a board on which no row counts as changed. */
  begin(): void
  roster(): readonly RosterRow[]
  save(): SavedDivision
}

export interface SavedDivision extends Cause {
  readonly code: string
  readonly core: unknown
}

/** Throws `RangeError` when another reducer saved it. */
export function createDivision(code: string, rules: RulesConfig, saved?: SavedDivision): Division {
  const core =
    saved === undefined
      ? createCore({ county: code, rules })
      : loadCore(saved.core, { county: code, rules })
  /** The board's version and clock: equal for equal logs, whenever it is published. */
  let last: Cause = saved ?? { ordinal: 0, atMs: 0 }
  let published = createVersioned(nothing, 0)
  return {
    code,
    published: () => published,
    fold(effect, cause) {
      core.fold(effect)
      last = { ordinal: cause.ordinal, atMs: Math.max(last.atMs, cause.atMs) }
    },
    publish() {
      if (last.ordinal === published.version()) return undefined
      const change = core.changes(last.atMs)
      return { ...change, base: published.put(change, last.ordinal), version: last.ordinal }
    },
    begin() {
      published = createVersioned(core.changes(last.atMs), last.ordinal)
    },
    roster: () => core.roster(),
    save: () => ({ code, ...last, core: core.save() }),
  }
}
