/**
 * 彭山 e支部 (Pengshan district, Meishan, 511403). Pushes
 * `{appId, sentAt, records: [{recordId, recordType, revision, revokes?, orgId, happenedAt, content}]}`:
 * nested JSON in camelCase, times in epoch seconds, ids as numbers. An `orgId` is the last eight digits
 * of the GB-coded organisation behind 511403; `townshipId` and `villageId` are the digits behind it too.
 *
 * Names, phones, identity numbers, addresses, amounts and remarks are dropped here.
 */
import type {
  ActivityForm,
  Feed,
  OrganizationGroup,
  OrganizationKind,
  PointsReason,
} from '../../protocol/events.ts'
import type { Basic } from '../../protocol/events-members.ts'
import type { Event, WarningRule } from '../../protocol/events.ts'
import type { Adapter } from './adapter.ts'
import {
  code,
  count,
  date,
  decimal,
  epochSeconds,
  flag,
  has,
  integer,
  matched,
  month,
  own,
  part,
  refuse,
  refuseStrangers,
  text,
  type Fields,
} from './fields.ts'
import { eventOf, readBody, readerWith, readList, showing, type Readers } from './reader.ts'

const county = '511403'
const source = 'pengshan'
const idMost = 9_007_199_254_740_991

const levels: Readonly<Record<string, OrganizationKind>> = {
  1: 'committee',
  2: 'general-branch',
  3: 'branch',
}
const categories: Readonly<Record<string, OrganizationGroup>> = {
  rural: 'territory',
  organ: 'organ',
  company: 'enterprise',
  migrant: 'floating',
}
const kinds: Readonly<Record<string, ActivityForm>> = {
  memberMeeting: 'general-meeting',
  committeeMeeting: 'branch-committee',
  groupMeeting: 'group-meeting',
  partyLecture: 'lecture',
  themeDay: 'theme-day',
  lifeMeeting: 'life-meeting',
  appraisal: 'appraisal',
  volunteer: 'volunteering',
  discussion: 'discussion',
  heartTalk: 'talk',
}
const scores: Readonly<Record<string, PointsReason>> = {
  signIn: 'sign-in',
  duesPaid: 'dues',
  reflection: 'reflection',
  videoWatched: 'video',
  quizRight: 'quiz',
}
const rules: Readonly<Record<string, WarningRule>> = {
  silent30: 'silence',
  dues: 'dues',
  term: 'term',
}
const issuers = { branch: 'branch', town: 'township', district: 'county' } as const
const reminders = { town: 'township', district: 'county' } as const
const basics: Readonly<Record<string, Basic>> = {
  org: 'organization',
  team: 'team',
  activity: 'activity',
  rule: 'rules',
  ground: 'ground',
  support: 'support',
  service: 'service',
}
const feeds: Readonly<Record<string, Feed>> = {
  orgs: 'organizations',
  activities: 'activities',
  scores: 'points',
  study: 'study',
  dues: 'dues',
  services: 'services',
  migrants: 'floating',
}
const orderSteps = { 1: 'requested', 2: 'dispatched', 3: 'accepted', 4: 'verified' } as const
const modes = { sign: 'sign-in', video: 'video', text: 'text' } as const

/** `hd-48` for 48: the kind of thing keeps numbers of different tables apart. */
const numbered = (fields: Fields, name: string, prefix: string): string =>
  `${prefix}-${integer(fields, name, 1, idMost)}`
const organization = (fields: Fields, name: string): string =>
  `${county}${String(integer(fields, name, 1, 99_999_999)).padStart(8, '0')}`
const township = (p: Fields): string =>
  `${county}${String(integer(p, 'townshipId', 1, 999)).padStart(3, '0')}`
const village = (p: Fields): string =>
  `${county}${String(integer(p, 'villageId', 1, 999_999)).padStart(6, '0')}`

const regionFields = new Set(['townshipId', 'villageId'])
const positionFields = new Set(['lng', 'lat'])
const termFields = new Set(['foundedOn', 'endsOn', 'electedOn', 'postponedTo'])
const activityFields = new Set(['activityId', 'kind', 'topic', 'heldAt', 'photoCount'])
const startFields = new Set(['activityId', 'kind', 'topic'])
const attendanceFields = new Set(['present', 'expected'])

const activity = (a: Fields) => ({
  activity: numbered(a, 'activityId', 'hd'),
  form: code(a, 'kind', kinds),
  title: text(a, 'topic', 80),
})
const attendance = (p: Fields) =>
  part(p, 'attendance', attendanceFields, (a) => ({
    present: count(a, 'present'),
    expected: count(a, 'expected'),
  }))
const warning = (p: Fields) => ({ rule: code(p, 'rule', rules), by: code(p, 'issuer', issuers) })

const dropped = ['contactName', 'mobile', 'idCard', 'homeAddress', 'amount', 'monthlyPay', 'remark']
const reader = readerWith(dropped)

const readers: Readers = {
  'org.saved': reader(
    'organization.recorded',
    ['title', 'level', 'category', 'parentId', 'region', 'position', 'term'],
    (p) => ({
      name: text(p, 'title', 60),
      kind: code(p, 'level', levels),
      group: code(p, 'category', categories),
      ...(has(p, 'parentId') && { parent: organization(p, 'parentId') }),
      ...(has(p, 'region') &&
        part(p, 'region', regionFields, (r) => ({
          township: township(r),
          ...(has(r, 'villageId') && { village: village(r) }),
        }))),
      ...(has(p, 'position') &&
        part(p, 'position', positionFields, (at) => ({
          lng: decimal(at, 'lng', 73, 136),
          lat: decimal(at, 'lat', 3, 54),
        }))),
      ...part(p, 'term', termFields, (t) => ({
        foundedOn: date(t, 'foundedOn'),
        ...(has(t, 'endsOn') && { termEndsOn: date(t, 'endsOn') }),
        ...(has(t, 'electedOn') && { electedOn: date(t, 'electedOn') }),
        ...(has(t, 'postponedTo') && { termPostponedTo: date(t, 'postponedTo') }),
      })),
    }),
  ),
  'org.removed': reader('organization.dissolved', [], () => ({})),
  'org.signedOn': reader('branch.online', [], () => ({})),
  'org.signedOff': reader('branch.offline', [], () => ({})),
  'members.stat': reader('members.counted', ['total', 'inactive', 'groups'], (p) => ({
    members: count(p, 'total'),
    inactive: count(p, 'inactive'),
    ...(has(p, 'groups') && { groups: count(p, 'groups') }),
  })),
  'activity.begun': reader('activity.started', ['activity'], (p) =>
    part(p, 'activity', startFields, activity),
  ),
  'activity.signIns': reader('activity.signed', ['activityId', 'attendance'], (p) => ({
    activity: numbered(p, 'activityId', 'hd'),
    ...attendance(p),
  })),
  'activity.reported': reader('activity.submitted', ['activity', 'attendance'], (p) => ({
    ...part(p, 'activity', activityFields, (a) => ({
      ...activity(a),
      heldAt: epochSeconds(a, 'heldAt'),
      photos: integer(a, 'photoCount', 0, 99),
    })),
    ...attendance(p),
  })),
  'activity.audited': reader('activity.reviewed', ['activityId', 'auditor', 'approved'], (p) => ({
    activity: numbered(p, 'activityId', 'hd'),
    level: code(p, 'auditor', reminders),
    verdict: flag(p, 'approved') ? 'passed' : 'returned',
  })),
  'score.added': reader('points.awarded', ['score', 'origin'], (p) => ({
    points: integer(p, 'score', -1000, 1000),
    reason: code(p, 'origin', scores),
  })),
  'dues.stat': reader('dues.paid', ['month', 'payers'], (p) => ({
    month: month(p, 'month'),
    members: count(p, 'payers'),
  })),
  'study.stat': reader('study.logged', ['learners', 'minutes'], (p) => ({
    learners: count(p, 'learners'),
    minutes: count(p, 'minutes'),
  })),
  'quiz.stat': reader('quiz.logged', ['participants', 'answered', 'correct'], (p) => ({
    participants: count(p, 'participants'),
    answered: count(p, 'answered'),
    right: count(p, 'correct'),
  })),
  'reflection.stat': reader('reflection.logged', ['pieces'], (p) => ({
    count: count(p, 'pieces'),
  })),
  'warning.urged': reader('warning.reminded', ['rule', 'issuer'], (p) => ({
    rule: code(p, 'rule', rules),
    by: code(p, 'issuer', reminders),
  })),
  'warning.signed': reader('warning.acknowledged', ['rule', 'issuer'], warning),
  'warning.fixed': reader('warning.rectified', ['rule', 'issuer'], warning),
  'ledger.entered': reader('ledger.filled', ['section'], (p) => ({
    basic: code(p, 'section', basics),
  })),
  'house.saved': reader('station.recorded', ['houseId', 'title', 'region'], (p) => ({
    station: numbered(p, 'houseId', 'wu'),
    kind: 'house',
    ...part(p, 'region', regionFields, (r) =>
      has(r, 'villageId')
        ? { level: 'village' as const, place: village(r) }
        : { level: 'township' as const, place: township(r) },
    ),
    name: text(p, 'title', 60),
  })),
  'item.saved': reader('service.listed', ['itemId', 'title', 'enabled', 'days'], (p) => ({
    item: numbered(p, 'itemId', 'sx'),
    title: text(p, 'title', 60),
    isOpen: flag(p, 'enabled'),
    ...(has(p, 'days') && { days: integer(p, 'days', 0, 365) }),
  })),
  'order.moved': reader('order.advanced', ['orderId', 'step', 'solved'], (p) => ({
    order: numbered(p, 'orderId', 'dd'),
    stage: code(p, 'step', orderSteps),
    ...(has(p, 'solved') && { isResolved: flag(p, 'solved') }),
  })),
  'rating.stat': reader('service.rated', ['stars', 'votes'], (p) => ({
    score: integer(p, 'stars', 1, 5),
    count: count(p, 'votes'),
  })),
  'migrant.left': reader('floating.registered', ['migrantId', 'city', 'leftOn'], (p) => ({
    member: numbered(p, 'migrantId', 'wc'),
    city: text(p, 'city', 20),
    since: date(p, 'leftOn'),
  })),
  'migrant.returned': reader('floating.returned', ['migrantId'], (p) => ({
    member: numbered(p, 'migrantId', 'wc'),
  })),
  'migrant.notice': reader('content.pushed', ['noticeId'], (p) => ({
    content: numbered(p, 'noticeId', 'tz'),
    kind: 'notice',
    to: 'floating',
  })),
  'migrant.meeting': reader('meeting.joined', ['meetingId', 'mode', 'people', 'themeDay'], (p) => ({
    meeting: numbered(p, 'meetingId', 'hy'),
    mode: code(p, 'mode', modes),
    members: count(p, 'people'),
    isThemeDay: flag(p, 'themeDay'),
  })),
  'migrant.chats': reader('exchange.logged', ['people'], (p) => ({ count: count(p, 'people') })),
  'migrant.intent': reader('intention.counted', ['willing'], (p) => ({
    willing: count(p, 'willing'),
  })),
  'feed.complete': reader('source.reported', ['feed', 'everySeconds'], (p) => ({
    feed: code(p, 'feed', feeds),
    cadenceSeconds: integer(p, 'everySeconds', 1, 86_400),
  })),
}

const bodyFields = new Set(['appId', 'sentAt', 'records'])
const recordFields = new Set([
  'recordId',
  'recordType',
  'revision',
  'revokes',
  'orgId',
  'happenedAt',
  'content',
])

function read(record: Fields): Event {
  refuseStrangers(record, recordFields)
  const type = own(record, 'recordType')
  const found = typeof type === 'string' && Object.hasOwn(readers, type) ? readers[type] : undefined
  if (!found) return refuse('recordType', type, `记录类型 ${Object.keys(readers).join('/')} 之一`)
  const isReport = found.kind === 'source.reported'
  if (isReport && own(record, 'orgId') !== 0)
    return refuse('orgId', own(record, 'orgId'), ' 0(feed.complete 由平台自身报送)')
  const envelope = {
    source,
    id: numbered(record, 'recordId', 'ps'),
    rev: integer(record, 'revision', 1, 9_999),
    ...(has(record, 'revokes') && { retracts: numbered(record, 'revokes', 'ps') }),
    subject: isReport ? source : organization(record, 'orgId'),
    county,
    time: epochSeconds(record, 'happenedAt'),
  }
  return part(record, 'content', found.fields, (content) => eventOf(envelope, found, content))
}

export const pengshan: Adapter = {
  platform: source,
  divisions: [county],
  shows: showing(
    readers,
    dropped,
    recordFields,
    bodyFields,
    regionFields,
    positionFields,
    termFields,
    activityFields,
    attendanceFields,
  ),
  read: (body) =>
    readBody(body, bodyFields, (fields) => {
      matched(fields, 'appId', /^ezhibu-511403$/, '应用编号 "ezhibu-511403"')
      epochSeconds(fields, 'sentAt')
      return readList(fields, 'records', (record) => [read(record)])
    }),
}
