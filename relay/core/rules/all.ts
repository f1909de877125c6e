/** Every rule under its name. A name of protocol/events.ts without a rule does not compile. */
import type { WarningRule } from '../../../protocol/events.ts'
import { abroad } from './abroad.ts'
import { appraisal } from './appraisal.ts'
import { away } from './away.ts'
import { branchCommittee } from './branch-committee.ts'
import { duesRate } from './dues-rate.ts'
import { dues } from './dues.ts'
import { generalMeeting } from './general-meeting.ts'
import { groupMeeting } from './group-meeting.ts'
import { lecture } from './lecture.ts'
import { lifeMeeting } from './life-meeting.ts'
import { lost } from './lost.ts'
import { quitting } from './quitting.ts'
import type { Rule } from './rule.ts'
import { silence } from './silence.ts'
import { studyHours } from './study-hours.ts'
import { talk } from './talk.ts'
import { term } from './term.ts'
import { themeDay } from './theme-day.ts'

export const rules = {
  silence,
  dues,
  'dues-rate': duesRate,
  term,
  'general-meeting': generalMeeting,
  'branch-committee': branchCommittee,
  'group-meeting': groupMeeting,
  lecture,
  'theme-day': themeDay,
  'life-meeting': lifeMeeting,
  appraisal,
  talk,
  'study-hours': studyHours,
  lost,
  away,
  quitting,
  abroad,
} as const satisfies Readonly<Record<WarningRule, unknown>>

export const ruleNames = Object.keys(rules) as WarningRule[]

/** A rule with its thresholds behind it, all alike: the table pairs each with its own, a union index loses the pair. */
export const ruleOf = (name: WarningRule): Rule => rules[name] as unknown as Rule
