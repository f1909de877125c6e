/** One activity, put together from the messages about it, which may arrive in any order. */
import type { ReviewState } from '../../protocol/board.ts'
import type { ActivityForm, EventOf } from '../../protocol/events.ts'
import { dayOf, parseInstant } from './dates.ts'
import type { Entry } from './register.ts'

type PieceKind =
  | 'activity.announced'
  | 'activity.started'
  | 'activity.signed'
  | 'activity.submitted'
  | 'activity.reviewed'
/** The part of an event that an activity keeps. */
export type Piece = { [K in PieceKind]: Pick<EventOf<K>, 'kind' | 'data'> }[PieceKind]

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
 * Undefined while it is only announced (or only signed or reviewed). Waiting for
 * review counts provisionally; a review older than the latest submission is void.
 */
export function activityOf(pieces: readonly Entry<Piece>[]): Activity | undefined {
  let held: { at: number; form: ActivityForm; title: string } | undefined
  let submittedAt: number | undefined
  let attendance = { present: 0, expected: 0 }
  const verdicts: {
    township?: { at: number; verdict: 'passed' | 'returned' }
    county?: { at: number; verdict: 'passed' | 'returned' }
  } = {}
  for (const { at, value } of pieces) {
    if (value.kind === 'activity.started') {
      if (submittedAt === undefined) held = { at, form: value.data.form, title: value.data.title }
    } else if (value.kind === 'activity.submitted') {
      const { form, title, heldAt } = value.data
      held = { at: parseInstant(heldAt), form, title }
      submittedAt = at
      attendance = value.data
    } else if (value.kind === 'activity.signed') attendance = value.data
    else if (value.kind === 'activity.reviewed')
      verdicts[value.data.level] = { at, verdict: value.data.verdict }
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
