/**
 * 支委会: generally once a month, 《中国共产党支部工作条例(试行)》 Art. 12, where the branch has a committee. From how many
 * members it has one is configurable: the regulation's number has not been checked.
 */
import { Type } from 'typebox'
import { findMissed, Missed, missedDefaults, month } from './periods.ts'
import { rule } from './rule.ts'

export const branchCommittee = rule({
  article: () => '《中国共产党支部工作条例(试行)》第十二条',
  thresholds: Type.Object(
    { ...Missed.properties, fromMembers: Type.Integer({ minimum: 1 }) },
    { additionalProperties: false },
  ),
  defaults: { ...missedDefaults, fromMembers: 7 },
  isForBranches: true,
  find: (facts, thresholds) =>
    facts.members < thresholds.fromMembers
      ? undefined
      : findMissed('branch-committee', month, facts, thresholds),
})
