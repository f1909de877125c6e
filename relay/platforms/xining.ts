/**
 * 西宁 夏都 (Xining, 630100). Pushes `{SYS, BATCH, MSGS: [{MID, TYPE, VER, UNIT, TIME, BODY}]}`: capitals, times as fourteen
 * digits (`20260618094126`, Beijing), units by pinyin (`xn-chengdong-012`). A correction carries a higher `VER`, a
 * withdrawal `CANCEL` with the `MID` that it takes back.
 *
 * Names and the texts of reflections are dropped here.
 */
import type { Event, Feed } from '../../protocol/events.ts'
import type { Adapter } from './adapter.ts'
import {
  code,
  count,
  date,
  has,
  id,
  integer,
  matched,
  own,
  part,
  realDay,
  refuse,
  refuseStrangers,
  text,
  type Fields,
} from './fields.ts'
import { eventOf, readBody, readerWith, readList, showing, type Readers } from './reader.ts'

const source = 'xining'
const city = '630100'

const kinds = { DW: 'committee', DZZ: 'general-branch', DZB: 'branch' } as const
const groups = { QY: 'territory', JG: 'organ', LX: 'enterprise' } as const
const feeds: Readonly<Record<string, Feed>> = { ORG: 'organizations', STUDY: 'study' }

const timePattern = /^\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$/

function time(fields: Fields, name: string): string {
  const given = matched(fields, name, timePattern, '14 位北京时间 YYYYMMDDHHMMSS')
  const day = realDay(name, `${given.slice(0, 4)}-${given.slice(4, 6)}-${given.slice(6, 8)}`)
  return `${day}T${given.slice(8, 10)}:${given.slice(10, 12)}:${given.slice(12)}+08:00`
}

const dropped = ['AUTHOR', 'CONTENT', 'PHONE']
const reader = readerWith(dropped)

const readers: Readers = {
  ORG: reader('organization.recorded', ['NAME', 'LEVEL', 'AREA', 'FOUNDED'], (b) => ({
    name: text(b, 'NAME', 60),
    kind: code(b, 'LEVEL', kinds),
    group: code(b, 'AREA', groups),
    foundedOn: date(b, 'FOUNDED'),
  })),
  ONLINE: reader('branch.online', [], () => ({})),
  MEMBERS: reader('members.counted', ['TOTAL'], (b) => ({ members: count(b, 'TOTAL') })),
  STUDY: reader('study.logged', ['PEOPLE', 'MINUTES'], (b) => ({
    learners: count(b, 'PEOPLE'),
    minutes: count(b, 'MINUTES'),
  })),
  QUIZ: reader('quiz.logged', ['PEOPLE', 'ANSWERS', 'RIGHT'], (b) => ({
    participants: count(b, 'PEOPLE'),
    answered: count(b, 'ANSWERS'),
    right: count(b, 'RIGHT'),
  })),
  REFLECT: reader('reflection.logged', ['PIECES'], (b) => ({ count: count(b, 'PIECES') })),
  RADIO: reader('programme.scheduled', ['NO', 'TITLE', 'START', 'MINUTES'], (b) => ({
    programme: id(b, 'NO'),
    title: text(b, 'TITLE', 40),
    startsAt: time(b, 'START'),
    minutes: integer(b, 'MINUTES', 1, 240),
  })),
  FEED: reader('source.reported', ['FEED', 'SECONDS'], (b) => ({
    feed: code(b, 'FEED', feeds),
    cadenceSeconds: integer(b, 'SECONDS', 1, 86_400),
  })),
}

const bodyFields = new Set(['SYS', 'BATCH', 'MSGS'])
const messageFields = new Set(['MID', 'TYPE', 'VER', 'CANCEL', 'UNIT', 'TIME', 'BODY'])

function read(message: Fields): Event {
  refuseStrangers(message, messageFields)
  const type = own(message, 'TYPE')
  const found = typeof type === 'string' && Object.hasOwn(readers, type) ? readers[type] : undefined
  if (!found) return refuse('TYPE', type, `类型 ${Object.keys(readers).join('/')} 之一`)
  const unit = id(message, 'UNIT')
  if (found.kind === 'source.reported' && unit !== source)
    refuse('UNIT', unit, `"${source}"(FEED 由平台自身报送)`)
  const envelope = {
    source,
    id: id(message, 'MID'),
    rev: integer(message, 'VER', 1, 9_999),
    ...(has(message, 'CANCEL') && { retracts: id(message, 'CANCEL') }),
    subject: unit,
    county: city,
    time: time(message, 'TIME'),
  }
  return part(message, 'BODY', found.fields, (body) => eventOf(envelope, found, body))
}

export const xining: Adapter = {
  platform: source,
  divisions: [city],
  shows: showing(readers, dropped, messageFields, bodyFields),
  read: (body) =>
    readBody(body, bodyFields, (fields) => {
      matched(fields, 'SYS', /^XIADU$/, '系统代码 "XIADU"')
      id(fields, 'BATCH')
      return readList(fields, 'MSGS', (message) => [read(message)])
    }),
}
