/**
 * 三原 流动e家 (Sanyuan county, Xianyang, 610422). Pushes pages
 * `{county, page, total_pages, items: [{seq, op, ver, of?, org, at, kind, d}]}` in snake_case, with local times written
 * `2026/06/18 09:41:26`. `op`: I new, U correction (higher `ver`), D withdrawal of `of`.
 *
 * The platform registers floating members by name, identity number and income: all dropped here. `no` is the number of
 * its own record.
 */
import type { Event, EventData, Feed, PointsReason } from '../../protocol/events.ts'
import type { Adapter } from './adapter.ts'
import { countBelow, type Payer, type SetDues } from './dues-standard.ts'
import {
  code,
  count,
  date,
  fen,
  flag,
  has,
  id,
  integer,
  list,
  matched,
  month,
  own,
  part,
  realDay,
  refuse,
  refuseStrangers,
  text,
  type Fields,
} from './fields.ts'
import { eventOf, readBody, readerWith, readList, showing, type Readers } from './reader.ts'

const source = 'sanyuan'
const county = '610422'

const kinds = { committee: 'committee', general: 'general-branch', branch: 'branch' } as const
const groups = {
  village: 'territory',
  organ: 'organ',
  firm: 'enterprise',
  away: 'floating',
} as const
const contents = { news: 'news', study: 'study', minutes: 'minutes', notice: 'notice' } as const
const modes = { sign: 'sign-in', video: 'video', text: 'text' } as const
const stages = { made: 'made', replied: 'replied', closed: 'closed' } as const
const reasons: Readonly<Record<string, PointsReason>> = {
  app_download: 'download',
  reflection: 'reflection',
  reading_time: 'reading',
}
const feeds: Readonly<Record<string, Feed>> = {
  org: 'organizations',
  study: 'study',
  points: 'points',
  dues: 'dues',
  float: 'floating',
}

const timePattern =
  /^\d{4}\/(?:0[1-9]|1[0-2])\/(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/

/** `2026/06/18 09:41:26` → `2026-06-18T09:41:26+08:00`. */
function time(fields: Fields, name: string): string {
  const given = matched(fields, name, timePattern, '北京时间 YYYY/MM/DD HH:MM:SS')
  const value = realDay(name, given.replaceAll('/', '-'))
  return `${value.slice(0, 10)}T${value.slice(11)}+08:00`
}

const dropped = ['name', 'id_no', 'phone', 'income_yuan', 'home', 'thinking', 'body_text']
const reader = readerWith(dropped)

const payers: Readonly<Record<string, Payer>> = {
  employed: 'waged',
  retired: 'retired',
  farmer: 'farmer',
  student: 'student',
}
/** Read here, and told to nobody. */
const weighed = ['pay_yuan', 'set_yuan']
const setDuesFields = new Set(['type', ...weighed, 'name', 'id_no'])
const setDues = (d: Fields): readonly SetDues[] =>
  list(d, 'standards', 5_000, setDuesFields, (each) => {
    const payer = code(each, 'type', payers)
    const isPaid = payer === 'waged' || payer === 'retired'
    return { payer, payFen: isPaid ? fen(each, 'pay_yuan') : 0, setFen: fen(each, 'set_yuan') }
  })

const awayFields = new Set(['abroad', 'certified', 'months_away', 'months_silent', 'name', 'id_no'])
/** After six months a member is suspended, after two more years removed. */
const lostMonths = { suspended: 6, removed: 30 } as const
/** One member away: the rules' periods are months, 《中国共产党党员教育管理工作条例》 Art. 24, 25, 32, 34. */
const checkedOf = (d: Fields): EventData<'members.checked'> => {
  const members = list(d, 'members', 5_000, awayFields, (each) => ({
    isAbroad: flag(each, 'abroad'),
    isCertified: flag(each, 'certified'),
    away: integer(each, 'months_away', 0, 1_200),
    silent: integer(each, 'months_silent', 0, 1_200),
  }))
  const isLost = ({ isAbroad, silent }: (typeof members)[number]) =>
    !isAbroad && silent >= lostMonths.suspended
  return {
    lost: members.filter(isLost).length,
    lostLong: members.filter((each) => isLost(each) && each.silent >= lostMonths.removed).length,
    away: members.filter((each) => !each.isAbroad && !each.isCertified && each.away >= 6).length,
    quitting: 0,
    abroad: members.filter(({ isAbroad, silent }) => isAbroad && silent >= 6).length,
    belowHours: 0,
    exempt: 0,
  }
}

const readers: Readers = {
  org: reader(
    'organization.recorded',
    ['title', 'level', 'group', 'township', 'founded', 'elected', 'term_end', 'extended_to'],
    (d) => ({
      name: text(d, 'title', 60),
      kind: code(d, 'level', kinds),
      group: code(d, 'group', groups),
      ...(has(d, 'township') && { township: matched(d, 'township', /^\d{9}$/, '9 位乡镇代码') }),
      foundedOn: date(d, 'founded'),
      ...(has(d, 'elected') && { electedOn: date(d, 'elected') }),
      ...(has(d, 'term_end') && { termEndsOn: date(d, 'term_end') }),
      ...(has(d, 'extended_to') && { termPostponedTo: date(d, 'extended_to') }),
    }),
  ),
  org_online: reader('branch.online', [], () => ({})),
  members: reader('members.counted', ['total'], (d) => ({ members: count(d, 'total') })),
  float_out: reader('floating.registered', ['no', 'city', 'since', 'host'], (d) => ({
    member: id(d, 'no'),
    city: text(d, 'city', 20),
    since: date(d, 'since'),
    ...(has(d, 'host') && { host: id(d, 'host') }),
  })),
  float_back: reader('floating.returned', ['no'], (d) => ({ member: id(d, 'no') })),
  content: reader('content.pushed', ['no', 'type'], (d) => ({
    content: id(d, 'no'),
    kind: code(d, 'type', contents),
    to: 'floating',
  })),
  reflection: reader('reflection.logged', ['pieces'], (d) => ({ count: count(d, 'pieces') })),
  study: reader('study.logged', ['learners', 'minutes'], (d) => ({
    learners: count(d, 'learners'),
    minutes: count(d, 'minutes'),
  })),
  meeting: reader('meeting.joined', ['no', 'mode', 'people', 'theme_day'], (d) => ({
    meeting: id(d, 'no'),
    mode: code(d, 'mode', modes),
    members: count(d, 'people'),
    isThemeDay: flag(d, 'theme_day'),
  })),
  suggestion: reader('suggestion.advanced', ['no', 'stage'], (d) => ({
    suggestion: id(d, 'no'),
    stage: code(d, 'stage', stages),
  })),
  thread: reader('forum.counted', ['no', 'replies'], (d) => ({
    thread: id(d, 'no'),
    replies: count(d, 'replies'),
  })),
  points: reader('points.awarded', ['score', 'for'], (d) => ({
    points: integer(d, 'score', -1000, 1000),
    reason: code(d, 'for', reasons),
  })),
  goods: reader('goods.listed', ['no', 'title', 'score', 'stock'], (d) => ({
    goods: id(d, 'no'),
    name: text(d, 'title', 40),
    points: count(d, 'score'),
    stock: count(d, 'stock'),
  })),
  redeem: reader('points.redeemed', ['goods', 'score'], (d) => ({
    goods: id(d, 'goods'),
    points: integer(d, 'score', 1, 1_000_000),
  })),
  dues: reader('dues.paid', ['month', 'payers'], (d) => ({
    month: month(d, 'month'),
    members: count(d, 'payers'),
  })),
  dues_standards: reader('dues.checked', ['month', 'standards'], (d) => ({
    month: month(d, 'month'),
    ...countBelow(setDues(d)),
  })),
  float_check: reader('members.checked', ['members'], checkedOf),
  profiles: reader('profiles.counted', ['total', 'number', 'destination', 'mind', 'job'], (d) => ({
    members: count(d, 'total'),
    number: count(d, 'number'),
    destination: count(d, 'destination'),
    thinking: count(d, 'mind'),
    occupation: count(d, 'job'),
  })),
  honour: reader('honour.awarded', ['no', 'title'], (d) => ({
    honour: id(d, 'no'),
    title: text(d, 'title', 40),
  })),
  complete: reader('source.reported', ['feed', 'seconds'], (d) => ({
    feed: code(d, 'feed', feeds),
    cadenceSeconds: integer(d, 'seconds', 1, 86_400),
  })),
}

const bodyFields = new Set(['county', 'page', 'total_pages', 'items'])
const itemFields = new Set(['seq', 'op', 'ver', 'of', 'org', 'at', 'kind', 'd'])
const operations = { I: 'new', U: 'correction', D: 'withdrawal' } as const

function read(item: Fields): Event {
  refuseStrangers(item, itemFields)
  const kind = own(item, 'kind')
  const found = typeof kind === 'string' && Object.hasOwn(readers, kind) ? readers[kind] : undefined
  if (!found) return refuse('kind', kind, `类型 ${Object.keys(readers).join('/')} 之一`)
  const operation = code(item, 'op', operations)
  const rev = integer(item, 'ver', 1, 9_999)
  if (operation === 'correction' && rev < 2) refuse('ver', rev, '不小于 2 的版本号(更正须递增)')
  const isReport = found.kind === 'source.reported'
  const org = id(item, 'org')
  if (isReport && org !== source) refuse('org', org, `"${source}"(complete 由平台自身报送)`)
  const envelope = {
    source,
    id: id(item, 'seq'),
    rev,
    ...(operation === 'withdrawal' && { retracts: id(item, 'of') }),
    subject: org,
    county,
    time: time(item, 'at'),
  }
  return part(item, 'd', found.fields, (d) => eventOf(envelope, found, d))
}

export const sanyuan: Adapter = {
  platform: source,
  divisions: [county],
  shows: showing(
    readers,
    [...dropped, ...weighed],
    setDuesFields,
    awayFields,
    itemFields,
    bodyFields,
  ),
  read: (body) =>
    readBody(body, bodyFields, (fields) => {
      matched(fields, 'county', /^610422$/, '本县代码 "610422"')
      const pages = integer(fields, 'total_pages', 1, 100_000)
      integer(fields, 'page', 1, pages)
      return readList(fields, 'items', (item) => [read(item)])
    }),
}
