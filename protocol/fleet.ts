/** What the console asks of the relay about screens and is told: JSON under /v1/fleet. */
import { Type, type Static } from 'typebox'
import { Id, Instant, oneOf, strict, Text } from './fields.ts'
import { Beat, Profile, Scope, ScreenConfig, ScreenSettings, UserCode } from './screens.ts'

const Count = Type.Integer({ minimum: 0 })

/**
 * `online` was heard within 40 s and draws; `frozen` is heard and draws nothing new; `late` was heard within five minutes;
 * `lost` was not; `asleep` is switched off as planned; `unpaired` holds no token.
 */
export const screenStates = ['online', 'frozen', 'late', 'lost', 'asleep', 'unpaired'] as const
export type ScreenState = (typeof screenStates)[number]

export const FleetScreen = Type.Object(
  {
    screen: ScreenConfig,
    madeAt: Instant,
    /** Null while no browser holds its token. */
    pairedAt: Type.Union([Instant, Type.Null()]),
    state: oneOf(...screenStates),
    /** When it last said something since the relay started, and what. */
    seenAt: Type.Union([Instant, Type.Null()]),
    beat: Type.Union([Beat, Type.Null()]),
  },
  strict,
)
export type FleetScreen = Static<typeof FleetScreen>

export const FleetScreens = Type.Object({ at: Instant, screens: Type.Array(FleetScreen) }, strict)
export type FleetScreens = Static<typeof FleetScreens>

/** A screen that waits to be let in: what it says of itself, and from where. */
export const FleetPairing = Type.Object(
  {
    userCode: UserCode,
    profile: Profile,
    engine: Type.String(),
    address: Type.String(),
    leftMs: Count,
  },
  strict,
)
export type FleetPairing = Static<typeof FleetPairing>

/** Lets it in: as a new screen, or in the place of one whose box was changed. */
export const ApprovePairing = Type.Union([
  Type.Object({ settings: ScreenSettings }, strict),
  Type.Object({ replaces: Id }, strict),
])
export type ApprovePairing = Static<typeof ApprovePairing>

const seconds = Type.Integer({ minimum: 1, maximum: 600 })
/** POST /v1/fleet/screens/ID/commands: what the screen is told to do at once. */
export const FleetCommand = Type.Union([
  Type.Object({ do: Type.Literal('identify'), seconds }, strict),
  Type.Object({ do: Type.Literal('reload') }, strict),
  /** To another page of this relay: a person sends a screen nowhere else. */
  Type.Object(
    {
      do: Type.Literal('redirect'),
      url: Type.String({ maxLength: 300, pattern: '^/(?![/\\\\])[!-~]*$' }),
    },
    strict,
  ),
  Type.Object({ do: Type.Literal('message'), text: Text(80), seconds }, strict),
])
export type FleetCommand = Static<typeof FleetCommand>

/** Whom a notice or a command is for: all screens, those of a place, one, or several that somebody has chosen. */
const Target = Type.Union([
  Type.Object({ kind: Type.Literal('all') }, strict),
  Type.Object({ kind: Type.Literal('place'), scope: Scope }, strict),
  Type.Object({ kind: Type.Literal('screen'), id: Id }, strict),
  Type.Object(
    {
      kind: Type.Literal('screens'),
      ids: Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }),
    },
    strict,
  ),
])
export type Target = Static<typeof Target>

/** POST /v1/fleet/commands: the same told to several. */
export const TellGroup = Type.Object({ target: Target, command: FleetCommand }, strict)
export type TellGroup = Static<typeof TellGroup>

/** Of the paired screens that it was for: how many did it, and which did not, each with why. */
export const GroupTold = Type.Object(
  {
    asked: Count,
    done: Count,
    failed: Type.Array(Type.Object({ id: Id, name: Text(40), why: Type.String() }, strict)),
  },
  strict,
)
export type GroupTold = Static<typeof GroupTold>

/** POST /v1/notices. */
export const SendNotice = Type.Object(
  {
    title: Text(30),
    text: Text(200),
    from: Text(40),
    target: Target,
    minutes: Type.Integer({ minimum: 1, maximum: 720 }),
  },
  strict,
)
export type SendNotice = Static<typeof SendNotice>

export const SentNotice = Type.Object(
  {
    id: Id,
    title: Text(30),
    text: Text(200),
    from: Text(40),
    target: Target,
    since: Instant,
    until: Instant,
    /** Who sent it: an account, or an address. */
    by: Type.String(),
    isOn: Type.Boolean(),
    /** Screens of the fleet that it is for, and of them those on which it was seen. */
    screens: Count,
    seen: Type.Array(Type.Object({ id: Id, at: Instant }, strict)),
    /** Pages on which it was seen that are no screens of the fleet. */
    others: Count,
  },
  strict,
)
export type SentNotice = Static<typeof SentNotice>
export const SentNotices = Type.Object({ at: Instant, notices: Type.Array(SentNotice) }, strict)
