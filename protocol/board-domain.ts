/** Tables of services, members, exchange and commerce: small, and what a long list would hold is cut. */
import { Type } from 'typebox'
import { ListingKind } from './events-commerce.ts'
import { Basic } from './events-members.ts'
import { CaseStage, StationKind, StationLevel, TeamKind } from './events-services.ts'
import { Instant, oneOf } from './fields.ts'
import { Nullable, row, Total } from './row.ts'

/** Numbers of each day that a curve shows. */
export const Series = oneOf(
  'activeOrganizations',
  'learners',
  'quizParticipants',
  'reflections',
  'exchanges',
  'redeemed',
  'serviceDone',
  'suggestions',
  'forumReplies',
  'casesCollected',
  'casesHandled',
  'orders',
  'visits',
)

/** So many rows has a table that holds the first of a longer list. */
export const mostRows = {
  cases: 60,
  goods: 60,
  honours: 20,
  programmes: 40,
  prices: 12,
  services: 60,
  trends: 20,
  scores: 20,
} as const

/** Weeks of seven days, the last one up to today. */
export const trendWeeks = 12

export const domainTables = {
  /** id = stage of a residents' report (归集 → 过滤核实 → 派单交办 → 现场处理 → 评价反馈). */
  caseStages: row({
    stage: CaseStage,
    /** Cases that reached the stage today, and this year. */
    today: Total,
    year: Total,
    /** Open, and come so far; since when the oldest of them is known; past their time. */
    waiting: Total,
    oldestSince: Nullable(Instant),
    overdue: Total,
  }),
  /** Open cases, the most pressing first by `dueAt`, then by `since`. `dueAt`: told, or by the county's hours. No words of the resident. */
  cases: row({
    stage: CaseStage,
    /** '' where none was told. */
    category: Type.String(),
    /** Ids in `intakes` and `grids`, '' where none was told. */
    intake: Type.String(),
    grid: Type.String(),
    since: Instant,
    dueAt: Nullable(Instant),
  }),
  /** Platforms joined to the case centre: fresh while now − asOf ≤ 2 × cadence; reports that came through each today. */
  intakes: row({ name: Type.String(), cadenceSeconds: Total, asOf: Instant, today: Total }),
  /** Every grid (网格), with its open cases, and those of them that are past their time. */
  grids: row({
    name: Type.String(),
    /** Township code, or '' where none was told. */
    township: Type.String(),
    open: Total,
    overdue: Total,
  }),
  /** Reports of the last 7 local days by what they are about, at most 24 of a county; id = category. */
  categories: row({ category: Type.String(), week: Total }),
  /** id = `week`: cases handled in the last 7 local days, by whole hours since they were collected. */
  durations: row({
    /** The last one holds all that took 72 hours or more. */
    hours: Type.Array(Total, { maxItems: 73 }),
    /** Handled after their time. */
    late: Total,
  }),
  /** id = organisation; absent where neither is told. */
  studies: row({
    /** Studied this month, by all members together. */
    minutes: Total,
    /** Members below the 32 hours of the year, as last counted. */
    belowHours: Nullable(Total),
  }),
  /** id = `station/village` …: how many, in how many places, of how many there are (0: never told). */
  stations: row({
    kind: StationKind,
    level: StationLevel,
    stations: Total,
    places: Total,
    of: Total,
  }),
  /** Daily uploads of a community (比学赶超), today and this month; id = organisation. */
  communities: row({
    due: Total,
    done: Total,
    dueMonth: Total,
    doneMonth: Total,
    /** By the month's share, from 1; equal shares share the rank. */
    rank: Type.Integer({ minimum: 1 }),
  }),
  teams: row({ name: Type.String(), kind: TeamKind, isOut: Type.Boolean() }),
  /** 七个基本, id = basic: entries of the last 90 days, of so many branches. */
  basics: row({ basic: Basic, filled: Total, of: Total }),
  /** The last 30 local days, today last; id = series. */
  daily: row({ series: Series, values: Type.Array(Total, { maxItems: 30 }) }),
  /** Articles of the points mall; the newest. */
  goods: row({ name: Type.String(), points: Total, stock: Total }),
  /** Memberships that moved this year with another province; id = its name, 本省 where none was named. */
  transfers: row({ province: Type.String(), applied: Total, in: Total, out: Total, within: Total }),
  /** The first members by the points of this month, where a platform tells them; names are masked. */
  scores: row({
    /** 黄*平 */
    name: Type.String(),
    organization: Type.String(),
    points: Total,
    /** From 1; equal points share the rank. */
    rank: Type.Integer({ minimum: 1 }),
  }),
  /** The newest. `name` only where consent is on record. */
  honours: row({
    title: Type.String(),
    name: Nullable(Type.String()),
    organization: Type.String(),
    at: Instant,
  }),
  /** Radio columns of the day and the seven days after it, the first by `startsAt`. */
  programmes: row({ title: Type.String(), startsAt: Instant, minutes: Total }),
  /** Listings with a price, the newest by `at`. Yuan for one `unit`. */
  prices: row({
    at: Instant,
    kind: ListingKind,
    name: Type.String(),
    price: Type.Number({ minimum: 0 }),
    unit: Nullable(Type.String()),
  }),
  /** Service items that are open, the newest by `at`; `days` as promised. */
  services: row({ at: Instant, title: Type.String(), days: Nullable(Total) }),
} as const
