/**
 * 云岭先锋 (Yunnan, 530000). Pages of a table, as its REST service returns them:
 * `{code: 0, page, pages, xzqh, type, cols: [...], rows: [[...], ...]}`. `xzqh` is the county of the page, `cols` the
 * agreed columns of the `type` in their order; times are local without an offset. Each row begins with lsh (serial
 * number), bbh (version), cxlsh (serial that it withdraws, or ''), zzbm (organisation) and sj (time).
 *
 * `fwlj` tells totals instead: 期初 and 期末 of a station's day. What was done is their difference, under the
 * id of station and day, so that a page read twice counts once and a corrected day replaces itself.
 */
import type { Event, Feed, OrganizationKind, ActivityForm } from '../../protocol/events.ts'
import type { ListingKind } from '../../protocol/events-commerce.ts'
import type { StationLevel } from '../../protocol/events-services.ts'
import type { Adapter, ReadResult } from './adapter.ts'
import {
  code,
  count,
  date,
  decimal,
  flag,
  has,
  id,
  integer,
  localTime,
  matched,
  own,
  refuse,
  Refusal,
  text,
  type Fields,
} from './fields.ts'
import { eventOf, readBody, readerWith, readRows, showing, type Readers } from './reader.ts'

const province = '530000'
const source = 'yunnan'

const kinds: Readonly<Record<string, OrganizationKind>> = {
  1: 'committee',
  2: 'general-branch',
  3: 'branch',
}
const forms: Readonly<Record<string, ActivityForm>> = {
  DH: 'general-meeting',
  WY: 'branch-committee',
  DK: 'lecture',
  DR: 'theme-day',
  ZY: 'volunteering',
}
const stationLevels: Readonly<Record<string, StationLevel>> = {
  X: 'county',
  Z: 'township',
  C: 'village',
}
const listings: Readonly<Record<string, ListingKind>> = {
  CP: 'product',
  SH: 'merchant',
  JD: 'sight',
  DS: 'shop',
}
const scopes = { PT: 'platform', QS: 'province' } as const
const feeds: Readonly<Record<string, Feed>> = {
  ZZ: 'organizations',
  HD: 'activities',
  FW: 'services',
}

const position = (row: Fields) => ({
  ...(has(row, 'jd') && { lng: decimal(row, 'jd', 73, 136) }),
  ...(has(row, 'wd') && { lat: decimal(row, 'wd', 3, 54) }),
})

/** Columns of people, which pages carry and nothing behind this file needs. They have their places among the others. */
const dropped = ['lxr', 'lxdh', 'sfzh', 'jnje']
const reader = readerWith([])

const readers: Readers = {
  zzjg: reader(
    'organization.recorded',
    ['zzmc', 'zzlb', 'sjzz', 'xzbm', 'jd', 'wd', 'clrq', 'lxr', 'lxdh'],
    (row) => ({
      name: text(row, 'zzmc', 60),
      kind: code(row, 'zzlb', kinds),
      group: 'territory',
      ...(has(row, 'sjzz') && { parent: id(row, 'sjzz') }),
      ...(has(row, 'xzbm') && { township: matched(row, 'xzbm', /^53\d{7}$/, '9 位乡镇区划代码') }),
      ...position(row),
      foundedOn: date(row, 'clrq'),
    }),
  ),
  zzcx: reader('organization.dissolved', [], () => ({})),
  dyrs: reader('members.counted', ['dys', 'sfzh', 'jnje'], (row) => ({
    members: count(row, 'dys'),
  })),
  zbsx: reader('branch.online', [], () => ({})),
  zblx: reader('branch.offline', [], () => ({})),
  hdbs: reader(
    'activity.submitted',
    ['hdbm', 'hdlx', 'hdzt', 'hdsj', 'sdrs', 'ydrs', 'zps'],
    (row) => ({
      activity: id(row, 'hdbm'),
      form: code(row, 'hdlx', forms),
      title: text(row, 'hdzt', 80),
      heldAt: localTime(row, 'hdsj'),
      present: count(row, 'sdrs'),
      expected: count(row, 'ydrs'),
      photos: integer(row, 'zps', 0, 99),
    }),
  ),
  fwzd: reader('station.recorded', ['zdbm', 'zdjb', 'dqbm', 'zdmc', 'jd', 'wd'], (row) => ({
    station: id(row, 'zdbm'),
    kind: 'station',
    level: code(row, 'zdjb', stationLevels),
    place: matched(row, 'dqbm', /^53(\d{4}|\d{7}|\d{10})$/, '6、9 或 12 位区划代码'),
    name: text(row, 'zdmc', 60),
    ...position(row),
  })),
  zdcx: reader('station.closed', ['zdbm'], (row) => ({ station: id(row, 'zdbm') })),
  fwsx: reader('service.listed', ['sxbm', 'sxmc', 'kb', 'cnts'], (row) => ({
    item: id(row, 'sxbm'),
    title: text(row, 'sxmc', 60),
    isOpen: flag(row, 'kb'),
    ...(has(row, 'cnts') && { days: integer(row, 'cnts', 0, 365) }),
  })),
  fwpj: reader('service.rated', ['xj', 'ps'], (row) => ({
    score: integer(row, 'xj', 1, 5),
    count: count(row, 'ps'),
  })),
  cpsj: reader('commerce.listed', ['cpbm', 'cplx', 'cpmc', 'dj', 'dw'], (row) => ({
    listing: id(row, 'cpbm'),
    kind: code(row, 'cplx', listings),
    name: text(row, 'cpmc', 40),
    ...(has(row, 'dj') && { price: decimal(row, 'dj', 0, 1_000_000) }),
    ...(has(row, 'dw') && { unit: text(row, 'dw', 10) }),
  })),
  cpxj: reader('commerce.delisted', ['cpbm'], (row) => ({ listing: id(row, 'cpbm') })),
  qhtj: reader('divisions.counted', ['xzs', 'cs'], (row) => ({
    townships: count(row, 'xzs'),
    villages: count(row, 'cs'),
  })),
  sjwc: reader('source.reported', ['sjlx', 'gxzq'], (row) => ({
    feed: code(row, 'sjlx', feeds),
    cadenceSeconds: integer(row, 'gxzq', 1, 86_400),
  })),
}

const leading = ['lsh', 'bbh', 'cxlsh', 'zzbm', 'sj']
const totalColumns = ['zdbm', 'rq', 'bbh', 'sj', 'kj', 'qcs', 'qms']
const columnsOf = new Map([
  ['fwlj', totalColumns],
  ...Object.entries(readers).map(([type, { fields }]) => [type, [...leading, ...fields]] as const),
])

function read(row: Fields, type: string, county: string): readonly Event[] {
  const found = readers[type]
  if (found === undefined) return [difference(row, county)]
  const isReport = found.kind === 'source.reported'
  const organization = id(row, 'zzbm')
  if (isReport && organization !== 'YLXF')
    return refuse('zzbm', organization, '系统代码 "YLXF"(sjwc 页)')
  const envelope = {
    source,
    id: id(row, 'lsh'),
    rev: integer(row, 'bbh', 1, 9_999),
    ...(has(row, 'cxlsh') && { retracts: id(row, 'cxlsh') }),
    subject: isReport ? source : organization,
    county,
    time: localTime(row, 'sj'),
  }
  return [eventOf(envelope, found, row)]
}

/** 期末 − 期初, of one station or county and one day. */
function difference(row: Fields, county: string): Event {
  const station = matched(row, 'zdbm', /^[A-Za-z0-9]{1,40}$/, '站点编码(字母、数字)')
  const before = count(row, 'qcs')
  const after = count(row, 'qms')
  if (after < before) return refuse('qms', after, `不小于期初数 ${before} 的期末数`)
  return {
    source,
    id: `${station}-${date(row, 'rq')}`,
    rev: integer(row, 'bbh', 1, 9_999),
    subject: station,
    county,
    time: localTime(row, 'sj'),
    kind: 'service.done',
    data: { count: after - before, scope: code(row, 'kj', scopes) },
  }
}

function columns(fields: Fields): { readonly type: string; readonly names: readonly string[] } {
  const type = own(fields, 'type')
  const names = typeof type === 'string' ? columnsOf.get(type) : undefined
  if (typeof type !== 'string' || names === undefined)
    return refuse('type', type, `数据类型 ${[...columnsOf.keys()].join('/')} 之一`)
  const sent = own(fields, 'cols')
  if (!Array.isArray(sent)) return refuse('cols', sent, `列名数组 ${names.join(',')}`)
  const stranger = sent.find((name: unknown) => !names.some((known) => known === name)) as unknown
  if (stranger !== undefined)
    throw new Refusal(
      'cols',
      `含有未约定的列 "${String(stranger).slice(0, 40)}",应为 ${names.join(',')}`,
    )
  if (sent.join() !== names.join())
    throw new Refusal('cols', `的列名或列序不符,应为 ${names.join(',')}`)
  return { type, names }
}

const bodyFields = new Set(['code', 'page', 'pages', 'xzqh', 'type', 'cols', 'rows'])

export const yunnan: Adapter = {
  platform: source,
  divisions: [province],
  shows: showing(readers, dropped, leading, totalColumns, bodyFields),
  read: (body) =>
    readBody(body, bodyFields, (fields): ReadResult => {
      integer(fields, 'code', 0, 0)
      const page = integer(fields, 'page', 1, 1_000_000)
      integer(fields, 'pages', page, 1_000_000)
      const county = matched(fields, 'xzqh', /^53\d{4}$/, '云南省内 6 位区划代码')
      const { type, names } = columns(fields)
      return readRows(fields, 'rows', names, (row) => read(row, type, county))
    }),
}
