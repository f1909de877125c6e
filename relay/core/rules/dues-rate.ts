/**
 * 党费标准: what a member is set to pay follows from the pay, 《关于中国共产党党费收缴、使用和管理的规定》(2008) Art. 2, 5, 6.
 * The platform's adapter counts who is set below it; pay and amounts end there. For the county's eyes only.
 */
import { Type } from 'typebox'
import { standing } from './checks.ts'
import { rule } from './rule.ts'

export const duesRate = rule({
  article: () => '《关于中国共产党党费收缴、使用和管理的规定》第二条、第五条、第六条',
  thresholds: Type.Object(
    {
      /** Members from which the branch is warned. */
      fromMembers: Type.Integer({ minimum: 1 }),
    },
    { additionalProperties: false },
  ),
  defaults: { fromMembers: 1 },
  isForBranches: true,
  find({ duesChecks }, { fromMembers }) {
    const found = standing(duesChecks, ({ below }) => below, fromMembers)
    return found && { level: 1, amount: found.amount, since: found.since }
  },
})
