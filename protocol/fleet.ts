/** What the console asks of the relay about screens and is told: JSON under /v1/fleet. */
import { Type, type Static } from 'typebox'
import { Id, Instant, strict } from './fields.ts'
import { Profile, ScreenConfig, ScreenSettings, UserCode } from './screens.ts'

const Count = Type.Integer({ minimum: 0 })

export const FleetScreen = Type.Object(
  {
    screen: ScreenConfig,
    madeAt: Instant,
    /** Null while no browser holds its token. */
    pairedAt: Type.Union([Instant, Type.Null()]),
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
