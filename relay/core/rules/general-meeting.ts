/** 支部党员大会: generally once a quarter, 《中国共产党支部工作条例(试行)》(2018) Art. 11. Without a quorum it was not held (activity.ts). */
import { findMissed, Missed, missedDefaults, quarter } from './periods.ts'
import { rule } from './rule.ts'

export const generalMeeting = rule({
  article: () => '《中国共产党支部工作条例(试行)》第十一条',
  thresholds: Missed,
  defaults: missedDefaults,
  isForBranches: true,
  find: (facts, thresholds) => findMissed('general-meeting', quarter, facts, thresholds),
})
