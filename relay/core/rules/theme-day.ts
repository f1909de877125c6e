/** 主题党日: one fairly fixed day a month, 《中国共产党支部工作条例(试行)》 Art. 16, 《中国共产党党员教育管理工作条例》 Art. 16. */
import { findMissed, Missed, missedDefaults, month } from './periods.ts'
import { rule } from './rule.ts'

export const themeDay = rule({
  article: () => '《中国共产党支部工作条例(试行)》第十六条',
  thresholds: Missed,
  defaults: missedDefaults,
  isForBranches: true,
  find: (facts, thresholds) => findMissed('theme-day', month, facts, thresholds),
})
