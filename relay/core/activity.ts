/** One activity, put together from the messages about it, which may arrive in any order. */
import type { ReviewState } from '../../protocol/board.ts'
import type { ActivityForm, EventData } from '../../protocol/events.ts'
import { dayOf } from './dates.ts'
import { formOf } from './forms.ts'
import type { Entries } from './register.ts'

/** What an activity keeps of an event; an announcement alone is none. */
export type Piece =
  | { readonly kind: 'started'; readonly form: number; readonly title: string }
  | { readonly kind: 'signed'; readonly present: number; readonly expected: number }
  | {
      readonly kind: 'submitted'
      /** `formNumber` */
      readonly form: number
      readonly title: string
      /** In ms. */
      readonly heldAt: number
      readonly present: number
      readonly expected: number
    }
  | ({ readonly kind: 'reviewed' } & Pick<EventData<'activity.reviewed'>, 'level' | 'verdict'>)

/** An activity that was held, or is being held. */
export interface Activity {
  /** When it was held, in ms. */
  readonly at: number
  /** Local day number. */
  readonly day: number
  readonly form: ActivityForm
  readonly title: string
  readonly present: number
  readonly expected: number
  readonly townshipReview: ReviewState
  readonly countyReview: ReviewState
  /** False once a reviewer returned it: then it never happened, and a warning comes back. */
  readonly isCounted: boolean
  /** False for a general meeting without more than half of those who may vote (支部工作条例 Art. 11). */
  readonly isQuorate: boolean
  /** Held to standard: a reviewer passed it and none returned it. */
  readonly isPassed: boolean
  /** Started and not reported yet. */
  readonly isOpen: boolean
}

/**
 * Undefined while it is only signed or reviewed. Waiting for
 * review counts provisionally; a review older than the latest submission is void.
 */
export function activityOf(pieces: Entries<Piece>): Activity | undefined {
  let held: { at: number; form: ActivityForm; title: string } | undefined
  let submittedAt: number | undefined
  let attendance = { present: 0, expected: 0 }
  const verdicts: {
    township?: { at: number; verdict: 'passed' | 'returned' }
    county?: { at: number; verdict: 'passed' | 'returned' }
  } = {}
  for (const { at, value } of pieces) {
    if (value.kind === 'started') {
      if (submittedAt === undefined) held = { at, form: formOf(value.form), title: value.title }
    } else if (value.kind === 'submitted') {
      held = { at: value.heldAt, form: formOf(value.form), title: value.title }
      submittedAt = at
      attendance = value
    } else if (value.kind === 'signed') attendance = value
    else verdicts[value.level] = { at, verdict: value.verdict }
  }
  if (!held) return undefined
  const since = submittedAt ?? -Infinity
  const township =
    verdicts.township && verdicts.township.at >= since ? verdicts.township.verdict : undefined
  const county =
    verdicts.county && verdicts.county.at >= since ? verdicts.county.verdict : undefined
  return {
    ...held,
    day: dayOf(held.at),
    present: attendance.present,
    expected: attendance.expected,
    townshipReview: township ?? (submittedAt === undefined ? 'none' : 'pending'),
    countyReview:
      county ?? (submittedAt !== undefined && township === 'passed' ? 'pending' : 'none'),
    isCounted: township !== 'returned' && county !== 'returned',
    isQuorate:
      held.form !== 'general-meeting' ||
      submittedAt === undefined ||
      attendance.expected === 0 ||
      attendance.present * 2 > attendance.expected,
    isPassed:
      (township === 'passed' || county === 'passed') &&
      township !== 'returned' &&
      county !== 'returned',
    isOpen: submittedAt === undefined,
  }
}
