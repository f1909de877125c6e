/** 党费, see ../dues.ts: paid monthly, 《关于中国共产党党费收缴、使用和管理的规定》 Art. 12. Counts of members only. */
import { Type } from 'typebox'
import { duesArticle, duesDefaults, duesLevelOf, duesMonthOf } from '../dues.ts'
import { rule } from './rule.ts'

export const dues = rule({
  article: () => duesArticle,
  thresholds: Type.Object(
    { graceDay: Type.Integer({ minimum: 1, maximum: 28 }) },
    { additionalProperties: false },
  ),
  defaults: duesDefaults,
  isForBranches: false,
  find({ day, unpaid }, thresholds) {
    if (unpaid === 0) return undefined
    const { month, warnedSince } = duesMonthOf(day, thresholds)
    return { level: duesLevelOf(day, month), amount: unpaid, since: warnedSince }
  },
})
