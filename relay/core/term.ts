/**
 * 换届: the term of office of a village or community branch is five years, of
 * others three: 《中国共产党支部工作条例(试行)》(2018) Art. 21. The platform
 * gives the last day of the term; a postponement is at most a year:
 * 《中国共产党基层组织选举工作条例》 Art. 3.
 */
export interface TermThresholds {
  /** A term that ends within this many days is announced. */
  readonly soonDays: number
}

export const termDefaults: TermThresholds = { soonDays: 90 }
export const termArticle = '《中国共产党支部工作条例(试行)》第二十一条'

export type TermState = 'soon' | 'overdue'

/** `daysLeft` until the last day of the term; negative after it. On the last day itself the term still runs. */
export function termStateOf(daysLeft: number, { soonDays } = termDefaults): TermState | undefined {
  if (daysLeft < 0) return 'overdue'
  return daysLeft <= soonDays ? 'soon' : undefined
}

/** 1 attention before the end, 3 orange after it, 4 red once even a postponed term is over. */
export function termLevelOf(daysLeft: number): 1 | 3 | 4 {
  if (daysLeft >= 0) return 1
  return daysLeft < -366 ? 4 : 3
}
