/** Writes canonical events in the native dialect of 彭山 e支部: the mirror of relay/platforms/pengshan.ts. */
import type { EventKind, Event } from '../../protocol/events.ts'
import { instantMs } from '../../protocol/time.ts'
import { kindsOf, worded, type Writers } from '../dialect.ts'
import { pagesOf, type MockPlatform } from '../platform.ts'
import { tellPengshan } from './pengshan-story.ts'

const levels = { committee: 1, 'general-branch': 2, branch: 3 } as const
const categories = {
  territory: 'rural',
  organ: 'organ',
  enterprise: 'company',
  floating: 'migrant',
} as const
const forms = {
  'general-meeting': 'memberMeeting',
  'branch-committee': 'committeeMeeting',
  'group-meeting': 'groupMeeting',
  lecture: 'partyLecture',
  'theme-day': 'themeDay',
  'life-meeting': 'lifeMeeting',
  appraisal: 'appraisal',
  volunteering: 'volunteer',
  discussion: 'discussion',
  talk: 'heartTalk',
} as const
const scores: Readonly<Record<string, string>> = {
  'sign-in': 'signIn',
  dues: 'duesPaid',
  reflection: 'reflection',
  video: 'videoWatched',
  quiz: 'quizRight',
}
const rules: Readonly<Record<string, string>> = { silence: 'silent30', dues: 'dues', term: 'term' }
const issuers = { branch: 'branch', township: 'town', county: 'district' } as const
const basics = {
  organization: 'org',
  team: 'team',
  activity: 'activity',
  rules: 'rule',
  ground: 'ground',
  support: 'support',
  service: 'service',
} as const
const feeds: Readonly<Record<string, string>> = {
  organizations: 'orgs',
  activities: 'activities',
  points: 'scores',
  study: 'study',
  dues: 'dues',
  services: 'services',
  floating: 'migrants',
}
const steps = { requested: 1, dispatched: 2, accepted: 3, verified: 4 } as const
const modes = { 'sign-in': 'sign', video: 'video', text: 'text' } as const

/** `hd-48` → 48; `51140310000048` → 10000048. */
const tail = (id: string): number => Number(id.slice(id.indexOf('-') + 1))
const orgId = (id: string): number => Number(id.slice(6))
const seconds = (instant: string): number => instantMs(instant) / 1000
const region = (code: string) =>
  code.length === 9
    ? { townshipId: Number(code.slice(6)) }
    : { townshipId: Number(code.slice(6, 9)), villageId: Number(code.slice(6)) }

const writers: Writers<
  Extract<
    EventKind,
    | `organization.${string}`
    | `branch.${string}`
    | `floating.${string}`
    | `warning.${string}`
    | 'members.counted'
    | 'activity.started'
    | 'activity.signed'
    | 'activity.submitted'
    | 'activity.reviewed'
    | 'points.awarded'
    | 'dues.paid'
    | 'study.logged'
    | 'quiz.logged'
    | 'reflection.logged'
    | 'ledger.filled'
    | 'station.recorded'
    | 'service.listed'
    | 'order.advanced'
    | 'service.rated'
    | 'content.pushed'
    | 'meeting.joined'
    | 'exchange.logged'
    | 'intention.counted'
    | 'source.reported'
  >
> = {
  'organization.recorded': [
    'org.saved',
    ({ data }) => ({
      title: data.name,
      level: levels[data.kind],
      category: categories[data.group],
      parentId: data.parent === undefined ? null : orgId(data.parent),
      ...(data.township && { region: region(data.village ?? data.township) }),
      ...(data.lng !== undefined && { position: { lng: data.lng, lat: data.lat } }),
      term: {
        foundedOn: data.foundedOn,
        endsOn: data.termEndsOn ?? null,
        electedOn: data.electedOn ?? null,
        postponedTo: data.termPostponedTo ?? null,
      },
      contactName: '联系人甲',
      mobile: '00000000000',
      homeAddress: '某街某号',
    }),
  ],
  'organization.dissolved': ['org.removed', () => ({ remark: '合并原因' })],
  'branch.online': ['org.signedOn', () => ({})],
  'branch.offline': ['org.signedOff', () => ({})],
  'members.counted': [
    'members.stat',
    ({ data }) => ({
      total: data.members,
      inactive: data.inactive ?? 0,
      groups: data.groups ?? null,
      idCard: '000000190001010000',
    }),
  ],
  'activity.started': [
    'activity.begun',
    ({ data }) => ({
      activity: { activityId: tail(data.activity), kind: forms[data.form], topic: data.title },
    }),
  ],
  'activity.signed': [
    'activity.signIns',
    ({ data: { activity, present, expected } }) => ({
      activityId: tail(activity),
      attendance: { present, expected },
    }),
  ],
  'activity.submitted': [
    'activity.reported',
    ({ data }) => ({
      activity: {
        activityId: tail(data.activity),
        kind: forms[data.form],
        topic: data.title,
        heldAt: seconds(data.heldAt),
        photoCount: data.photos,
      },
      attendance: { present: data.present, expected: data.expected },
      remark: '会议记录正文',
    }),
  ],
  'activity.reviewed': [
    'activity.audited',
    ({ data }) => ({
      activityId: tail(data.activity),
      auditor: issuers[data.level],
      approved: data.verdict === 'passed',
    }),
  ],
  'points.awarded': [
    'score.added',
    ({ data }) => ({ score: data.points, origin: scores[data.reason] ?? 'signIn' }),
  ],
  'dues.paid': [
    'dues.stat',
    ({ data }) => ({
      month: data.month,
      payers: data.members,
      amount: data.members * 4.5,
      monthlyPay: 3_210,
    }),
  ],
  'study.logged': ['study.stat', ({ data }) => ({ ...data })],
  'quiz.logged': [
    'quiz.stat',
    ({ data }) => ({
      participants: data.participants,
      answered: data.answered,
      correct: data.right,
    }),
  ],
  'reflection.logged': [
    'reflection.stat',
    ({ data }) => ({ pieces: data.count, remark: '心得正文' }),
  ],
  'warning.reminded': [
    'warning.urged',
    ({ data }) => ({ rule: rules[data.rule], issuer: issuers[data.by] }),
  ],
  'warning.acknowledged': [
    'warning.signed',
    ({ data }) => ({ rule: rules[data.rule], issuer: issuers[data.by] }),
  ],
  'warning.rectified': [
    'warning.fixed',
    ({ data }) => ({ rule: rules[data.rule], issuer: issuers[data.by] }),
  ],
  'ledger.filled': ['ledger.entered', ({ data }) => ({ section: basics[data.basic] })],
  'station.recorded': [
    'house.saved',
    ({ data }) => ({ houseId: tail(data.station), title: data.name, region: region(data.place) }),
  ],
  'service.listed': [
    'item.saved',
    ({ data }) => ({
      itemId: tail(data.item),
      title: data.title,
      enabled: data.isOpen,
      days: data.days ?? null,
    }),
  ],
  'order.advanced': [
    'order.moved',
    ({ data }) => ({
      orderId: tail(data.order),
      step: steps[data.stage],
      ...(data.isResolved !== undefined && { solved: data.isResolved }),
    }),
  ],
  'service.rated': ['rating.stat', ({ data }) => ({ stars: data.score, votes: data.count })],
  'floating.registered': [
    'migrant.left',
    ({ data }) => ({
      migrantId: tail(data.member),
      city: data.city,
      leftOn: data.since,
      contactName: '党员甲',
    }),
  ],
  'floating.returned': ['migrant.returned', ({ data }) => ({ migrantId: tail(data.member) })],
  'content.pushed': ['migrant.notice', ({ data }) => ({ noticeId: tail(data.content) })],
  'meeting.joined': [
    'migrant.meeting',
    ({ data }) => ({
      meetingId: tail(data.meeting),
      mode: modes[data.mode],
      people: data.members,
      themeDay: data.isThemeDay,
    }),
  ],
  'exchange.logged': ['migrant.chats', ({ data }) => ({ people: data.count })],
  'intention.counted': ['migrant.intent', ({ data }) => ({ willing: data.willing })],
  'source.reported': [
    'feed.complete',
    ({ data }) => ({ feed: feeds[data.feed], everySeconds: data.cadenceSeconds }),
  ],
}

/** `ps-48` is record 48. */
function record(event: Event) {
  const [recordType, content] = worded(writers, event)
  return {
    recordId: tail(event.id),
    recordType,
    revision: event.rev,
    ...(event.retracts !== undefined && { revokes: tail(event.retracts) }),
    orgId: event.kind === 'source.reported' ? 0 : orgId(event.subject),
    happenedAt: seconds(event.time),
    content,
  }
}

export const pengshan: MockPlatform = {
  platform: 'pengshan',
  divisions: ['511403'],
  feeds: {
    organizations: 60,
    activities: 60,
    points: 60,
    study: 300,
    dues: 3_600,
    services: 300,
    floating: 3_600,
  },
  kinds: kindsOf(writers),
  personal: ['contactName', 'mobile', 'idCard', 'homeAddress', 'amount', 'monthlyPay', 'remark'],
  reportId: (_county, feed, atMs) =>
    `ps-${8_000_000_000_000_000 + Math.floor(atMs / 1000) * 16 + Object.keys(feeds).indexOf(feed)}`,
  tell: tellPengshan,
  *deliveries(events) {
    for (const page of pagesOf(events, 1_000)) {
      const records = page.map(record)
      const sentAt = Math.max(...records.map(({ happenedAt }) => happenedAt))
      const body = JSON.stringify({ appId: 'ezhibu-511403', sentAt, records })
      yield { contentType: 'application/json', body, events: page.length }
    }
  },
}
