/** 广安: its dialect (the mirror of relay/platforms/guangan.ts) and its story. Villages and their doings are invented. */
import type { Event } from '../../protocol/events.ts'
import { dayMs, dayNumber, dayOfNumber, instantMs } from '../../protocol/time.ts'
import { kindsOf, worded, type Writers } from '../dialect.ts'
import { pagesOf, sayAs, type MockPlatform, type Story, type StoryOptions } from '../platform.ts'
import { randomOf } from '../random.ts'
import { happenings } from '../rhythm.ts'

const say = sayAs('guangan')
const city = '511600'
const feedWords: Readonly<Record<string, string>> = { organizations: 'orgs', services: 'pushes' }

const writers: Writers<
  | 'organization.recorded'
  | 'branch.online'
  | 'members.counted'
  | 'village.recorded'
  | 'content.pushed'
  | 'source.reported'
> = {
  'organization.recorded': [
    'saveOrg',
    ({ data }) => ({
      name: data.name,
      level: data.kind === 'branch' ? 'branch' : 'committee',
      town: data.township ?? null,
      founded: data.foundedOn,
    }),
  ],
  'branch.online': ['orgUp', () => ({})],
  'members.counted': ['countMembers', ({ data }) => ({ members: data.members })],
  'village.recorded': [
    'saveVillage',
    ({ data }) => ({
      name: data.name,
      town: data.township ?? null,
      poor: data.isPoor,
      covered: data.isCovered,
      householder: '户主甲',
      phone: '00000000000',
    }),
  ],
  'content.pushed': [
    'push',
    ({ data }) => ({
      content: data.content,
      type: data.kind,
      income: 3_200,
      detail: '收益明细正文',
    }),
  ],
  'source.reported': [
    'feed',
    ({ data }) => ({ name: feedWords[data.feed], seconds: data.cadenceSeconds }),
  ],
}

function entry(event: Event) {
  const [action, content] = worded(writers, event)
  return {
    uid: event.id,
    action,
    edition: event.rev,
    ...(event.retracts !== undefined && { cancels: event.retracts }),
    target: event.subject,
    stamp: instantMs(event.time),
    content,
  }
}

const counties = ['511602', '511603', '511621', '511622', '511623', '511681']
const villages = counties.flatMap((county, c) =>
  Array.from({ length: 140 }, (_, i) => {
    const town = `${county}1${String((i % 20) + 1).padStart(2, '0')}`
    return { code: `${town}${String(200 + i)}`, town, name: `第${c * 140 + i + 1}村` }
  }),
)
/** Registered as poor (建档立卡), and all of them reached. */
const poor = 820
const floor = (ms: number) => Math.floor(ms / 1000) * 1000

function tell({ seed, asOfMs }: StoryOptions): Story {
  const registered = new Set(
    randomOf('guangan', 'poor', seed)
      .shuffled(villages)
      .slice(0, poor)
      .map(({ code }) => code),
  )

  function* roster(atMs: number): Generator<Event> {
    const random = randomOf('guangan', 'roster', seed)
    for (const [i, { code, town, name }] of villages.entries()) {
      const at = { county: city, atMs }
      yield say({ ...at, subject: code, id: `cz-${i}` }, 'village.recorded', {
        name,
        township: town,
        isPoor: registered.has(code),
        isCovered: !registered.has(code) && random.chance(0.4),
      })
      const subject = `ga-${code}`
      yield say({ ...at, subject, id: `zz-${i}` }, 'organization.recorded', {
        name: `${name}党支部`,
        kind: 'branch',
        group: 'territory',
        township: town,
        foundedOn: dayOfNumber(random.between(dayNumber('1955-01-01'), dayNumber('2012-12-31'))),
      })
      yield say({ ...at, subject, id: `sx-${i}` }, 'branch.online', {})
      yield say({ ...at, subject, id: `dy-${i}` }, 'members.counted', {
        members: random.between(12, 70),
      })
    }
  }

  /** The platform reached the poor villages one after the other. */
  function* reached(fromMs: number): Generator<Event> {
    const random = randomOf('guangan', 'reached', seed)
    for (const [i, { code, town, name }] of villages.entries()) {
      if (!registered.has(code)) continue
      const atMs = fromMs + random.between(1, 20 * 24) * 3_600_000
      yield say({ county: city, subject: code, id: `fg-${i}`, atMs }, 'village.recorded', {
        name,
        township: town,
        isPoor: true,
        isCovered: true,
      })
    }
  }

  function* between(fromMs: number, toMs: number): Generator<Event> {
    const rhythm = { seed, fromMs, toMs, key: 'guangan-pushes', perDay: 260 }
    yield* happenings(rhythm, function* ({ id, atMs, random }) {
      const { code } = random.pick(villages)
      yield say({ county: city, subject: `ga-${code}`, id: `ts-${id}`, atMs }, 'content.pushed', {
        content: `nr-${id}`,
        kind: random.pick(['income', 'income', 'news', 'notice'] as const),
        to: 'members',
      })
    })
  }

  return {
    roster,
    *published() {
      const fromMs = floor(asOfMs - 30 * dayMs)
      yield* roster(fromMs)
      yield* reached(fromMs)
      yield* between(fromMs, floor(asOfMs - dayMs / 24))
      const mistaken = { county: city, subject: `ga-${villages[0]?.code ?? ''}`, atMs: fromMs }
      const content = { content: 'nr-wrong', kind: 'news', to: 'members' } as const
      yield say({ ...mistaken, id: 'wrong' }, 'content.pushed', content)
      yield say({ ...mistaken, id: 'wrong', rev: 2 }, 'content.pushed', {
        ...content,
        kind: 'income',
      })
      yield say({ ...mistaken, id: 'undo', retracts: 'wrong' }, 'content.pushed', content)
    },
    between,
  }
}

export const guangan: MockPlatform = {
  platform: 'guangan',
  divisions: [city],
  feeds: { organizations: 3_600, services: 600 },
  kinds: kindsOf(writers),
  personal: ['householder', 'phone', 'income', 'detail'],
  tell,
  *deliveries(events) {
    let serial = 0
    for (const page of pagesOf(events, 1_000)) {
      serial += 1
      const body = { head: { city, serial: `GA${serial}` }, data: page.map(entry) }
      yield { contentType: 'application/json', body: JSON.stringify(body), events: page.length }
    }
  },
}
