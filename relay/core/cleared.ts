/** Which warnings ended lately, and what ended them: asked of each day on which something happened that could. Pure. */
import type { Row } from '../../protocol/board.ts'
import type { ActivityForm, WarningRule } from '../../protocol/events.ts'
import { dayStartMs } from '../../protocol/time.ts'
import { activityOf } from './activity.ts'
import { monthStart, yearStart } from './calendar.ts'
import { dayOf, dayTextOf } from './dates.ts'
import { paymentDays } from './dues.ts'
import { daysHeld } from './held-days.ts'
import type { Surroundings } from './judge.ts'
import type { Entries } from './register.ts'
import { ruleOf } from './rules/all.ts'
import { thresholdsOf, type RulesConfig } from './rules/config.ts'
import type { Finding, RuleFacts } from './rules/rule.ts'
import type { Organization } from './state.ts'

/** How far back an ended warning is still told. */
export const clearedDays = 30

/** `cause`: the activity, or source and id of the event. `at`: when it happened, in ms. Both null where only the day is known. */
interface End {
  readonly by: Row<'cleared'>['clearedBy']
  readonly cause: string | null
  readonly at: number | null
}

export interface Ended {
  readonly rule: WarningRule
  readonly finding: Finding
  readonly clearedOn: number
  readonly end: End
}

/** What could end a warning: on which days it happened, and what it was on one of them. */
interface Occasion {
  readonly days: Iterable<number>
  readonly on: (day: number) => End
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
const checkRules = ['lost', 'away', 'quitting', 'abroad', 'study-hours'] as const

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
  /** The first occasion of a day that comes in question is what ended it. */
  const ask = (name: WarningRule, ...occasions: readonly Occasion[]): void => {
    const thresholds = config.thresholds.get(name)
    const rule = ruleOf(name)
    if (thresholds === undefined || (rule.isForBranches && !isBranch)) return
    const asked = new Set<number>()
    for (const { days, on } of occasions)
      for (const day of days) {
        if (!isRecent(day) || asked.has(day)) continue
        asked.add(day)
        const finding = rule.find(factsOn(day - 1), thresholds)
        if (finding === undefined || rule.find(factsOn(day), thresholds) !== undefined) continue
        ended.push({ rule: name, finding, clearedOn: day, end: on(day) })
      }
  }
  const held = (form: ActivityForm | 'any'): Occasion => ({
    days: daysHeld(around.held, form),
    on: (day) => heldOn(told, form, day),
  })
  const counted = tellings('count', told.members)
  const checked = tellings('check', around.checks)
  const newYear = lapse(yearStart(around.day))

  ask('silence', held('any'))
  for (const form of formRules) {
    const lapses = form === 'life-meeting' ? [newYear] : []
    const isOfSize = form === 'branch-committee' || form === 'group-meeting'
    ask(form, ...lapses, held(form), ...(isOfSize ? [counted] : []))
  }
  const { graceDay } = thresholdsOf(config, 'dues')
  const monthsAsked = [0, 1].map((ago) => lapse(monthStart(around.day, ago) + graceDay))
  const paid = { days: paymentDays(told.dues), on: () => dayOnly('payment') }
  ask('dues', ...monthsAsked, paid, counted)
  ask('term', tellings('record', told.records))
  ask('dues-rate', tellings('check', around.duesChecks))
  for (const name of checkRules) ask(name, ...(name === 'study-hours' ? [newYear] : []), checked)
  return ended
}

const dayOnly = (by: End['by']): End => ({ by, cause: null, at: null })

/** The rule itself asks no longer, from this day on. */
function lapse(day: number): Occasion {
  return { days: [day], on: () => ({ by: 'lapse', cause: null, at: dayStartMs(dayTextOf(day)) }) }
}

/** What an event said that holds until the next: the last of a day is what ended it. */
function tellings(by: End['by'], entries: Entries<unknown>): Occasion {
  return {
    days: entries.map(({ at }) => dayOf(at)),
    on(day) {
      const entry = entries.findLast(({ at }) => dayOf(at) === day)
      if (entry === undefined) return dayOnly(by)
      return { by, cause: `${entry.source} ${entry.id}`, at: entry.at }
    },
  }
}

/** The first activity of the form on that day; days alone are indexed, so that it is looked for only where it ended something. */
function heldOn(told: Organization, form: ActivityForm | 'any', day: number): End {
  let first: { readonly cause: string; readonly at: number } | undefined
  for (const [cause, pieces] of told.activities) {
    const activity = activityOf(pieces)
    if (activity?.day !== day || !activity.isCounted) continue
    if (form !== 'any' && (activity.form !== form || !activity.isQuorate)) continue
    const { at } = activity
    if (first === undefined || at < first.at || (at === first.at && cause < first.cause))
      first = { cause, at }
  }
  return first === undefined ? dayOnly('activity') : { by: 'activity', ...first }
}
