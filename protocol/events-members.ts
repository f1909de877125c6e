/** What members do beside meetings: study, exchange of views, points, honours. Counts and masked names: no name, no text, no amount. */
import { Type, type Static } from 'typebox'
import { Count, Id, Instant, MaskedName, Month, oneOf, PlainDate, strict, Text } from './fields.ts'

/** 七个基本: organisation, team, activity, rules, ground, support, service. */
export const Basic = oneOf(
  'organization',
  'team',
  'activity',
  'rules',
  'ground',
  'support',
  'service',
)
export type Basic = Static<typeof Basic>
export const SuggestionStage = oneOf('made', 'replied', 'closed')
export type SuggestionStage = Static<typeof SuggestionStage>
export const ContentKind = oneOf('news', 'study', 'minutes', 'notice', 'income')
export type ContentKind = Static<typeof ContentKind>

export const memberData = {
  /** How many members paid for a month. Never an amount, never a name. */
  'dues.paid': Type.Object({ month: Month, members: Count }, strict),
  /**
   * How what members are set to pay a month stands to what their pay asks for; absolute. Never an amount, never a name.
   * 《关于中国共产党党费收缴、使用和管理的规定》(2008) Art. 2, 5, 6.
   */
  'dues.checked': Type.Object(
    {
      month: Month,
      /** Members whose dues were held against the standard. */
      members: Count,
      /** Set to pay less than it. */
      below: Count,
    },
    strict,
  ),
  /** Members who began to study since the branch's last report, and the minutes studied. */
  'study.logged': Type.Object({ learners: Count, minutes: Count }, strict),
  /** Quizzes since the last report: members who took part, questions answered, answers right. */
  'quiz.logged': Type.Object({ participants: Count, answered: Count, right: Count }, strict),
  /** Reflections (心得) handed in since the last report; their text stays with the platform. */
  'reflection.logged': Type.Object({ count: Count }, strict),
  'suggestion.advanced': Type.Object({ suggestion: Id, stage: SuggestionStage }, strict),
  /** Replies of a forum thread so far; absolute. */
  'forum.counted': Type.Object({ thread: Id, replies: Count }, strict),
  'points.redeemed': Type.Object(
    { goods: Id, points: Type.Integer({ minimum: 1, maximum: 1_000_000 }) },
    strict,
  ),
  /** A member's points of a month so far; absolute. `member` is opaque, and the same for one person. */
  'member.scored': Type.Object(
    {
      member: Id,
      name: MaskedName,
      month: Month,
      points: Type.Integer({ minimum: 0, maximum: 100_000 }),
    },
    strict,
  ),
  /** An article of the points mall (积分商城). */
  'goods.listed': Type.Object({ goods: Id, name: Text(40), points: Count, stock: Count }, strict),
  /** A membership (组织关系) moves. */
  'relation.transferred': Type.Object(
    {
      transfer: Id,
      stage: oneOf('applied', 'done'),
      direction: oneOf('in', 'out', 'within'),
      /** With another province: its name. */
      province: Type.Optional(Text(10)),
    },
    strict,
  ),
  /** `name` only where consent to publish is on record. */
  'honour.awarded': Type.Object(
    { honour: Id, title: Text(40), name: Type.Optional(Text(12)) },
    strict,
  ),
  /** A radio column (广播栏目) at a fixed hour. */
  'programme.scheduled': Type.Object(
    {
      programme: Id,
      title: Text(40),
      startsAt: Instant,
      minutes: Type.Integer({ minimum: 1, maximum: 240 }),
    },
    strict,
  ),
  'content.pushed': Type.Object(
    { content: Id, kind: ContentKind, to: oneOf('members', 'floating') },
    strict,
  ),
  /** An entry of the work ledger (七个基本) of a branch. */
  'ledger.filled': Type.Object({ basic: Basic }, strict),
  /** Daily uploads of a community: how many were due on a day, how many came; absolute. */
  'uploads.counted': Type.Object({ day: PlainDate, due: Count, done: Count }, strict),
  /**
   * Members by the long periods of the rules, as counts; absolute.
   * 《中国共产党党员教育管理工作条例》 Art. 20, 23, 24, 25, 31(6), 34.
   */
  'members.checked': Type.Object(
    {
      /** Out of contact (失联) for six months; of them, for two more years: 30 months. */
      lost: Count,
      lostLong: Count,
      /** Away six months or more without a transfer or a floating certificate. */
      away: Count,
      /** Six months without organised life, dues or assigned work, or near it. */
      quitting: Count,
      /** Abroad, without contact for half a year. */
      abroad: Count,
      /** Below 32 hours of concentrated study this year; the exempt are not in it. */
      belowHours: Count,
      /** Elderly, ill or disabled: no hard requirement to study. */
      exempt: Count,
    },
    strict,
  ),
} as const
