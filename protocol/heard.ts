/** What the relay has heard of each platform: GET /v1/platforms. */
import { Type, type Static } from 'typebox'
import { ConsoleFeed } from './console.ts'
import { Instant, oneOf, strict } from './fields.ts'
import { Nullable, Total } from './row.ts'

/** Five-minute parts of the last hour. */
export const heardParts = 12

export const HeardPlatform = Type.Object(
  {
    platform: Type.String(),
    /** Division codes that it speaks for. */
    divisions: Type.Array(Type.String()),
    /** Accepted or known already, a minute, over the last ten minutes. */
    perMinute: Type.Number(),
    /** Events of each five minutes of the last hour, the running five last. */
    lastHour: Type.Array(Total, { maxItems: heardParts }),
    /** Since the relay started; null before the first. */
    lastEventAt: Nullable(Instant),
    feeds: Type.Array(ConsoleFeed),
    /** What waits at a source that the relay reads; null where it is told, or where this is not told. */
    lag: Nullable(
      Type.Union([
        Type.Object({ rows: Type.Integer() }, strict),
        Type.Object({ seconds: Type.Integer() }, strict),
      ]),
    ),
    /** Refused in the last hour; null where this is not told. */
    refused: Nullable(Total),
    /**
     * The last thing that went wrong since the relay started, which may be over: an event was refused, or the source did
     * not answer. Null where nothing did, or where this is not told.
     */
    trouble: Nullable(Type.Object({ at: Instant, kind: oneOf('refused', 'unreached') }, strict)),
  },
  strict,
)
export type HeardPlatform = Static<typeof HeardPlatform>

export const HeardPlatforms = Type.Object(
  { at: Instant, startedAt: Instant, platforms: Type.Array(HeardPlatform) },
  strict,
)
export type HeardPlatforms = Static<typeof HeardPlatforms>
