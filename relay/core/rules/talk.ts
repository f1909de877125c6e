/** 谈心谈话: at least once a year, 《中国共产党支部工作条例(试行)》; the number of the article has not been checked, so it stays off the screen. */
import { findMissed, Missed, missedDefaults, year } from './periods.ts'
import { rule } from './rule.ts'

export const talk = rule({
  article: () => '《中国共产党支部工作条例(试行)》关于谈心谈话的规定',
  thresholds: Missed,
  defaults: missedDefaults,
  isForBranches: true,
  find: (facts, thresholds) => findMissed('talk', year, facts, thresholds),
})
