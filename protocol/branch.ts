/** What one organisation is told of beyond its rows on the board, when somebody opens its card: GET /v1/branches/{id}. */
import { Type, type Static } from 'typebox'
import { ReviewState } from './board.ts'
import { ActivityForm, PointsReason } from './events.ts'
import { Instant, Month, oneOf, PlainDate, strict } from './fields.ts'
import { Nullable, Total } from './row.ts'

/** One month or quarter: held, missed, still running, or before anything was told of the organisation. */
export const Period = oneOf('held', 'missed', 'running', 'untold')
export type Period = Static<typeof Period>

/** 留痕: what was said of an activity, by which office, and when; no names. */
const Step = Type.Object(
  {
    step: oneOf('started', 'submitted', 'township', 'county'),
    /** Of a review. */
    verdict: Nullable(oneOf('passed', 'returned')),
    at: Instant,
  },
  strict,
)

export const BranchDetail = Type.Object(
  {
    id: Type.String(),
    /** The local day of all that follows. */
    day: PlainDate,
    /** Id of the organisation above. */
    parent: Nullable(Type.String()),
    foundedOn: PlainDate,
    termEndsOn: Nullable(PlainDate),
    members: Total,
    /** Members away, over all cities. */
    away: Total,
    /** Of the month that dues are asked for; null where this is not told. */
    dues: Nullable(Type.Object({ month: Month, paid: Total }, strict)),
    /** Minutes studied this month, of all members. */
    minutesMonth: Total,
    /** Days of this year on which the branch volunteered. */
    volunteering: Total,
    /** The forms that are due in a branch of this size, period by period of this year. */
    meetings: Type.Array(
      Type.Object(
        { form: ActivityForm, every: oneOf('month', 'quarter'), periods: Type.Array(Period) },
        strict,
      ),
    ),
    /** Activities of each of the last days, the last of them `day`; empty where this is not told. */
    calendar: Type.Array(Total),
    /** Points of this month by reason, the largest first. */
    points: Type.Array(Type.Object({ reason: PointsReason, points: Type.Integer() }, strict)),
    /** The latest, newest first. */
    activities: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          at: Instant,
          form: ActivityForm,
          title: Type.String(),
          present: Total,
          expected: Total,
          townshipReview: ReviewState,
          countyReview: ReviewState,
          steps: Type.Array(Step),
        },
        strict,
      ),
    ),
  },
  strict,
)
export type BranchDetail = Static<typeof BranchDetail>
