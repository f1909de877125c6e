/** What a rule is: the facts that it may look at, and what it finds. */
import type { Static, TObject } from 'typebox'
import type { ActivityForm, EventData } from '../../../protocol/events.ts'
import type { Entries } from '../register.ts'
import type { Term } from '../term.ts'

/** In the order in which they were told. */
export type Checks = Entries<EventData<'members.checked'>>
export type DuesChecks = Entries<EventData<'dues.checked'>>

/** One organisation as of a day. Days are day numbers; a rule never looks past `day`. */
export interface RuleFacts {
  readonly day: number
  /** Activities are known up to this day; earlier than `day` while the platform is silent. */
  readonly reportedDay: number
  readonly foundedOn: number
  /** The first day that anything is known of; what was before, nobody has missed. */
  readonly knownFrom: number
  readonly members: number
  /** Party groups (党小组). */
  readonly groups: number
  /** Days since the last activity of any form. */
  readonly silentDays: number
  /** The last day not after `before` on which the form was held and counted. */
  lastHeld(form: ActivityForm | 'any', before: number): number | undefined
  readonly unpaid: number
  /** Undefined where nothing is known of it. */
  readonly term: Term | undefined
  /** What the platform found of its members by the long periods, in the order in which it was told. */
  readonly checks: Checks
  /** How what its members are set to pay stood to the standard, in the same order. */
  readonly duesChecks: DuesChecks
}

export interface Finding {
  /** 1 attention, 2 yellow, 3 orange, 4 red. */
  readonly level: 1 | 2 | 3 | 4
  /** Days, months, members …: what the rule counts. */
  readonly amount: number
  /** Day number on which the warning was raised. */
  readonly since: number
}

export interface Rule<S extends TObject = TObject> {
  /** The text that it rests on, as shown under 依据. */
  article(thresholds: Static<S>): string
  /** What a county may set, and what holds where it sets nothing. */
  readonly thresholds: S
  readonly defaults: Static<S>
  /** Branches only: committees act through their branches. */
  readonly isForBranches: boolean
  find(facts: RuleFacts, thresholds: Static<S>): Finding | undefined
}

/** Keeps the type of a rule's thresholds together with its functions. */
export function rule<S extends TObject>(definition: Rule<S>): Rule<S> {
  return definition
}
