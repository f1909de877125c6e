/** What a screen knows: tables of absolute rows, each row replaced whole. */
import { Type, type Static, type TSchema } from 'typebox'
import {
  ActivityForm,
  Feed,
  OrganizationGroup,
  OrganizationKind,
  PointsReason,
  WarningRule,
} from './events.ts'
import { OrderStage } from './events-services.ts'
import { domainTables, trendWeeks } from './board-domain.ts'
import { Totals } from './measures.ts'
import { Instant, oneOf, PlainDate } from './fields.ts'
import { Nullable, row, Total } from './row.ts'
import type { TableName } from './table-names.ts'

export { tableNames, type TableName } from './table-names.ts'

/** What the flag shows; precedence from left to right when several hold. `unknown` is decided by the screen. */
export const FlagState = oneOf('live', 'active', 'silent', 'online', 'offline')
export type FlagState = Static<typeof FlagState>
/** 金榜 银榜 黄榜 黑榜; `none` while a branch has no month to be judged by. */
export const Tier = oneOf('gold', 'silver', 'yellow', 'black', 'none')
export type Tier = Static<typeof Tier>
export const ReviewState = oneOf('none', 'pending', 'passed', 'returned')
export type ReviewState = Static<typeof ReviewState>
/** 2 yellow, 3 orange, 4 red; 1 attention. */
export const WarningLevel = Type.Union([
  Type.Literal(1),
  Type.Literal(2),
  Type.Literal(3),
  Type.Literal(4),
])

/** What was done about a warning since it was raised. */
const handling = {
  reminders: Total,
  /** Who reminded last. */
  remindedBy: Type.Union([Type.Literal('township'), Type.Literal('county'), Type.Null()]),
  remindedAt: Nullable(Instant),
  acknowledgedBy: Nullable(oneOf('branch', 'township', 'county')),
  acknowledgedAt: Nullable(Instant),
  rectifiedBy: Nullable(oneOf('branch', 'township', 'county')),
  rectifiedAt: Nullable(Instant),
} as const

export const tables = {
  /** Identity and place; changes rarely. */
  organizations: row({
    name: Type.String(),
    kind: OrganizationKind,
    group: OrganizationGroup,
    /** Township code, or '' where the organisation has no territory. */
    township: Type.String(),
    lng: Nullable(Type.Number()),
    lat: Nullable(Type.Number()),
  }),
  /** The pulse of each organisation; same id as in `organizations`. */
  branches: row({
    state: FlagState,
    members: Total,
    /** Whole local days since the last activity (since founding when there was none). */
    silentDays: Total,
    /** 0 calm, 2 yellow, 3 orange, 4 red. */
    level: Type.Union([Type.Literal(0), Type.Literal(2), Type.Literal(3), Type.Literal(4)]),
    activeToday: Type.Boolean(),
    /** Points of the current month. */
    points: Type.Integer(),
    /** Rank by points in the county, from 1; equal points share the rank. */
    rank: Type.Integer({ minimum: 1 }),
    /** Rank at the last midnight. */
    rankBefore: Type.Integer({ minimum: 1 }),
    /** The largest source of today's points: why the rank moved. */
    reason: Nullable(PointsReason),
    tier: Tier,
  }),
  /** id = organisation, of the first by rank: points of each of the last twelve weeks, the oldest first. */
  trends: row({
    weeks: Type.Array(Type.Integer(), { minItems: trendWeeks, maxItems: trendWeeks }),
  }),
  townships: row({
    name: Type.String(),
    organizations: Total,
    online: Total,
    silent: Total,
    activeToday: Total,
    points: Type.Integer(),
    /** Members of its organisations who went away. */
    away: Total,
  }),
  /** One row, id = county code. */
  county: row({
    organizations: Total,
    members: Total,
    online: Total,
    activitiesToday: Total,
    activitiesYesterday: Total,
    silent: Total,
    silent60: Total,
    silent90: Total,
    silentYesterday: Total,
    duesUnpaid: Total,
    duesUnpaidBranches: Total,
    duesUnpaidYesterday: Total,
    /** Terms that end within 90 days or have ended. */
    termDue: Total,
    termOverdue: Total,
    termSoon: Total,
    gold: Total,
    silver: Total,
    yellow: Total,
    black: Total,
    /** Branches that held at least one 三会一课 form this month and quarter as due, 0 … 1. */
    meetingsRate: Type.Number({ minimum: 0, maximum: 1 }),
    learnersToday: Total,
    learnersYesterdaySameTime: Total,
    minutesPerMemberMonth: Type.Number({ minimum: 0 }),
    floatingMembers: Total,
    floatingCommittees: Total,
    floatingBranches: Total,
    ordersYear: Total,
    ordersClosedYear: Total,
    streams: Total,
    day: PlainDate,
  }),
  /** One row: what adds up over the divisions, see measures.ts. */
  totals: Totals,
  /** Of a prefecture or a province: what of it is told of each division beneath, id = its code. */
  divisions: row({
    organizations: Total,
    members: Total,
    online: Total,
    silent: Total,
    activitiesToday: Total,
    learnersToday: Total,
    /** Points of the current month. */
    points: Type.Integer(),
    warnings: Total,
    stations: Total,
    casesOpen: Total,
  }),
  /** The latest activities of the county, newest first by `at`. */
  feed: row({
    at: Instant,
    organization: Type.String(),
    form: ActivityForm,
    title: Type.String(),
    present: Total,
    expected: Total,
    townshipReview: ReviewState,
    countyReview: ReviewState,
  }),
  warnings: row({
    rule: WarningRule,
    organization: Type.String(),
    level: WarningLevel,
    /** Days silent, members unpaid, or days until (negative: after) the end of the term. */
    amount: Type.Integer(),
    raisedOn: PlainDate,
    /** How far its handling went (督办): raised → reminded → acknowledged → rectified; facts alone clear it. */
    stage: oneOf('raised', 'reminded', 'acknowledged', 'rectified'),
    /** Whose turn it is to act: unanswered, it climbs from the branch to the township and the county. */
    duty: oneOf('branch', 'township', 'county'),
    ...handling,
    /** The rule's source, shown to leaders as 依据. */
    article: Type.String(),
  }),
  /** Warnings that ended in the last 30 days (销号). */
  cleared: row({
    rule: WarningRule,
    organization: Type.String(),
    raisedOn: PlainDate,
    ...handling,
    clearedOn: PlainDate,
    /**
     * What ended it: an activity held, dues paid, a count of members, a record of the organisation or a check that told
     * otherwise, or nobody: the rule's own time ran out.
     */
    clearedBy: oneOf('activity', 'payment', 'count', 'record', 'check', 'lapse'),
    /** When that was; null where only the day is known. */
    clearedAt: Nullable(Instant),
    /** Id of the activity; source and id of another event; null where there is none to name. */
    cause: Nullable(Type.String()),
    /** From the first reminder to the end of the day that cleared it; null where nobody reminded, or nobody acted. */
    hoursToAction: Nullable(Type.Integer()),
  }),
  /** One row, id = division code: what the county's rules count from (rules.yaml). */
  thresholds: row({
    /** First silent day of yellow, orange and red; empty where the county does not warn of silence. */
    silenceFromDays: Type.Array(Total, { maxItems: 3 }),
    /** How many days before its end a term of office is said to be due soon. */
    termSoonDays: Total,
    /** Hours that a case without a time of its own may stay in a stage. */
    collectedHours: Total,
    verifiedHours: Total,
    dispatchedHours: Total,
  }),
  /** What is about to happen: id `silence/2026-06-19` or `term/2026-07`. */
  foresight: row({
    rule: oneOf('silence', 'term'),
    /** The day on which branches turn yellow, or the month in which terms end. */
    on: Type.String(),
    organizations: Total,
    /** Ids of the first of them. */
    first: Type.Array(Type.String(), { maxItems: 20 }),
  }),
  /** Warnings of one rule raised in one township on one day, where they are so many that they have one cause. */
  floods: row({
    rule: WarningRule,
    township: Type.String(),
    raisedOn: PlainDate,
    warnings: Total,
  }),
  streams: row({
    organization: Type.String(),
    title: Type.String(),
    since: Instant,
    activity: Nullable(Type.String()),
  }),
  /** Age of each feed: fresh while now − asOf ≤ 2 × cadence. */
  sources: row({ platform: Type.String(), feed: Feed, cadenceSeconds: Total, asOf: Instant }),
  /** id 'today' / 'yesterday': learners so far at the end of each 10-minute slot since midnight. */
  study: row({ learners: Type.Array(Total, { maxItems: 144 }) }),
  /** Floating members by destination city, with both ends that look after them (双向管理). */
  destinations: row({
    city: Type.String(),
    members: Total,
    /** Floating branches named after the city. */
    branches: Total,
    /** Members of those branches, and registered members with a host there: not counted by their home alone. */
    attached: Total,
    /** Of the branches' members, those who took part this month, see `floating`. */
    joined: Total,
    /** Organisations at home with members there, and those that take care of them there. */
    origins: Total,
    hosts: Total,
  }),
  /** Floating organisations (流动党组织); same id as in `organizations`. */
  floating: row({
    /** The destination that it is named after; '' where its name holds none. */
    city: Type.String(),
    /** Activities of this month. */
    activities: Total,
    /** Members who took part this month at least: as many as came to the best attended of them. */
    joined: Total,
    lastOn: Nullable(PlainDate),
  }),
  /** id = stage. */
  orders: row({
    stage: OrderStage,
    /** Orders that reached the stage today, and this year. */
    today: Total,
    year: Total,
    /** Not verified yet, and come so far; since when the oldest was requested; requested too long ago (超时). */
    waiting: Total,
    oldestSince: Nullable(Instant),
    overtime: Total,
    /** Those that wait, by whole days since they were requested; the last one holds all of 30 days and more. */
    waitingDays: Type.Array(Total, { maxItems: 31 }),
  }),
  ...domainTables,
} as const satisfies Readonly<Record<TableName, TSchema>>

export type Row<T extends TableName> = Static<(typeof tables)[T]>
export type Table<T extends TableName> = ReadonlyMap<string, Row<T>>

/** An immutable board; unchanged rows and tables keep their identity across `apply`. */
export type Board = { readonly [T in TableName]: Table<T> }
