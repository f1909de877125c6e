/** Which warnings ended lately: asked of each day on which something happened that could end one. Pure. */
import type { ActivityForm, WarningRule } from '../../protocol/events.ts'
import { dayOf } from './dates.ts'
import { paymentDays } from './dues.ts'
import { daysHeld } from './held-days.ts'
import type { Surroundings } from './judge.ts'
import { ruleOf } from './rules/all.ts'
import type { RulesConfig } from './rules/config.ts'
import type { Finding, RuleFacts } from './rules/rule.ts'
import type { Organization } from './state.ts'

/** How far back an ended warning is still told. */
export const clearedDays = 30

export interface Ended {
  readonly rule: WarningRule
  readonly finding: Finding
  readonly clearedOn: number
}

const formRules: readonly (ActivityForm & WarningRule)[] = [
  'general-meeting',
  'branch-committee',
  'group-meeting',
  'lecture',
  'theme-day',
  'life-meeting',
  'appraisal',
  'talk',
]

export function endedLately(
  told: Organization,
  around: Surroundings,
  config: RulesConfig,
  isBranch: boolean,
  factsOn: (day: number) => RuleFacts,
): readonly Ended[] {
  const first = around.day - clearedDays
  const isRecent = (day: number): boolean => day > first && day <= around.day
  const ended: Ended[] = []
  const ask = (name: WarningRule, days: Iterable<number>): void => {
    const thresholds = config.thresholds.get(name)
    const rule = ruleOf(name)
    if (thresholds === undefined || (rule.isForBranches && !isBranch)) return
    for (const day of days) {
      if (!isRecent(day)) continue
      const finding = rule.find(factsOn(day - 1), thresholds)
      if (finding === undefined || rule.find(factsOn(day), thresholds) !== undefined) continue
      ended.push({ rule: name, finding, clearedOn: day })
    }
  }
  ask('silence', daysHeld(around.held, 'any'))
  for (const form of formRules) ask(form, daysHeld(around.held, form))
  ask('dues', paymentDays(told.dues))
  ask(
    'term',
    told.records.map(({ at }) => dayOf(at)),
  )
  return ended
}
