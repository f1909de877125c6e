/**
 * 三会一课 and 主题党日, 《中国共产党支部工作条例(试行)》(2018): branch general
 * meeting generally once a quarter (Art. 11), committee meeting generally once a
 * month where there is a committee (Art. 12), theme day once a month (Art. 16).
 * "Once a month" is not "every 30 days": 1 January and 28 February satisfy it.
 */
import { monthStart, quarterStart } from './calendar.ts'

export interface CadenceThresholds {
  /** A branch with fewer members has no committee, so no committee meeting is due. */
  readonly committeeFromMembers: number
}

export const cadenceDefaults: CadenceThresholds = { committeeFromMembers: 7 }

export type CadenceForm = 'general-meeting' | 'branch-committee' | 'theme-day'

/** Day numbers. `lastHeld`: the last day not after `day` on which the branch held the form. */
export interface CadenceFacts {
  readonly foundedOn: number
  readonly members: number
  readonly lastHeld: (form: CadenceForm) => number | undefined
}

/**
 * Whether the branch held what is due; undefined while it has no full period to be judged by.
 * Provisional: while a month or quarter runs, the one before speaks for it.
 */
export function isCadenceKept(
  day: number,
  { foundedOn, members, lastHeld }: CadenceFacts,
  { committeeFromMembers } = cadenceDefaults,
): boolean | undefined {
  const month = monthStart(day, 1)
  const quarter = quarterStart(day, 1)
  if (foundedOn > month) return undefined
  const isHeld = (form: CadenceForm, since: number) => (lastHeld(form) ?? -Infinity) >= since
  return (
    (foundedOn > quarter || isHeld('general-meeting', quarter)) &&
    (members < committeeFromMembers || isHeld('branch-committee', month)) &&
    isHeld('theme-day', month)
  )
}
