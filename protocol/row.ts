/** Building blocks of the board's tables. */
import { Type } from 'typebox'
import { strict } from './fields.ts'

type Field = Parameters<typeof Type.Union>[0][number]

export const Total = Type.Integer({ minimum: 0 })
export const Nullable = <T extends Field>(t: T) => Type.Union([t, Type.Null()])
/** The longest id is an organisation's and a thing's of its own. */
export const row = <T extends Record<string, Field>>(fields: T) =>
  Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }), ...fields }, strict)
