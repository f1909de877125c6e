/**
 * 集中学习: at least 32 hours (学时) a year, 《中国共产党党员教育管理工作条例》 Art. 20. The platform counts the members below
 * it; the elderly, ill and disabled have no hard requirement (Art. 23) and are not among them.
 */
import { Type } from 'typebox'
import { monthStart, yearStart } from '../calendar.ts'
import { dayOf } from '../dates.ts'
import { standing } from './checks.ts'
import { rule } from './rule.ts'

export const studyHours = rule({
  article: () => '《中国共产党党员教育管理工作条例》第二十条',
  thresholds: Type.Object(
    {
      /** From this month on members below the hours are warned about: yellow from the next one. */
      attentionFromMonth: Type.Integer({ minimum: 1, maximum: 11 }),
    },
    { additionalProperties: false },
  ),
  defaults: { attentionFromMonth: 11 },
  isForBranches: true,
  find({ day, checks }, { attentionFromMonth }) {
    const january = yearStart(day)
    const attention = monthStart(january + (attentionFromMonth - 1) * 31)
    if (day < attention) return undefined
    // What was below the hours of last year says nothing of this one.
    const found = standing(
      checks.filter(({ at }) => dayOf(at) >= january),
      ({ belowHours }) => belowHours,
    )
    if (found === undefined) return undefined
    const isLate = day >= monthStart(january + attentionFromMonth * 31)
    return {
      level: isLate ? 2 : 1,
      amount: found.amount,
      since: Math.max(attention, found.since),
    }
  },
})
