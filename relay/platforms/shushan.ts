/**
 * 锋领蜀山 (Shushan district, Hefei, 340104). Posts a form for each of its ledgers (台账): `unit`, `ledger` and `rows`, which
 * holds JSON. Numbers travel as strings, times as its database prints them, without leading zeros: `2026-6-18 9:41:26`.
 * A row is corrected by sending it again with a higher `version`; `void` names a row that it takes back.
 *
 * Residents' names, phones, addresses and what they said are dropped here.
 */
import type { Event, Feed } from '../../protocol/events.ts'
import type { Adapter } from './adapter.ts'
import {
  code,
  countText,
  date,
  has,
  id,
  integerText,
  json,
  matched,
  own,
  realDay,
  refuse,
  refuseStrangers,
  text,
  type Fields,
} from './fields.ts'
import { eventOf, readBody, readerWith, readList, showing, type Readers } from './reader.ts'

const source = 'shushan'
const county = '340104'

const levels = { 街道党工委: 'committee', 社区党委: 'committee', 网格党支部: 'branch' } as const
const steps = { 走访: 'visited', 发现问题: 'found', 办结: 'solved' } as const
const feeds: Readonly<Record<string, Feed>> = { 组织: 'organizations', 走访: 'services' }

const timePattern = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})$/
const two = (digits = ''): string => digits.padStart(2, '0')

/** `2026-6-18 9:41:26` → `2026-06-18T09:41:26+08:00`. */
function time(fields: Fields, name: string): string {
  const value = matched(fields, name, timePattern, '北京时间 年-月-日 时:分:秒')
  const [, year, month, day, hour, minute, second] = timePattern.exec(value) ?? []
  const isInRange = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  const isDay = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31
  if (!isInRange || !isDay) return refuse(name, value, '真实存在的时间')
  const plain = realDay(name, `${year ?? ''}-${two(month)}-${two(day)}`)
  return `${plain}T${two(hour)}:${two(minute)}:${two(second)}+08:00`
}

const dropped = ['resident', 'phone', 'address', 'words']
const envelopeFields = ['no', 'version', 'void', 'org', 'time']
const reader = readerWith([...envelopeFields, ...dropped])

const readers: Readers = {
  组织: reader('organization.recorded', ['title', 'level', 'community', 'founded'], (row) => ({
    name: text(row, 'title', 60),
    kind: code(row, 'level', levels),
    group: 'territory',
    ...(has(row, 'community') && {
      township: matched(row, 'community', /^\d{9}$/, '9 位街道代码'),
    }),
    foundedOn: date(row, 'founded'),
  })),
  上线: reader('branch.online', [], () => ({})),
  党员: reader('members.counted', ['members'], (row) => ({ members: countText(row, 'members') })),
  走访: reader('visit.advanced', ['visit', 'step'], (row) => ({
    visit: id(row, 'visit'),
    stage: code(row, 'step', steps),
  })),
  日报: reader('uploads.counted', ['day', 'due', 'done'], (row) => ({
    day: date(row, 'day'),
    due: countText(row, 'due'),
    done: countText(row, 'done'),
  })),
  考核: reader('points.awarded', ['score'], (row) => ({
    points: integerText(row, 'score', -1000, 1000),
    reason: 'review',
  })),
  上报: reader('source.reported', ['feed', 'seconds'], (row) => ({
    feed: code(row, 'feed', feeds),
    cadenceSeconds: integerText(row, 'seconds', 1, 86_400),
  })),
}

const bodyFields = new Set(['unit', 'ledger', 'rows'])

function read(found: Readers[string], row: Fields): Event {
  refuseStrangers(row, found.fields)
  const org = id(row, 'org')
  if (found.kind === 'source.reported' && org !== source)
    refuse('org', org, `"${source}"(上报由平台自身报送)`)
  const envelope = {
    source,
    id: id(row, 'no'),
    rev: integerText(row, 'version', 1, 9_999),
    ...(has(row, 'void') && { retracts: id(row, 'void') }),
    subject: org,
    county,
    time: time(row, 'time'),
  }
  return eventOf(envelope, found, row)
}

export const shushan: Adapter = {
  platform: source,
  divisions: [county],
  accepts: ['application/x-www-form-urlencoded'],
  shows: showing(readers, dropped, ['unit', 'ledger']),
  read: (body) =>
    readBody(body, bodyFields, (fields) => {
      matched(fields, 'unit', /^340104$/, '本区代码 "340104"')
      const ledger = own(fields, 'ledger')
      const found =
        typeof ledger === 'string' && Object.hasOwn(readers, ledger) ? readers[ledger] : undefined
      if (!found) return refuse('ledger', ledger, `台账 ${Object.keys(readers).join('/')} 之一`)
      return readList({ rows: json(fields, 'rows') }, 'rows', (row) => [read(found, row)])
    }),
}
