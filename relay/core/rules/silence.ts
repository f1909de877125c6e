/** 静默支部, see ../silence.ts: silent for more than so many whole local days. Pengshan's local rule. */
import { Type } from 'typebox'
import { silenceArticle, silenceDefaults, silenceLevelOf } from '../silence.ts'
import { rule } from './rule.ts'

const Days = Type.Integer({ minimum: 1, maximum: 3_650 })

export const silence = rule({
  article: silenceArticle,
  thresholds: Type.Object(
    { yellowAfterDays: Days, orangeFromDays: Days, redFromDays: Days },
    { additionalProperties: false },
  ),
  defaults: silenceDefaults,
  isForBranches: true,
  find({ reportedDay, silentDays }, thresholds) {
    const level = silenceLevelOf(silentDays, thresholds)
    if (level === 0) return undefined
    return {
      level,
      amount: silentDays,
      since: reportedDay - silentDays + thresholds.yellowAfterDays + 1,
    }
  },
})
