/** The rules of one county as they are in force, beside what would hold if nobody had set anything. */
import type { ConsoleRules } from '../../protocol/console.ts'
import { ruleNames, ruleOf } from '../core/rules/all.ts'
import { rulesOf, type RulesConfig } from '../core/rules/config.ts'

type Numbers = Readonly<Record<string, number>>
type Threshold = ConsoleRules['settings'][number]

const standard = rulesOf()

export function shownRules(county: string, config: RulesConfig): ConsoleRules {
  return {
    county,
    rules: ruleNames.map((name) => {
      const defaults = ruleOf(name).defaults
      const own = config.thresholds.get(name)
      const inForce = { ...defaults, ...own }
      return {
        name,
        article: ruleOf(name).article(inForce),
        isOn: own !== undefined,
        thresholds: beside(inForce as Numbers, defaults as Numbers),
      }
    }),
    settings: beside(settingsOf(config), settingsOf(standard)),
  }
}

const settingsOf = ({ tiers, escalation, floodFrom, orderHours, cases }: RulesConfig): Numbers => ({
  ...tiers,
  ...escalation,
  floodFrom,
  orderHours,
  ...cases,
})

/** Every threshold is a number; a rule with another kind has to be decided about here. */
function beside(inForce: Numbers, defaults: Numbers): Threshold[] {
  return Object.entries(inForce).map(([name, value]) => ({
    name,
    value,
    standard: defaults[name] ?? value,
  }))
}
