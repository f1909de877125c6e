/** 换届, see ../term.ts: 《中国共产党支部工作条例(试行)》 Art. 21; a postponement is at most a year. */
import { Type } from 'typebox'
import { termArticle, termDefaults, termLevelOf, termStateOf } from '../term.ts'
import { rule } from './rule.ts'

export const term = rule({
  article: () => termArticle,
  thresholds: Type.Object(
    { soonDays: Type.Integer({ minimum: 1, maximum: 730 }) },
    { additionalProperties: false },
  ),
  defaults: termDefaults,
  isForBranches: false,
  find({ day, daysLeft }, thresholds) {
    if (daysLeft === undefined || termStateOf(daysLeft, thresholds) === undefined) return undefined
    return {
      level: termLevelOf(daysLeft),
      amount: daysLeft,
      since: day + daysLeft - thresholds.soonDays,
    }
  },
})
