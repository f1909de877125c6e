/** 党小组会: generally once a month, 《中国共产党支部工作条例(试行)》 Art. 13, only where groups exist. */
import { findMissed, Missed, missedDefaults, month } from './periods.ts'
import { rule } from './rule.ts'

export const groupMeeting = rule({
  article: () => '《中国共产党支部工作条例(试行)》第十三条',
  thresholds: Missed,
  defaults: missedDefaults,
  isForBranches: true,
  find: (facts, thresholds) =>
    facts.groups === 0 ? undefined : findMissed('group-meeting', month, facts, thresholds),
})
