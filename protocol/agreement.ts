/** How several browsers that are one wall come to show the same scene at the same instant. Instants are ms of the relay's clock. */
import { Type, type Static } from 'typebox'
import { strict, Text } from './fields.ts'

const Ms = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 })
/** A scene, and behind a slash what it is about. */
export const ScenePath = Type.String({ pattern: '^[a-z][a-z-]{0,31}(/[A-Za-z0-9._:-]{1,64})?$' })
const Key = Type.String({ minLength: 1, maxLength: 160 })

/** What a wall shows and what it waits for; display/director/show.ts says what each part means. */
export const WallShow = Type.Object(
  {
    scene: ScenePath,
    since: Ms,
    until: Type.Union([Ms, Type.Null()]),
    why: Type.Union([Text(160), Type.Null()]),
    waiting: Type.Array(
      Type.Object(
        {
          key: Key,
          scene: ScenePath,
          weight: Type.Integer({ minimum: 0, maximum: 9 }),
          why: Text(160),
        },
        strict,
      ),
      { maxItems: 5 },
    ),
    rests: Type.Array(Type.Object({ key: Key, until: Ms }, strict), { maxItems: 24 }),
    back: Type.Union([
      Type.Object({ scene: ScenePath, isHeld: Type.Boolean() }, strict),
      Type.Null(),
    ]),
    card: Type.Union([Type.Object({ id: Text(128), until: Ms }, strict), Type.Null()]),
  },
  strict,
)
export type WallShow = Static<typeof WallShow>

/** screen → relay: the wall that this browser is a part of, among those of one division. */
export const Join = Type.Object(
  { wall: Type.String({ pattern: '^\\d{6}/[a-z0-9-]{1,32}$' }) },
  strict,
)
export type Join = Static<typeof Join>

/** screen → relay: what the whole wall should show from an instant on. */
export const Proposal = Type.Object(
  {
    /** The ordinal of the agreement that it was made from: it counts only while that is the latest. */
    after: Type.Integer({ minimum: 0 }),
    /** At the latest: it comes earlier where all browsers have drawn its scene before. */
    from: Ms,
    show: WallShow,
  },
  strict,
)
export type Proposal = Static<typeof Proposal>

/** screen → relay: a scene that was agreed on stands here, drawn and not seen yet. */
export const Drawn = Type.Object({ scene: ScenePath }, strict)
export type Drawn = Static<typeof Drawn>

/** relay → screen: who leads, and what was agreed on last. */
export const Agreed = Type.Object(
  {
    /** One of a wall's browsers moves the show by cues and by time: the one that joined first. */
    leads: Type.Boolean(),
    /** It comes of this browser's own proposal. */
    isOwn: Type.Boolean(),
    /** Agreements so far; 0 while there is none. */
    ordinal: Type.Integer({ minimum: 0 }),
    agreed: Type.Union([Type.Object({ from: Ms, show: WallShow }, strict), Type.Null()]),
  },
  strict,
)
export type Agreed = Static<typeof Agreed>
