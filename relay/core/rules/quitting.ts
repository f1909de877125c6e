/** Near automatic quitting: six months without organised life, dues or assigned work, 《中国共产党党员教育管理工作条例》 Art. 31(6). For the county's eyes only. */
import { Type } from 'typebox'
import { standing } from './checks.ts'
import { rule } from './rule.ts'

export const quitting = rule({
  article: () => '《中国共产党党员教育管理工作条例》第三十一条',
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
    const found = standing(checks, ({ quitting }) => quitting, fromMembers)
    return found && { level: 3, amount: found.amount, since: found.since }
  },
})
