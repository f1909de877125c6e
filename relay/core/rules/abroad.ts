/** 出国(境): contact every half year, 《中国共产党党员教育管理工作条例》 Art. 34. */
import { Type } from 'typebox'
import { standing } from './checks.ts'
import { rule } from './rule.ts'

export const abroad = rule({
  article: () => '《中国共产党党员教育管理工作条例》第三十四条',
  thresholds: Type.Object(
    {
      /** Members from which the branch is warned. */
      fromMembers: Type.Integer({ minimum: 1 }),
    },
    { additionalProperties: false },
  ),
  defaults: { fromMembers: 1 },
  isForBranches: true,
  find({ checks }, { fromMembers }) {
    const found = standing(checks, ({ abroad }) => abroad, fromMembers)
    return found && { level: 1, amount: found.amount, since: found.since }
  },
})
