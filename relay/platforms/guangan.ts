/**
 * 广安 (Guang'an city, Sichuan, 511600). Pushes `{head: {city, serial}, data: [{uid, action, edition, target, stamp, content}]}`
 * with times in milliseconds since 1970 and a word for each action. `edition` rises with a correction, `cancels` names a
 * `uid` that is taken back. A village is named by its twelve-digit code.
 *
 * What a household earns, and its head's name and phone, are dropped here.
 */
import { toInstant } from '../../protocol/time.ts'
import type { Event, Feed } from '../../protocol/events.ts'
import type { Adapter } from './adapter.ts'
import {
  code,
  date,
  flag,
  has,
  id,
  integer,
  matched,
  own,
  part,
  count,
  refuse,
  refuseStrangers,
  text,
  type Fields,
} from './fields.ts'
import { eventOf, readBody, readerWith, readList, showing, type Readers } from './reader.ts'

const source = 'guangan'
const city = '511600'
const kinds = { committee: 'committee', branch: 'branch' } as const
const contents = { news: 'news', income: 'income', notice: 'notice' } as const
const feeds: Readonly<Record<string, Feed>> = { orgs: 'organizations', pushes: 'services' }
/** 2000-01-01 and 2100-01-01, in milliseconds: seconds are far outside. */
const stampLeast = 946_684_800_000
const stampMost = 4_102_444_800_000

const dropped = ['householder', 'phone', 'income', 'detail']
const reader = readerWith(dropped)

const readers: Readers = {
  saveOrg: reader('organization.recorded', ['name', 'level', 'town', 'founded'], (c) => ({
    name: text(c, 'name', 60),
    kind: code(c, 'level', kinds),
    group: 'territory',
    ...(has(c, 'town') && { township: matched(c, 'town', /^\d{9}$/, '9 位乡镇代码') }),
    foundedOn: date(c, 'founded'),
  })),
  orgUp: reader('branch.online', [], () => ({})),
  countMembers: reader('members.counted', ['members'], (c) => ({ members: count(c, 'members') })),
  saveVillage: reader('village.recorded', ['name', 'town', 'poor', 'covered'], (c) => ({
    name: text(c, 'name', 40),
    ...(has(c, 'town') && { township: matched(c, 'town', /^\d{9}$/, '9 位乡镇代码') }),
    isPoor: flag(c, 'poor'),
    isCovered: flag(c, 'covered'),
  })),
  push: reader('content.pushed', ['content', 'type'], (c) => ({
    content: id(c, 'content'),
    kind: code(c, 'type', contents),
    to: 'members',
  })),
  feed: reader('source.reported', ['name', 'seconds'], (c) => ({
    feed: code(c, 'name', feeds),
    cadenceSeconds: integer(c, 'seconds', 1, 86_400),
  })),
}

const bodyFields = new Set(['head', 'data'])
const headFields = new Set(['city', 'serial'])
const entryFields = new Set(['uid', 'action', 'edition', 'cancels', 'target', 'stamp', 'content'])

function read(entry: Fields): Event {
  refuseStrangers(entry, entryFields)
  const action = own(entry, 'action')
  const found =
    typeof action === 'string' && Object.hasOwn(readers, action) ? readers[action] : undefined
  if (!found) return refuse('action', action, `操作 ${Object.keys(readers).join('/')} 之一`)
  const target = id(entry, 'target')
  if (found.kind === 'source.reported' && target !== source)
    refuse('target', target, `"${source}"(feed 由平台自身报送)`)
  if (found.kind === 'village.recorded') matched(entry, 'target', /^\d{12}$/, '12 位村(社区)代码')
  const envelope = {
    source,
    id: id(entry, 'uid'),
    rev: integer(entry, 'edition', 1, 9_999),
    ...(has(entry, 'cancels') && { retracts: id(entry, 'cancels') }),
    subject: target,
    county: city,
    time: toInstant(integer(entry, 'stamp', stampLeast, stampMost)),
  }
  return part(entry, 'content', found.fields, (content) => eventOf(envelope, found, content))
}

export const guangan: Adapter = {
  platform: source,
  divisions: [city],
  shows: showing(readers, dropped, headFields, entryFields, bodyFields),
  read: (body) =>
    readBody(body, bodyFields, (fields) => {
      part(fields, 'head', headFields, (head) => {
        matched(head, 'city', /^511600$/, '本市代码 "511600"')
        id(head, 'serial')
      })
      return readList(fields, 'data', (entry) => [read(entry)])
    }),
}
