/** 失联党员: six months out of contact → suspension, two more years → removal, 《中国共产党党员教育管理工作条例》 Art. 24. */
import { Type } from 'typebox'
import { standing } from './checks.ts'
import { rule } from './rule.ts'

export const lost = rule({
  article: () => '《中国共产党党员教育管理工作条例》第二十四条',
  thresholds: Type.Object({}, { additionalProperties: false }),
  defaults: {},
  isForBranches: true,
  find({ checks }) {
    const found = standing(checks, ({ lost }) => lost)
    if (found === undefined) return undefined
    return { level: found.data.lostLong > 0 ? 3 : 2, amount: found.amount, since: found.since }
  },
})
