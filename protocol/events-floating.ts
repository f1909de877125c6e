/** Floating members (流动党员) and the two ends that look after them. Opaque ids, cities and counts only. */
import { Type } from 'typebox'
import { Count, Id, oneOf, PlainDate, strict, Text } from './fields.ts'

export const floatingData = {
  /** A member went to a city. Subject: the organisation at home; `host`: the one that takes care there. */
  'floating.registered': Type.Object(
    {
      /** The platform's own opaque number of the record, never an identity number. */
      member: Id,
      city: Text(20),
      since: PlainDate,
      host: Type.Optional(Id),
    },
    strict,
  ),
  'floating.returned': Type.Object({ member: Id }, strict),
  /** Members who would come back (回乡意向); absolute. */
  'intention.counted': Type.Object({ willing: Count }, strict),
  /** Members who took part in online exchange since the last report (人次). */
  'exchange.logged': Type.Object({ count: Count }, strict),
  /** Members in an online meeting by way of taking part; absolute for each (meeting, mode). */
  'meeting.joined': Type.Object(
    {
      meeting: Id,
      mode: oneOf('sign-in', 'video', 'text'),
      members: Count,
      isThemeDay: Type.Boolean(),
    },
    strict,
  ),
  /** 四清楚: of how many members number, destination, thinking and occupation are known; absolute. */
  'profiles.counted': Type.Object(
    { members: Count, number: Count, destination: Count, thinking: Count, occupation: Count },
    strict,
  ),
} as const
