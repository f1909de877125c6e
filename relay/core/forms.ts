/** The forms of organised life as small numbers, for what is kept of millions of activities. Pure. */
import type { ActivityForm } from '../../protocol/events.ts'

/** Kept under these numbers: new ones go to the end, and there is room for 16. */
const numbers: Readonly<Record<ActivityForm, number>> = {
  'general-meeting': 0,
  'branch-committee': 1,
  'group-meeting': 2,
  lecture: 3,
  'theme-day': 4,
  'life-meeting': 5,
  appraisal: 6,
  volunteering: 7,
  discussion: 8,
  talk: 9,
}

const forms = Object.keys(numbers) as readonly ActivityForm[]

export function formNumber(form: ActivityForm): number {
  return numbers[form]
}

/** Throws `RangeError` for a number that no form has. */
export function formOf(number: number): ActivityForm {
  const form = forms[number]
  if (form === undefined) throw new RangeError(`No form has the number ${number}.`)
  return form
}
