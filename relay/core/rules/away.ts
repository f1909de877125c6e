/** 外出: away six months or more asks for a transfer or a floating certificate, 《中国共产党党员教育管理工作条例》 Art. 25, 32. */
import { Type } from 'typebox'
import { standing } from './checks.ts'
import { rule } from './rule.ts'

export const away = rule({
  article: () => '《中国共产党党员教育管理工作条例》第二十五条、第三十二条',
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
    const found = standing(checks, ({ away }) => away, fromMembers)
    return found && { level: 1, amount: found.amount, since: found.since }
  },
})
