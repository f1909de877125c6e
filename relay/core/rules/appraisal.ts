/** 民主评议党员: generally once a year, 《中国共产党支部工作条例(试行)》 Art. 18. */
import { findMissed, Missed, missedDefaults, year } from './periods.ts'
import { rule } from './rule.ts'

export const appraisal = rule({
  article: () => '《中国共产党支部工作条例(试行)》第十八条',
  thresholds: Missed,
  defaults: missedDefaults,
  isForBranches: true,
  find: (facts, thresholds) => findMissed('appraisal', year, facts, thresholds),
})
