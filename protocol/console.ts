/** What the operator's view asks of the relay and is told: JSON under /v1/console. */
import { Type, type Static, type TSchema } from 'typebox'
import { Feed, WarningRule } from './events.ts'
import { Instant, oneOf, strict } from './fields.ts'

const Count = Type.Integer({ minimum: 0 })
const Division = Type.String({ pattern: '^\\d{6}$' })
const Platform = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' })
const list = <T extends TSchema>(items: T) => Type.Array(items)

/** Events by what became of them. */
const Outcomes = Type.Object({ accepted: Count, duplicate: Count, rejected: Count }, strict)

export const ConsoleKey = Type.Object(
  {
    id: Type.String(),
    state: oneOf('valid', 'ending', 'early', 'ended', 'revoked'),
    /** When it begins, ends, or ended; absent while it is valid without an end. */
    at: Type.Optional(Instant),
    counties: list(Division),
    masked: Type.String(),
  },
  strict,
)
export type ConsoleKey = Static<typeof ConsoleKey>

export const ConsoleFeed = Type.Object(
  {
    feed: Feed,
    asOf: Instant,
    ageSeconds: Count,
    cadenceSeconds: Count,
    /** `late` over two cadences, `broken` over ten. */
    state: oneOf('ok', 'late', 'broken'),
  },
  strict,
)

const ConsoleConnector = Type.Object(
  {
    name: Type.String(),
    kind: Type.String(),
    state: oneOf('running', 'backing-off', 'stopped', 'misconfigured'),
    lastOkAt: Type.Optional(Instant),
    lastError: Type.Optional(Type.String()),
    lastErrorAt: Type.Optional(Instant),
    lag: Type.Optional(
      Type.Union([
        Type.Object({ rows: Type.Integer() }, strict),
        Type.Object({ seconds: Type.Integer() }, strict),
      ]),
    ),
  },
  strict,
)

export const ConsolePlatform = Type.Object(
  {
    platform: Platform,
    divisions: list(Division),
    /** Events a minute over the last ten minutes, or since the start where that is shorter. */
    perMinute: Type.Object(
      { accepted: Type.Number(), duplicate: Type.Number(), rejected: Type.Number() },
      strict,
    ),
    sinceStart: Outcomes,
    /** The last accepted or duplicate event since the relay started. */
    lastEventAt: Type.Optional(Instant),
    feeds: list(ConsoleFeed),
    keys: list(ConsoleKey),
    connectors: list(ConsoleConnector),
    /** Refused deliveries that are kept. */
    refusals: Count,
  },
  strict,
)
export type ConsolePlatform = Static<typeof ConsolePlatform>

export const ConsolePlatforms = Type.Object(
  { at: Instant, startedAt: Instant, home: Division, platforms: list(ConsolePlatform) },
  strict,
)
export type ConsolePlatforms = Static<typeof ConsolePlatforms>

export const MakeKey = Type.Object(
  { platform: Platform, counties: Type.Array(Division, { minItems: 1, maxItems: 200 }) },
  strict,
)

/** `secret` is in this one answer and never again. */
export const ConsoleSecret = Type.Object(
  { platform: Platform, key: ConsoleKey, secret: Type.String() },
  strict,
)
export type ConsoleSecret = Static<typeof ConsoleSecret>

export const ConsoleRevoked = Type.Object({ platform: Platform, key: ConsoleKey }, strict)

const Cell = Type.Object(
  {
    /** As a spreadsheet counts: the titles are row 1. */
    row: Type.Integer({ minimum: 1 }),
    column: Type.Optional(Type.String()),
    sentence: Type.String(),
  },
  strict,
)

/** What is wrong with a sheet, as `problems` of a 422. */
export const RosterProblems = Type.Object({ detail: Type.String(), problems: list(Cell) })
export type RosterProblems = Static<typeof RosterProblems>

/** What a sheet changes; `written` once it has been applied: how many events that took. */
export const ConsoleRoster = Type.Object(
  {
    differences: list(
      Type.Object(
        {
          id: Type.String(),
          name: Type.String(),
          kind: oneOf('new', 'changed'),
          fields: list(
            Type.Object(
              { title: Type.String(), before: Type.String(), after: Type.String() },
              strict,
            ),
          ),
        },
        strict,
      ),
    ),
    unchanged: Count,
    /** Recorded and not in the sheet: they stay. */
    missing: list(Type.Object({ id: Type.String(), name: Type.String() }, strict)),
    written: Type.Optional(Count),
  },
  strict,
)
export type ConsoleRoster = Static<typeof ConsoleRoster>

const Threshold = Type.Object(
  { name: Type.String(), value: Type.Number(), standard: Type.Number() },
  strict,
)
export const ConsoleRules = Type.Object(
  {
    county: Division,
    rules: list(
      Type.Object(
        {
          name: WarningRule,
          article: Type.String(),
          isOn: Type.Boolean(),
          thresholds: list(Threshold),
        },
        strict,
      ),
    ),
    /** What holds beside the rules: lists, escalation, floods. */
    settings: list(Threshold),
  },
  strict,
)
export type ConsoleRules = Static<typeof ConsoleRules>
