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
  EventData,
  EventKind,
  Feed,
  OrganizationGroup,
  OrganizationKind,
  PointsReason,
  WarningRule,
} from '../../protocol/events.ts'
import type { OrderStage } from '../../protocol/events-services.ts'
import type { Adapter, ReadItem } from './adapter.ts'

const county = '431128'
const source = 'xintian'
const systemCode = 'XTZHDJ'

/** Thrown by the field readers below and caught by `readMessage`: a refusal with its sentence. */
class Refusal extends Error {}

type Fields = Readonly<Record<string, unknown>>

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

const idPattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/
const timePattern =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/
const datePattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/
const monthPattern = /^\d{4}-(?:0[1-9]|1[0-2])$/
const integerPattern = /^-?\d{1,9}$/
const decimalPattern = /^-?\d{1,3}(?:\.\d{1,9})?$/

/** What was sent, short enough for a sentence and never a whole document. */
function shown(value: unknown): string {
  if (value === undefined) return '缺失'
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`
  if (typeof value === 'number' || typeof value === 'boolean' || value === null)
    return String(value)
  return Array.isArray(value) ? '数组' : '对象'
}

const refuse = (name: string, value: unknown, wanted: string): never => {
  throw new Refusal(`字段 ${name} 应为${wanted},收到 ${shown(value)}`)
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined

function matched(fields: Fields, name: string, pattern: RegExp, wanted: string): string {
  const value = own(fields, name)
  return typeof value === 'string' && pattern.test(value) ? value : refuse(name, value, wanted)
}

const id = (fields: Fields, name: string) =>
  matched(fields, name, idPattern, '1–64 位编码(字母、数字、._:-)')
const date = (fields: Fields, name: string) =>
  realDay(name, matched(fields, name, datePattern, '日期 YYYY-MM-DD'))
const month = (fields: Fields, name: string) => matched(fields, name, monthPattern, '月份 YYYY-MM')

function realDay(name: string, value: string): string {
  // Only the 29th to the 31st can be missing from a month: the common case costs one comparison.
  if (value.slice(8, 10) > '28') {
    const day = value.slice(0, 10)
    const ms = Date.parse(`${day}T00:00:00Z`)
    if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day)
      refuse(name, value, '真实存在的日期')
  }
  return value
}

/** `2026-06-18 09:41:26` → `2026-06-18T09:41:26+08:00`. */
function instant(fields: Fields, name: string): string {
  const value = realDay(
    name,
    matched(fields, name, timePattern, '北京时间 YYYY-MM-DD HH:MM:SS(不带时区)'),
  )
  return `${value.slice(0, 10)}T${value.slice(11)}+08:00`
}

function text(fields: Fields, name: string, maxLength: number): string {
  const value = own(fields, name)
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength
    ? value
    : refuse(name, value, `1–${maxLength} 字的文本`)
}

function integer(fields: Fields, name: string, minimum: number, maximum: number): number {
  const value = own(fields, name)
  if (typeof value === 'string' && integerPattern.test(value)) {
    const number = Number(value)
    if (number >= minimum && number <= maximum) return number
  }
  return refuse(name, value, `${minimum} 至 ${maximum} 的整数(字符串)`)
}

const count = (fields: Fields, name: string) => integer(fields, name, 0, 10_000_000)

function decimal(fields: Fields, name: string, minimum: number, maximum: number): number {
  const value = own(fields, name)
  if (typeof value === 'string' && decimalPattern.test(value)) {
    const number = Number(value)
    if (number >= minimum && number <= maximum) return number
  }
  return refuse(name, value, `${minimum} 至 ${maximum} 的小数(字符串)`)
}

function code<T>(fields: Fields, name: string, codes: Readonly<Record<string, T>>): T {
  const value = own(fields, name)
  if (typeof value === 'string' && Object.hasOwn(codes, value)) {
    const meaning = codes[value]
    if (meaning !== undefined) return meaning
  }
  return refuse(name, value, `代码 ${Object.keys(codes).join('/')} 之一`)
}

const has = (fields: Fields, name: string): boolean => {
  const value = own(fields, name)
  return value !== undefined && value !== null && value !== ''
}

/** 黄小平 → 黄*平; an already masked name stays. */
function masked(name: string): string {
  const letters = [...name]
  const first = letters[0] ?? '*'
  return letters.length < 3
    ? `${first}*`
    : `${first}${'*'.repeat(letters.length - 2)}${letters.at(-1) ?? ''}`
}

function away(fields: Fields): { city: string; members: number }[] {
  const value = own(fields, 'ldfb')
  if (!Array.isArray(value) || value.length > 40) return refuse('ldfb', value, '不超过 40 项的数组')
  return value.map((item: unknown, i) => {
    if (!isFields(item)) return refuse(`ldfb[${i}]`, item, '对象 {cs, rs}')
    return { city: text(item, 'cs', 20), members: count(item, 'rs') }
  })
}

/** How one message type is read: the fields it may carry, and those of them that are dropped unread. */
interface Reader<K extends EventKind> {
  readonly kind: K
  readonly fields: ReadonlySet<string>
  readonly data: (payload: Fields) => EventData<K>
}

/** Personal data and amounts that the platform may send along and that go no further. */
const dropped = ['dyxm', 'dymd', 'lxdh', 'sfzh', 'jlr', 'jnje', 'zz', 'xdnr']

function reader<K extends EventKind>(
  kind: K,
  fields: readonly string[],
  data: (payload: Fields) => EventData<K>,
): Reader<K> {
  return { kind, fields: new Set([...fields, ...dropped]), data }
}

const readers: Readonly<Record<string, { [K in EventKind]: Reader<K> }[EventKind]>> = {
  ZZXX: reader(
    'organization.recorded',
    ['zzmc', 'zzlb', 'zzfl', 'sjzz', 'xzbm', 'cbm', 'jd', 'wd', 'clrq', 'jmrq'],
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

function refuseStrangers(fields: Fields, known: ReadonlySet<string>, where: string): void {
  for (const name of Object.keys(fields)) {
    if (!known.has(name))
      throw new Refusal(`${where}含有未约定的字段 "${name.slice(0, 40)}",请删除或先登记接口变更`)
  }
}

function eventOf(message: unknown): Event {
  if (!isFields(message)) throw new Refusal(`消息应为对象,收到 ${shown(message)}`)
  refuseStrangers(message, envelopeFields, '消息')
  const type = own(message, 'msgType')
  const found = typeof type === 'string' && Object.hasOwn(readers, type) ? readers[type] : undefined
  if (!found) return refuse('msgType', type, `消息类型 ${Object.keys(readers).join('/')} 之一`)
  const payload = own(message, 'payload')
  if (!isFields(payload)) return refuse('payload', payload, '对象')
  refuseStrangers(payload, found.fields, 'payload ')

  const operation = own(message, 'czlx')
  if (operation !== 'xz' && operation !== 'xg' && operation !== 'cx')
    return refuse('czlx', operation, '代码 xz/xg/cx 之一')
  const rev = integer(message, 'ver', 1, 9_999)
  if (operation === 'xg' && rev < 2)
    return refuse('ver', String(rev), '不小于 2 的版本号(更正须递增 ver)')
  const isReport = found.kind === 'source.reported'
  const organization = id(message, 'orgCode')
  if (isReport && organization !== systemCode)
    return refuse('orgCode', organization, `系统代码 ${systemCode}(SJSB 消息)`)

  // `found` pairs a kind with the reader of exactly that kind; the compiler cannot follow the pair through a union.
  return {
    source,
    id: id(message, 'msgId'),
    rev,
    ...(operation === 'cx' && { retracts: id(message, 'ymsgId') }),
    subject: isReport ? source : organization,
    county,
    time: instant(message, 'occurTime'),
    kind: found.kind,
    data: found.data(payload),
  } as Event
}

function readMessage(message: unknown): ReadItem {
  try {
    return { ok: true, events: [eventOf(message)] }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: error.message }
    throw error
  }
}

const refused = (reason: string) => ({ items: [{ ok: false, reason }] }) as const

export const xintian: Adapter = {
  platform: source,
  divisions: [county],
  read(body) {
    if (!isFields(body))
      return refused(`报文应为 JSON 对象 {batchNo, areaCode, list},收到 ${shown(body)}`)
    const area = own(body, 'areaCode')
    if (area !== county)
      return refused(`字段 areaCode 应为本县代码 "${county}",收到 ${shown(area)}`)
    const list = own(body, 'list')
    if (!Array.isArray(list)) return refused(`字段 list 应为消息数组,收到 ${shown(list)}`)
    if (list.length === 0) return refused('字段 list 为空,没有可读取的消息')
    return { items: list.map(readMessage) }
  },
}
