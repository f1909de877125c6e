/** How a table of the board is made of what was told. */
import type { Row, TableName } from '../../../protocol/board.ts'
import type { DomainIndex } from '../domain-index.ts'
import type { FactGroup, PipelineName } from '../domain.ts'
import type { HeldIndex } from '../held.ts'
import type { RulesConfig } from '../rules/config.ts'
import type { State } from '../state.ts'

export interface DerivationFacts {
  /** Division code. */
  readonly county: string
  /** Day number of the board, and the instant within it, to the minute. */
  readonly day: number
  readonly asOfMs: number
  readonly state: State
  readonly index: DomainIndex
  readonly held: HeldIndex
  readonly rules: RulesConfig
  /** Branches on the board. */
  readonly branches: number
}

/** What a table has to be made anew for, besides a new day. */
export type Ingredient =
  FactGroup | PipelineName | 'sums' | 'study' | 'held' | 'branches' | 'minute'

export interface Derivation<T extends TableName> {
  readonly of: readonly Ingredient[]
  readonly rows: (facts: DerivationFacts) => readonly Row<T>[]
}

/** A row's id of a thing that is told by its source and its own id: neither holds a space. */
export const idOf = (key: string): string => key.replace('\n', ' ')
