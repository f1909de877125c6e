/** 换届, see ../term.ts: how long a term of office is, and how long it may be postponed. */
import { Type } from 'typebox'
import { termArticle, termDefaults, termLevelOf, termStateOf } from '../term.ts'
import { rule } from './rule.ts'

const Years = Type.Integer({ minimum: 1, maximum: 10 })

export const term = rule({
  article: () => termArticle,
  thresholds: Type.Object(
    {
      soonDays: Type.Integer({ minimum: 1, maximum: 730 }),
      committeeYears: Years,
      villageYears: Years,
      otherYears: Years,
    },
    { additionalProperties: false },
  ),
  defaults: termDefaults,
  isForBranches: false,
  find({ day, term }, thresholds) {
    if (term === undefined || termStateOf(term, day, thresholds) === undefined) return undefined
    return {
      level: termLevelOf(term, day),
      amount: term.endsOn - day,
      since: term.endsOn - thresholds.soonDays,
    }
  },
})
