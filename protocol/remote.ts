/** A phone that steers a wall: what the wall's browsers, the relay and the phone say to each other. */
import { Type, type Static } from 'typebox'
import { ScenePath } from './agreement.ts'
import { Count, strict, Text } from './fields.ts'

/** No vowels and no letter that is taken for another: it spells no word, and is read over a hall. */
export const codeLetters = 'BCDFGHJKLMNPQRSTVWXZ'
export const codeLength = 8
export const passLength = 32
/** A code as somebody types it: in capitals and without what stands between the letters; null where it cannot be one. */
export function readCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s-]/g, '')
  return new RegExp(`^[${codeLetters}]{${codeLength}}$`).test(code) ? code : null
}
const letters = (length: number) => Type.String({ pattern: `^[${codeLetters}]{${length}}$` })
const Ms = Type.Integer({ minimum: 0 })

/** The scenes that a phone offers, in the order of the wall's tabs. */
const Scenes = Type.Array(
  Type.Object({ id: Type.String({ pattern: '^[a-z][a-z-]{0,31}$' }), title: Text(16) }, strict),
  { minItems: 1, maxItems: 16 },
)

/** screen → relay: lets phones steer the wall that this browser is a part of. */
export const OpenRemote = Type.Object({ scenes: Scenes }, strict)
export type OpenRemote = Static<typeof OpenRemote>

/** relay → every screen of the wall: how a phone joins, and which have; null where none may. */
export const RemoteDesk = Type.Union([
  Type.Object(
    {
      code: letters(codeLength),
      /** For so many ms more; 0 where it is over, until somebody opens anew. */
      codeMs: Ms,
      /** Of the page for phones, the likeliest first; none where only this machine reaches the relay. */
      addresses: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 8 }),
      phones: Type.Array(
        Type.Object(
          { number: Count, /** ms of the relay's clock */ joinedAt: Ms, isOn: Type.Boolean() },
          strict,
        ),
        { maxItems: 8 },
      ),
    },
    strict,
  ),
  Type.Null(),
])
export type RemoteDesk = Static<typeof RemoteDesk>

/** phone → relay: a code that the wall shows, or the pass that an earlier one was changed for. */
export const JoinRemote = Type.Union([
  Type.Object({ code: letters(codeLength) }, strict),
  Type.Object({ pass: letters(passLength) }, strict),
])
export type JoinRemote = Static<typeof JoinRemote>

/** relay → phone, the answer to it. */
export const RemoteJoined = Type.Union([
  Type.Object(
    {
      state: Type.Literal('joined'),
      pass: letters(passLength),
      leftMs: Ms,
      scope: Type.String({ pattern: '^\\d{6}$' }),
      scenes: Scenes,
    },
    strict,
  ),
  /** No such code, or not any more: which of them is not said. */
  Type.Object({ state: Type.Literal('refused') }, strict),
  Type.Object({ state: Type.Literal('locked'), seconds: Count }, strict),
  Type.Object({ state: Type.Literal('full') }, strict),
  /** The pass counts no longer. */
  Type.Object({ state: Type.Literal('over') }, strict),
])
export type RemoteJoined = Static<typeof RemoteJoined>

/** phone → relay → the wall's leading screen: what somebody wants to see. */
export const Steer = Type.Union([
  Type.Object({ do: Type.Literal('choose'), scene: ScenePath }, strict),
  Type.Object(
    { do: Type.Literal('step'), by: Type.Union([Type.Literal(1), Type.Literal(-1)]) },
    strict,
  ),
  Type.Object({ do: Type.Literal('hold') }, strict),
  Type.Object({ do: Type.Literal('let-go') }, strict),
  Type.Object({ do: Type.Literal('open-card'), id: Text(128) }, strict),
  Type.Object({ do: Type.Literal('close-card') }, strict),
  Type.Object({ do: Type.Literal('back') }, strict),
])
export type Steer = Static<typeof Steer>

/** relay → phone: what its wall shows. Why it is on and what waits is left out: that may name a warning. */
export const Shown = Type.Object(
  {
    /** A screen of the wall is there. */
    hasScreen: Type.Boolean(),
    /** Null before the wall has said what it shows. */
    scene: Type.Union([ScenePath, Type.Null()]),
    isHeld: Type.Boolean(),
    /** Id of the organisation whose card is open. */
    card: Type.Union([Text(128), Type.Null()]),
  },
  strict,
)
export type Shown = Static<typeof Shown>
