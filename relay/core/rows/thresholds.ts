/** What the county's rules count from, for screens that draw a scale. Pure. */
import type { Row } from '../../../protocol/board.ts'
import { thresholdsOf, type RulesConfig } from '../rules/config.ts'

export function thresholdsRow(county: string, config: RulesConfig): Row<'thresholds'> {
  const { soonDays } = thresholdsOf(config, 'term')
  return {
    id: county,
    silenceFromDays: silenceFromDays(config),
    termSoonDays: soonDays,
    ...config.cases,
  }
}

/** A step that another one swallows begins where that one does. */
function silenceFromDays(config: RulesConfig): number[] {
  if (!config.thresholds.has('silence')) return []
  const { yellowAfterDays, orangeFromDays, redFromDays } = thresholdsOf(config, 'silence')
  const yellow = yellowAfterDays + 1
  const red = Math.max(yellow, redFromDays)
  return [yellow, Math.min(red, Math.max(yellow, orangeFromDays)), red]
}
