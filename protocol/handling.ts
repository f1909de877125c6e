/** What is asked and told about handling a warning (督办): JSON at /v1/handling. */
import { Type, type Static } from 'typebox'
import { tables } from './board.ts'
import { Instant, oneOf, strict, Text } from './fields.ts'

/** POST /v1/handling. A warning's id is its rule and organisation: `silence/431128101001-01`. */
export const HandleWarning = Type.Object(
  {
    warning: Type.String({ minLength: 3, maxLength: 96 }),
    /** 提醒 and, before it is answered, 撤回; 签收 and 整改 by whoever was warned. */
    act: oneOf('remind', 'withdraw', 'acknowledge', 'rectify'),
  },
  strict,
)
export type HandleWarning = Static<typeof HandleWarning>

/** GET /v1/handling: the warnings of the own part of the tree. */
export const Handlings = Type.Object(
  {
    at: Instant,
    warnings: Type.Array(Type.Object({ name: Text(60), warning: tables.warnings }, strict)),
  },
  strict,
)
export type Handlings = Static<typeof Handlings>

/** The answer to POST: the warning as it stands now, or null where it ended meanwhile. */
export const Handled = Type.Object({ warning: Type.Union([tables.warnings, Type.Null()]) }, strict)
