/** A camera that somebody wants on a wall, or on all of a division's. */
import { Type, type Static } from 'typebox'
import { Id, strict } from './fields.ts'

/** A division (GB/T 2260) for all its walls, and behind a slash the name of one of them. */
export const PinTarget = Type.String({ pattern: '^\\d{6}(/[a-z0-9-]{1,32})?$' })

/** relay → screen: the camera that is to be its large picture; null where there is none any more, or none that it may show. */
export const Pinned = Type.Object(
  {
    camera: Type.Union([Id, Type.Null()]),
    /** ms of the relay's clock; it ends by itself then. */
    until: Type.Integer({ minimum: 0 }),
  },
  strict,
)
export type Pinned = Static<typeof Pinned>

/** screen → relay: pins a camera to the wall of this browser for half an hour, or with null lets go; answered with false where it may not. */
export const PinHere = Type.Object({ camera: Type.Union([Id, Type.Null()]) }, strict)
export type PinHere = Static<typeof PinHere>
