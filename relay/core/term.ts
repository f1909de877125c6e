/**
 * 换届. How long a term of office is: of village and community branches five years, of other branches three,
 * 《中国共产党支部工作条例(试行)》(2018) Art. 21; of committees five, of general branches three, of any in a village or
 * community five, 《关于党的基层组织任期的意见》(2018). A postponement needs approval and is at most a year,
 * 《中国共产党基层组织选举工作条例》 Art. 3.
 */
import type { Recorded } from './state.ts'
import { yearsAfter } from './calendar.ts'
import { dayNumberOf } from './dates.ts'

export interface TermThresholds {
  /** A term that ends within this many days is announced. */
  readonly soonDays: number
  /** Years of a term of office. */
  readonly committeeYears: number
  readonly villageYears: number
  readonly otherYears: number
}

export const termDefaults: TermThresholds = {
  soonDays: 90,
  committeeYears: 5,
  villageYears: 5,
  otherYears: 3,
}
export const termArticle =
  '《中国共产党支部工作条例(试行)》第二十一条、《关于党的基层组织任期的意见》、《中国共产党基层组织选举工作条例》第三条'

/** Day numbers. */
export interface Term {
  /** The last day, an approved postponement included. */
  readonly endsOn: number
  /** The last day to which the term may be postponed at all. */
  readonly latestOn: number
}

/** No postponement is longer. */
const postponedYears = 1

/**
 * The term of office that runs, or has ended without an election. A last day that the platform tells holds, but no longer
 * than the years since the election that it tells. Where it tells neither, the first term is counted from the founding, but
 * only of an organisation that was on record while that term ran: of the elections before, nothing is known. `onRecordSince`
 * is the day number on which it was first told of.
 */
export function termOf(
  recorded: Recorded,
  onRecordSince: number,
  thresholds: TermThresholds = termDefaults,
): Term | undefined {
  const { termEndsOn, electedOn, termPostponedTo, foundedOn } = recorded
  const years = yearsOf(recorded, thresholds)
  const told = termEndsOn === undefined ? Infinity : dayNumberOf(termEndsOn)
  const elected = electedOn === undefined ? Infinity : yearsAfter(dayNumberOf(electedOn), years)
  const known = Math.min(told, elected)
  const end = known < Infinity ? known : yearsAfter(dayNumberOf(foundedOn), years)
  if (known === Infinity && onRecordSince > end) return undefined
  const latestOn = yearsAfter(end, postponedYears)
  const postponed = termPostponedTo === undefined ? end : dayNumberOf(termPostponedTo)
  return { endsOn: Math.min(Math.max(end, postponed), latestOn), latestOn }
}

function yearsOf({ kind, village }: Recorded, thresholds: TermThresholds): number {
  if (village !== undefined) return thresholds.villageYears
  return kind === 'committee' ? thresholds.committeeYears : thresholds.otherYears
}

export type TermState = 'soon' | 'overdue'

/** On its last day the term still runs. */
export function termStateOf(
  { endsOn }: Term,
  day: number,
  { soonDays }: TermThresholds = termDefaults,
): TermState | undefined {
  if (day > endsOn) return 'overdue'
  return endsOn - day <= soonDays ? 'soon' : undefined
}

/** 1 attention before the end, 3 orange after it, 4 red once even the longest postponement is over. */
export function termLevelOf({ endsOn, latestOn }: Term, day: number): 1 | 3 | 4 {
  if (day <= endsOn) return 1
  return day > latestOn ? 4 : 3
}
