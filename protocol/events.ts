/**
 * What can happen. One schema per kind of event; every platform's native
 * message becomes one of these before anything else in the system sees it.
 */
import { Type, type Static, type TObject } from 'typebox'
import { commerceData } from './events-commerce.ts'
import { floatingData } from './events-floating.ts'
import { memberData } from './events-members.ts'
import { serviceData } from './events-services.ts'
import {
  Count,
  Id,
  Instant,
  Latitude,
  Longitude,
  oneOf,
  PlainDate,
  strict,
  Text,
  TownshipCode,
  VillageCode,
} from './fields.ts'

/** Where an organisation stands on the wall: on the map, in a rack, or as a floating thread. */
export const OrganizationGroup = oneOf('territory', 'organ', 'enterprise', 'floating')
export type OrganizationGroup = Static<typeof OrganizationGroup>
export const OrganizationKind = oneOf('committee', 'general-branch', 'branch')
export type OrganizationKind = Static<typeof OrganizationKind>

/** Forms of organised life (三会一课, 主题党日 …). */
export const ActivityForm = oneOf(
  'general-meeting',
  'branch-committee',
  'group-meeting',
  'lecture',
  'theme-day',
  'life-meeting',
  'appraisal',
  'volunteering',
  'discussion',
  'talk',
)
export type ActivityForm = Static<typeof ActivityForm>

export const PointsReason = oneOf(
  'sign-in',
  'dues',
  'reflection',
  'study',
  'quiz',
  'activity',
  'review',
  'video',
  'reading',
  'download',
  'correction',
)
export type PointsReason = Static<typeof PointsReason>

/** The feeds whose age the wall shows, each with its own cadence. */
export const Feed = oneOf(
  'organizations',
  'activities',
  'video',
  'points',
  'study',
  'cases',
  'term',
  'dues',
  'services',
  'floating',
)
export type Feed = Static<typeof Feed>

/** Rules that warn; each has its file and article in relay/core. */
export const WarningRule = oneOf(
  'silence',
  'dues',
  'dues-rate',
  'term',
  'general-meeting',
  'branch-committee',
  'group-meeting',
  'lecture',
  'theme-day',
  'life-meeting',
  'appraisal',
  'talk',
  'study-hours',
  'lost',
  'away',
  'quitting',
  'abroad',
)
export type WarningRule = Static<typeof WarningRule>
const Level = oneOf('branch', 'township', 'county')

/**
 * kind → shape of `data`. The subject of an event is the organisation that it
 * is about, except for `source.reported`, whose subject is the platform.
 */
export const eventData = {
  /** An organisation as it is now; absolute, the latest by time wins. */
  'organization.recorded': Type.Object(
    {
      name: Text(60),
      kind: OrganizationKind,
      group: OrganizationGroup,
      parent: Type.Optional(Id),
      /** Township code (9 digits) for a territory organisation. */
      township: Type.Optional(TownshipCode),
      /** The village or community. */
      village: Type.Optional(VillageCode),
      lng: Type.Optional(Longitude),
      lat: Type.Optional(Latitude),
      foundedOn: PlainDate,
      /** The day on which the leading body's term of office ends (换届). */
      termEndsOn: Type.Optional(PlainDate),
      /** The day of its last election; the end of the term follows from it where `termEndsOn` is not told. */
      electedOn: Type.Optional(PlainDate),
      /** The day to which the level above approved that the election be postponed (延期). */
      termPostponedTo: Type.Optional(PlainDate),
    },
    strict,
  ),
  'organization.dissolved': Type.Object({}, strict),
  /** Members of one organisation; absolute. `away` counts floating members by city. */
  'members.counted': Type.Object(
    {
      members: Count,
      away: Type.Optional(
        Type.Array(Type.Object({ city: Text(20), members: Count }, strict), { maxItems: 40 }),
      ),
      /** Members who have registered on the platform (入驻). */
      movedIn: Type.Optional(Count),
      /** Members who did not study for 30 days (不活跃党员). */
      inactive: Type.Optional(Count),
      /** Party groups (党小组) of the branch; none where absent. */
      groups: Type.Optional(Count),
      /** A masked name (黄*平), only where the platform marks the post public. */
      secretary: Type.Optional(Text(12)),
    },
    strict,
  ),
  'branch.online': Type.Object({}, strict),
  'branch.offline': Type.Object({}, strict),
  'activity.announced': Type.Object(
    { activity: Id, form: ActivityForm, title: Text(80), startsAt: Instant },
    strict,
  ),
  'activity.started': Type.Object({ activity: Id, form: ActivityForm, title: Text(80) }, strict),
  /** Attendance so far; absolute, so that a repeated or late message does no harm. */
  'activity.signed': Type.Object({ activity: Id, present: Count, expected: Count }, strict),
  'activity.submitted': Type.Object(
    {
      activity: Id,
      form: ActivityForm,
      title: Text(80),
      heldAt: Instant,
      present: Count,
      expected: Count,
      photos: Type.Integer({ minimum: 0, maximum: 99 }),
    },
    strict,
  ),
  /** First review by the township (初审), final review by the county (终审). */
  'activity.reviewed': Type.Object(
    { activity: Id, level: oneOf('township', 'county'), verdict: oneOf('passed', 'returned') },
    strict,
  ),
  'points.awarded': Type.Object(
    { points: Type.Integer({ minimum: -1000, maximum: 1000 }), reason: PointsReason },
    strict,
  ),
  'stream.up': Type.Object({ stream: Id, title: Text(60), activity: Type.Optional(Id) }, strict),
  'stream.down': Type.Object({ stream: Id }, strict),
  /** A committee reminded an organisation that was warned (督办). */
  'warning.reminded': Type.Object({ rule: WarningRule, by: oneOf('township', 'county') }, strict),
  /** The warned organisation took note (签收). */
  'warning.acknowledged': Type.Object({ rule: WarningRule, by: Level }, strict),
  /** What was missing is said to be done (整改); the warning itself clears only by facts (销号). */
  'warning.rectified': Type.Object({ rule: WarningRule, by: Level }, strict),
  /** The platform says that a feed is complete up to the event's time. */
  'source.reported': Type.Object(
    { feed: Feed, cadenceSeconds: Type.Integer({ minimum: 1, maximum: 86_400 }) },
    strict,
  ),
  ...memberData,
  ...serviceData,
  ...floatingData,
  ...commerceData,
  /** Written by the relay itself at each local midnight: time is data, so a replay sees it too. */
  'day.began': Type.Object({ day: PlainDate }, strict),
} as const satisfies Record<string, TObject>

export type EventKind = keyof typeof eventData
export type EventData<K extends EventKind> = Static<(typeof eventData)[K]>

/** What every event carries besides its data. Times are RFC 3339 instants with an offset. */
export interface Envelope {
  /** The platform's own identity of the message; (source, id) is unique for ever. */
  readonly source: string
  readonly id: string
  /** Higher revisions of the same (source, id) replace lower ones. */
  readonly rev: number
  /** The id, within the same source, of an event that this one takes back. */
  readonly retracts?: string
  readonly subject: string
  /** Six-digit county code (GB/T 2260). */
  readonly county: string
  readonly time: string
}
export type EventOf<K extends EventKind> = Envelope & {
  readonly kind: K
  readonly data: EventData<K>
}
/** A canonical event: a union over all kinds. */
export type Event = { [K in EventKind]: EventOf<K> }[EventKind]

export const eventKinds = Object.keys(eventData) as EventKind[]
