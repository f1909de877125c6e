/**
 * 新田智慧党建 (Xintian county, 431128). The platform pushes batches of messages:
 * `{batchNo, sysCode, areaCode, list: [{msgId, msgType, ver, czlx, ymsgId?, orgCode, occurTime, payload}]}`.
 * Field names are pinyin initials, numbers travel as strings, flags as "1" / "0", and times are
 * local (Asia/Shanghai) without an offset. `czlx`: xz new, xg correction (higher `ver`), cx
 * withdrawal of `ymsgId`.
 *
 * Names, phones and amounts are dropped here: no screen needs them, so nothing behind this file
 * ever holds them.
 */
import type {
  ActivityForm,
  Event,
  Feed,
  OrganizationGroup,
  OrganizationKind,
  PointsReason,
  WarningRule,
} from '../../protocol/events.ts'
import type { OrderStage } from '../../protocol/events-services.ts'
import type { Adapter } from './adapter.ts'
import { countBelow, type Payer, type SetDues } from './dues-standard.ts'
import {
  code,
  countText as count,
  date,
  decimalText as decimal,
  fenText as fen,
  has,
  id,
  integerText as integer,
  list,
  localTime as instant,
  masked,
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

const county = '431128'
const source = 'xintian'
const systemCode = 'XTZHDJ'

const kinds: Readonly<Record<string, OrganizationKind>> = {
  DW: 'committee',
  DZZ: 'general-branch',
  DZB: 'branch',
}
const groups: Readonly<Record<string, OrganizationGroup>> = {
  XZ: 'territory',
  JG: 'organ',
  LX: 'enterprise',
  LD: 'floating',
}
const forms: Readonly<Record<string, ActivityForm>> = {
  DYDH: 'general-meeting',
  ZWH: 'branch-committee',
  DXZH: 'group-meeting',
  DK: 'lecture',
  ZTDR: 'theme-day',
  ZZSHH: 'life-meeting',
  MZPY: 'appraisal',
  ZYFW: 'volunteering',
  DYYS: 'discussion',
  TXTH: 'talk',
}
const reasons: Readonly<Record<string, PointsReason>> = {
  QD: 'sign-in',
  DF: 'dues',
  XD: 'reflection',
  XX: 'study',
  DT: 'quiz',
  HD: 'activity',
  SH: 'review',
  SPXX: 'video',
  YD: 'reading',
  XZ: 'download',
  TZ: 'correction',
}
const feeds: Readonly<Record<string, Feed>> = {
  ZZK: 'organizations',
  SHYK: 'activities',
  SP: 'video',
  JF: 'points',
  XX: 'study',
  SDZ: 'cases',
  HJ: 'term',
  DF: 'dues',
  BMFW: 'services',
  LDDY: 'floating',
}
const stages: Readonly<Record<string, OrderStage>> = {
  '1': 'requested',
  '2': 'dispatched',
  '3': 'accepted',
  '4': 'verified',
}
const rules: Readonly<Record<string, WarningRule>> = {
  JM: 'silence',
  DF: 'dues',
  DFBZ: 'dues-rate',
  HJ: 'term',
  DYDH: 'general-meeting',
  ZWH: 'branch-committee',
  DXZH: 'group-meeting',
  DK: 'lecture',
  ZTDR: 'theme-day',
  ZZSHH: 'life-meeting',
  MZPY: 'appraisal',
  TXTH: 'talk',
  XXXS: 'study-hours',
  SL: 'lost',
  WC: 'away',
  TD: 'quitting',
  CG: 'abroad',
}
const levels: Readonly<Record<string, 'township' | 'county'>> = { '1': 'township', '2': 'county' }
const verdicts: Readonly<Record<string, 'passed' | 'returned'>> = { '1': 'passed', '0': 'returned' }

const awayFields = new Set(['cs', 'rs'])
const away = (fields: Fields): { city: string; members: number }[] =>
  list(fields, 'ldfb', 40, awayFields, (item) => ({
    city: text(item, 'cs', 20),
    members: count(item, 'rs'),
  }))

/** Personal data and amounts that the platform may send along and that go no further. */
const dropped = ['dyxm', 'dymd', 'lxdh', 'sfzh', 'jlr', 'jnje', 'zz', 'xdnr']
const reader = readerWith(dropped)

const payers: Readonly<Record<string, Payer>> = {
  ZZ: 'waged',
  TX: 'retired',
  NM: 'farmer',
  XS: 'student',
}
/** Read here, and told to nobody. */
const weighed = ['ysr', 'hdje']
const unmasked = ['xm']
const setDuesFields = new Set(['rylb', ...weighed, 'dyxm', 'sfzh'])
const setDues = (fields: Fields): readonly SetDues[] =>
  list(fields, 'hdmx', 5_000, setDuesFields, (item) => {
    const payer = code(item, 'rylb', payers)
    const isPaid = payer === 'waged' || payer === 'retired'
    return { payer, payFen: isPaid ? fen(item, 'ysr') : 0, setFen: fen(item, 'hdje') }
  })

const readers: Readers = {
  ZZXX: reader(
    'organization.recorded',
    ['zzmc', 'zzlb', 'zzfl', 'sjzz', 'xzbm', 'cbm', 'jd', 'wd', 'clrq', 'jmrq', 'xjrq', 'yqrq'],
    (p) => ({
      name: text(p, 'zzmc', 60),
      kind: code(p, 'zzlb', kinds),
      group: code(p, 'zzfl', groups),
      ...(has(p, 'sjzz') && { parent: id(p, 'sjzz') }),
      ...(has(p, 'xzbm') && { township: matched(p, 'xzbm', /^\d{9}$/, '9 位乡镇区划代码') }),
      ...(has(p, 'cbm') && { village: matched(p, 'cbm', /^\d{12}$/, '12 位村(社区)区划代码') }),
      ...(has(p, 'jd') && { lng: decimal(p, 'jd', 73, 136) }),
      ...(has(p, 'wd') && { lat: decimal(p, 'wd', 3, 54) }),
      foundedOn: date(p, 'clrq'),
      ...(has(p, 'jmrq') && { termEndsOn: date(p, 'jmrq') }),
      ...(has(p, 'xjrq') && { electedOn: date(p, 'xjrq') }),
      ...(has(p, 'yqrq') && { termPostponedTo: date(p, 'yqrq') }),
    }),
  ),
  ZZCX: reader('organization.dissolved', [], () => ({})),
  DYTJ: reader('members.counted', ['dyrs', 'ldfb', 'sjxm', 'sjgk'], (p) => ({
    members: count(p, 'dyrs'),
    ...(has(p, 'ldfb') && { away: away(p) }),
    ...(own(p, 'sjgk') === '1' && has(p, 'sjxm') && { secretary: masked(text(p, 'sjxm', 12)) }),
  })),
  ZBSX: reader('branch.online', [], () => ({})),
  ZBLX: reader('branch.offline', [], () => ({})),
  HDYG: reader('activity.announced', ['hdbm', 'hdlx', 'hdzt', 'kssj'], (p) => ({
    activity: id(p, 'hdbm'),
    form: code(p, 'hdlx', forms),
    title: text(p, 'hdzt', 80),
    startsAt: instant(p, 'kssj'),
  })),
  HDKS: reader('activity.started', ['hdbm', 'hdlx', 'hdzt'], (p) => ({
    activity: id(p, 'hdbm'),
    form: code(p, 'hdlx', forms),
    title: text(p, 'hdzt', 80),
  })),
  HDQD: reader('activity.signed', ['hdbm', 'sdrs', 'ydrs'], (p) => ({
    activity: id(p, 'hdbm'),
    present: count(p, 'sdrs'),
    expected: count(p, 'ydrs'),
  })),
  HDSB: reader(
    'activity.submitted',
    ['hdbm', 'hdlx', 'hdzt', 'hdsj', 'sdrs', 'ydrs', 'zpsl'],
    (p) => ({
      activity: id(p, 'hdbm'),
      form: code(p, 'hdlx', forms),
      title: text(p, 'hdzt', 80),
      heldAt: instant(p, 'hdsj'),
      present: count(p, 'sdrs'),
      expected: count(p, 'ydrs'),
      photos: integer(p, 'zpsl', 0, 99),
    }),
  ),
  HDSH: reader('activity.reviewed', ['hdbm', 'shjb', 'shjg'], (p) => ({
    activity: id(p, 'hdbm'),
    level: code(p, 'shjb', levels),
    verdict: code(p, 'shjg', verdicts),
  })),
  JFBD: reader('points.awarded', ['fz', 'jfly'], (p) => ({
    points: integer(p, 'fz', -1000, 1000),
    reason: code(p, 'jfly', reasons),
  })),
  DFJN: reader('dues.paid', ['yf', 'jnrs'], (p) => ({
    month: month(p, 'yf'),
    members: count(p, 'jnrs'),
  })),
  DYJF: reader('member.scored', ['dybm', 'xm', 'yf', 'fz'], (p) => ({
    member: id(p, 'dybm'),
    name: masked(text(p, 'xm', 12)),
    month: month(p, 'yf'),
    points: integer(p, 'fz', 0, 100_000),
  })),
  DFHD: reader('dues.checked', ['yf', 'hdmx'], (p) => ({
    month: month(p, 'yf'),
    ...countBelow(setDues(p)),
  })),
  DYHC: reader(
    'members.checked',
    ['slrs', 'slcq', 'wcrs', 'tdrs', 'cgrs', 'xsbz', 'mxrs'],
    (p) => ({
      lost: count(p, 'slrs'),
      lostLong: count(p, 'slcq'),
      away: count(p, 'wcrs'),
      quitting: count(p, 'tdrs'),
      abroad: count(p, 'cgrs'),
      belowHours: count(p, 'xsbz'),
      exempt: count(p, 'mxrs'),
    }),
  ),
  XXJL: reader('study.logged', ['xxrs', 'xxsc'], (p) => ({
    learners: count(p, 'xxrs'),
    minutes: count(p, 'xxsc'),
  })),
  SDLZ: reader('order.advanced', ['ddbm', 'hj'], (p) => ({
    order: id(p, 'ddbm'),
    stage: code(p, 'hj', stages),
  })),
  SPKS: reader('stream.up', ['splm', 'spbt', 'hdbm'], (p) => ({
    stream: id(p, 'splm'),
    title: text(p, 'spbt', 60),
    ...(has(p, 'hdbm') && { activity: id(p, 'hdbm') }),
  })),
  SPJS: reader('stream.down', ['splm'], (p) => ({ stream: id(p, 'splm') })),
  YJDB: reader('warning.reminded', ['yjlx', 'dbjb'], (p) => ({
    rule: code(p, 'yjlx', rules),
    by: code(p, 'dbjb', levels),
  })),
  SJSB: reader('source.reported', ['sjlx', 'gxzq'], (p) => ({
    feed: code(p, 'sjlx', feeds),
    cadenceSeconds: integer(p, 'gxzq', 1, 86_400),
  })),
}

const envelopeFields = new Set([
  'msgId',
  'msgType',
  'ver',
  'czlx',
  'ymsgId',
  'orgCode',
  'occurTime',
  'payload',
])

function read(message: Fields): Event {
  refuseStrangers(message, envelopeFields)
  const type = own(message, 'msgType')
  const reader =
    typeof type === 'string' && Object.hasOwn(readers, type) ? readers[type] : undefined
  if (!reader) return refuse('msgType', type, `消息类型 ${Object.keys(readers).join('/')} 之一`)

  const operation = own(message, 'czlx')
  if (operation !== 'xz' && operation !== 'xg' && operation !== 'cx')
    return refuse('czlx', operation, '代码 xz/xg/cx 之一')
  const rev = integer(message, 'ver', 1, 9_999)
  if (operation === 'xg' && rev < 2)
    return refuse('ver', String(rev), '不小于 2 的版本号(更正须递增 ver)')
  const isReport = reader.kind === 'source.reported'
  const organization = id(message, 'orgCode')
  if (isReport && organization !== systemCode)
    return refuse('orgCode', organization, `系统代码 ${systemCode}(SJSB 消息)`)

  const envelope = {
    source,
    id: id(message, 'msgId'),
    rev,
    ...(operation === 'cx' && { retracts: id(message, 'ymsgId') }),
    subject: isReport ? source : organization,
    county,
    time: instant(message, 'occurTime'),
  }
  return part(message, 'payload', reader.fields, (payload) => eventOf(envelope, reader, payload))
}

const bodyFields = new Set(['batchNo', 'sysCode', 'areaCode', 'list'])

export const xintian: Adapter = {
  platform: source,
  divisions: [county],
  shows: showing(
    readers,
    [...dropped, ...weighed, ...unmasked],
    awayFields,
    setDuesFields,
    envelopeFields,
    bodyFields,
  ),
  read: (body) =>
    readBody(body, bodyFields, (fields) => {
      matched(fields, 'areaCode', /^431128$/, `本县代码 "${county}"`)
      matched(fields, 'sysCode', /^XTZHDJ$/, `系统代码 "${systemCode}"`)
      id(fields, 'batchNo')
      return readList(fields, 'list', (message) => [read(message)])
    }),
}
