/** Building blocks of the schemas: what a text, a count or an instant may be on the wire. */
import { Type } from 'typebox'

export const strict = { additionalProperties: false } as const

/** A label for a screen; already cleaned at the door (see relay/http/text.ts). */
export const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
export const Count = Type.Integer({ minimum: 0, maximum: 10_000_000 })
/** A plain date of the civil calendar, without a zone: `2026-06-18`. */
export const PlainDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
/** An instant, RFC 3339 with an explicit offset. */
export const Instant = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?(Z|[+-]\\d{2}:\\d{2})$',
})
export const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })
export const Id = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$' })
/** 黄*平: of a person's name the first character and, of three or more, the last. */
export const MaskedName = Type.String({ pattern: '^[^*\\s]\\*{1,10}[^*\\s]?$' })
export const Longitude = Type.Number({ minimum: 73, maximum: 136 })
export const Latitude = Type.Number({ minimum: 3, maximum: 54 })
/** Township code, 9 digits (GB/T 10114). */
export const TownshipCode = Type.String({ pattern: '^\\d{9}$' })
/** Code of a village or community, 12 digits. */
export const VillageCode = Type.String({ pattern: '^\\d{12}$' })
export const oneOf = <const T extends readonly string[]>(...values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: values })
