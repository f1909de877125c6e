/** 党课: the regulation (Art. 16) sets no cadence for a branch; once a quarter is a common local rule. */
import { findMissed, Missed, missedDefaults, quarter } from './periods.ts'
import { rule } from './rule.ts'

export const lecture = rule({
  article: () => '本地规则:党支部每季度一次党课',
  thresholds: Missed,
  defaults: missedDefaults,
  isForBranches: true,
  find: (facts, thresholds) => findMissed('lecture', quarter, facts, thresholds),
})
