/** Services and governance: residents' cases and orders, stations, service items, teams. No reporter, address or text of a complaint. */
import { Type, type Static } from 'typebox'
import { Count, Id, Instant, Latitude, Longitude, Month, oneOf, strict, Text } from './fields.ts'

/** 点单 → 派单 → 接单 → 验单 (四单制). */
export const OrderStage = oneOf('requested', 'dispatched', 'accepted', 'verified')
export type OrderStage = Static<typeof OrderStage>

/** 归集 → 过滤核实 → 派单交办 → 现场处理 → 评价反馈; `dismissed` ends a case that verification found void. */
export const CaseStage = oneOf(
  'collected',
  'verified',
  'dispatched',
  'handled',
  'rated',
  'dismissed',
)
export type CaseStage = Static<typeof CaseStage>

export const StationKind = oneOf('station', 'house')
/** `station` 服务站, `house` 党群互联屋. */
export type StationKind = Static<typeof StationKind>
export const StationLevel = oneOf('county', 'township', 'village')
export type StationLevel = Static<typeof StationLevel>
export const TeamKind = oneOf('volunteer', 'expert')
export type TeamKind = Static<typeof TeamKind>

/** Division code: 6 digits county, 9 township, 12 village. */
const Place = Type.String({ pattern: '^\\d{6}(\\d{3}(\\d{3})?)?$' })
const Score = Type.Integer({ minimum: 1, maximum: 5 })

export const serviceData = {
  /** A resident's order of the four-step service (四单制) reached a stage. */
  'order.advanced': Type.Object(
    {
      order: Id,
      stage: OrderStage,
      /** With `verified`: whether the residents found it solved. */
      isResolved: Type.Optional(Type.Boolean()),
    },
    strict,
  ),
  /** A residents' report reached a stage. Each stage counts once, when it was first reached. */
  'case.advanced': Type.Object(
    {
      case: Id,
      stage: CaseStage,
      /** With `collected`: the category, never what the resident wrote. */
      category: Type.Optional(Text(20)),
      /** With `collected`: the joined platform (信息平台) that took it in. */
      intake: Type.Optional(Id),
      grid: Type.Optional(Id),
      /** With `dispatched`: handled later than this is overtime (超时). */
      dueAt: Type.Optional(Instant),
      /** With `rated`. */
      score: Type.Optional(Score),
      likes: Type.Optional(Count),
    },
    strict,
  ),
  /** A platform joined to the case centre gave a sign of life. Subject: the county. */
  'intake.reported': Type.Object(
    { intake: Id, name: Text(30), cadenceSeconds: Type.Integer({ minimum: 1, maximum: 86_400 }) },
    strict,
  ),
  /** Complaints about the conduct of cadres (作风投诉) in a month; absolute. */
  'complaints.counted': Type.Object({ month: Month, complaints: Count }, strict),
  /** A grid (网格) of the county; absolute. */
  'grid.recorded': Type.Object(
    { grid: Id, name: Text(40), township: Type.Optional(Place) },
    strict,
  ),
  'team.recorded': Type.Object(
    { team: Id, name: Text(40), kind: TeamKind, isOut: Type.Boolean() },
    strict,
  ),
  'station.recorded': Type.Object(
    {
      station: Id,
      kind: StationKind,
      level: StationLevel,
      place: Place,
      name: Text(60),
      lng: Type.Optional(Longitude),
      lat: Type.Optional(Latitude),
    },
    strict,
  ),
  'station.closed': Type.Object({ station: Id }, strict),
  /** An item that residents can have done (服务事项). */
  'service.listed': Type.Object(
    {
      item: Id,
      title: Text(60),
      isOpen: Type.Boolean(),
      /** Days that it takes, as promised. */
      days: Type.Optional(Type.Integer({ minimum: 0, maximum: 365 })),
    },
    strict,
  ),
  /**
   * Matters settled (办结) since the last report. `scope` keeps two totals apart that the source
   * itself keeps apart: what was done on the platform, and what was done in the whole province.
   */
  'service.done': Type.Object({ count: Count, scope: oneOf('platform', 'province') }, strict),
  /** Anonymous ratings since the last report. */
  'service.rated': Type.Object({ score: Score, count: Count }, strict),
  /** A cadre's visit to a resident went on: 走访 → 问题 → 解决. */
  'visit.advanced': Type.Object({ visit: Id, stage: oneOf('visited', 'found', 'solved') }, strict),
} as const
