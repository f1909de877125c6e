/** 失联党员: six months out of contact → suspension, two more years → removal, 《中国共产党党员教育管理工作条例》 Art. 24. */
import { Type } from 'typebox'
import { rule } from './rule.ts'

export const lost = rule({
  article: () => '《中国共产党党员教育管理工作条例》第二十四条',
  thresholds: Type.Object({}, { additionalProperties: false }),
  defaults: {},
  isForBranches: true,
  find({ checked, checkedOn }) {
    const amount = checked?.lost ?? 0
    if (amount === 0) return undefined
    return { level: (checked?.lostLong ?? 0) > 0 ? 3 : 2, amount, since: checkedOn }
  },
})
