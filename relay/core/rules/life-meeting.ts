/**
 * 组织生活会: at least once a year, generally in the fourth quarter, 《中国共产党支部工作条例(试行)》 Art. 17. Attention in
 * the last month of a year that has had none; yellow once the year is over.
 */
import { Type } from 'typebox'
import { monthStart, yearStart } from '../calendar.ts'
import { findMissed, Missed, missedDefaults, year } from './periods.ts'
import { rule } from './rule.ts'

export const lifeMeeting = rule({
  article: () => '《中国共产党支部工作条例(试行)》第十七条',
  thresholds: Type.Object(
    {
      ...Missed.properties,
      /** From this month of the year (1 … 12) the year's meeting is asked for. */
      attentionFromMonth: Type.Integer({ minimum: 1, maximum: 12 }),
    },
    { additionalProperties: false },
  ),
  defaults: { ...missedDefaults, attentionFromMonth: 12 },
  isForBranches: true,
  find(facts, thresholds) {
    const askedFrom = (january: number) =>
      monthStart(january + (thresholds.attentionFromMonth - 1) * 31)
    const missed = findMissed('life-meeting', year, facts, thresholds)
    // It was asked for in the last months of the year that was then missed: one warning, not two.
    if (missed !== undefined) return { ...missed, since: askedFrom(year(missed.since, 1)) }
    const january = yearStart(facts.reportedDay)
    const asked = askedFrom(january)
    const last = facts.lastHeld('life-meeting', facts.reportedDay) ?? -Infinity
    if (facts.reportedDay < asked || last >= january || facts.foundedOn > january) return undefined
    return { level: 1, amount: 1, since: asked }
  },
})
