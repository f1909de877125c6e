/** 锋领蜀山: its dialect (the mirror of relay/platforms/shushan.ts) and its story. Communities and their doings are invented. */
import type { Event, EventKind } from '../../protocol/events.ts'
import { dayMs, dayNumber, dayOfNumber, dayStartMs, localDay } from '../../protocol/time.ts'
import { kindsOf, worded, type Writers } from '../dialect.ts'
import { pagesOf, sayAs, type MockPlatform, type Story, type StoryOptions } from '../platform.ts'
import { randomOf } from '../random.ts'
import { happenings } from '../rhythm.ts'

const say = sayAs('shushan')
const county = '340104'
const steps = { visited: '走访', found: '发现问题', solved: '办结' } as const
const feedWords: Readonly<Record<string, string>> = { organizations: '组织', services: '走访' }

const writers: Writers<
  | 'organization.recorded'
  | 'branch.online'
  | 'members.counted'
  | 'visit.advanced'
  | 'uploads.counted'
  | 'points.awarded'
  | 'source.reported'
> = {
  'organization.recorded': [
    '组织',
    ({ data }) => ({
      title: data.name,
      level: data.kind === 'branch' ? '网格党支部' : '社区党委',
      ...(data.township && { community: data.township }),
      founded: data.foundedOn,
    }),
  ],
  'branch.online': ['上线', () => ({})],
  'members.counted': ['党员', ({ data }) => ({ members: String(data.members) })],
  'visit.advanced': [
    '走访',
    ({ data }) => ({
      visit: data.visit,
      step: steps[data.stage],
      resident: '居民甲',
      phone: '00000000000',
      address: '某小区某栋',
      words: '反映的问题原文',
    }),
  ],
  'uploads.counted': [
    '日报',
    ({ data }) => ({ day: data.day, due: String(data.due), done: String(data.done) }),
  ],
  'points.awarded': ['考核', ({ data }) => ({ score: String(data.points) })],
  'source.reported': [
    '上报',
    ({ data }) => ({ feed: feedWords[data.feed], seconds: String(data.cadenceSeconds) }),
  ],
}

/** `2026-06-18T09:41:06+08:00` → `2026-6-18 9:41:6`. */
function looseTime(instant: string): string {
  const [year, month, day, hour, minute, second] = instant.slice(0, 19).split(/\D/).map(Number)
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`
}

function row(event: Event, payload: object) {
  return {
    no: event.id,
    version: String(event.rev),
    ...(event.retracts !== undefined && { void: event.retracts }),
    org: event.subject,
    time: looseTime(event.time),
    ...payload,
  }
}

const streets = ['340104002', '340104003', '340104004', '340104005', '340104006', '340104008']
const communities = streets.flatMap((street, s) =>
  Array.from({ length: 9 }, (_, i) => ({
    id: `ss-${street}-${i + 1}`,
    name: `蜀山第${s * 9 + i + 1}社区党委`,
    street,
  })),
)
const floor = (ms: number) => Math.floor(ms / 1000) * 1000

function tell({ seed, asOfMs }: StoryOptions): Story {
  function* roster(atMs: number): Generator<Event> {
    const random = randomOf('shushan', 'roster', seed)
    for (const [i, community] of communities.entries()) {
      const founded = dayOfNumber(random.between(dayNumber('1995-01-01'), dayNumber('2015-12-31')))
      const own = { county, subject: community.id, atMs }
      yield say({ ...own, id: `o-${i}` }, 'organization.recorded', {
        name: community.name,
        kind: 'committee',
        group: 'territory',
        township: community.street,
        foundedOn: founded,
      })
      yield say({ ...own, id: `m-${i}` }, 'members.counted', { members: random.between(60, 240) })
      yield say({ ...own, id: `u-${i}` }, 'branch.online', {})
      for (let grid = 1; grid <= 4; grid += 1)
        yield say(
          { ...own, subject: `${community.id}-${grid}`, id: `g-${i}-${grid}` },
          'organization.recorded',
          {
            name: `${community.name.replace('党委', '')}第${grid}网格党支部`,
            kind: 'branch',
            group: 'territory',
            foundedOn: founded,
          },
        )
    }
  }

  /** Each community's uploads of a day, told at nine in the evening. */
  function* uploads(fromMs: number, toMs: number): Generator<Event> {
    const last = dayNumber(localDay(toMs))
    for (let day = dayNumber(localDay(fromMs)); day <= last; day += 1) {
      const atMs = dayStartMs(dayOfNumber(day)) + 21 * 3_600_000
      if (atMs < fromMs || atMs >= toMs) continue
      const random = randomOf('shushan', 'uploads', seed, day)
      for (const [i, { id: subject }] of communities.entries()) {
        const due = random.between(6, 14)
        yield say({ id: `rb-${day}-${i}`, county, subject, atMs }, 'uploads.counted', {
          day: dayOfNumber(day),
          due,
          done: due - (random.chance(0.3) ? random.between(1, 3) : 0),
        })
        yield say({ id: `kh-${day}-${i}`, county, subject, atMs }, 'points.awarded', {
          points: random.between(1, 10),
          reason: 'review',
        })
      }
    }
  }

  function* between(fromMs: number, toMs: number): Generator<Event> {
    const rhythm = { seed, fromMs, toMs, spillMs: dayMs }
    yield* happenings(
      { ...rhythm, key: 'shushan-visits', perDay: 420 },
      function* ({ id, atMs, random }) {
        const at = { county, subject: random.pick(communities).id }
        const visit = `zf-${id}`
        yield say({ ...at, id: `v-${id}`, atMs }, 'visit.advanced', { visit, stage: 'visited' })
        if (!random.chance(0.3)) return
        const foundMs = atMs + 1_800_000
        yield say({ ...at, id: `w-${id}`, atMs: foundMs }, 'visit.advanced', {
          visit,
          stage: 'found',
        })
        if (random.chance(0.9))
          yield say(
            { ...at, id: `b-${id}`, atMs: foundMs + random.between(1, 20) * 3_600_000 },
            'visit.advanced',
            { visit, stage: 'solved' },
          )
      },
    )
    yield* uploads(fromMs, toMs)
  }

  return {
    roster,
    *published() {
      const fromMs = floor(asOfMs - 30 * dayMs)
      yield* roster(fromMs)
      yield* between(fromMs, floor(asOfMs - dayMs / 24))
      const mistaken = { county, subject: communities[0]?.id ?? '', atMs: fromMs }
      yield say({ ...mistaken, id: 'wrong' }, 'points.awarded', { points: 900, reason: 'review' })
      yield say({ ...mistaken, id: 'wrong', rev: 2 }, 'points.awarded', {
        points: 9,
        reason: 'review',
      })
      yield say({ ...mistaken, id: 'undo', retracts: 'wrong' }, 'points.awarded', {
        points: 9,
        reason: 'review',
      })
    },
    between,
  }
}

/** A form holds rows of one ledger: neighbours of a kind go together. */
function* byLedger(events: Iterable<Event>): Generator<readonly Event[]> {
  const open = new Map<EventKind, Event[]>()
  for (const event of events) {
    const rows = open.get(event.kind) ?? []
    open.set(event.kind, rows)
    rows.push(event)
  }
  for (const rows of open.values()) yield* pagesOf(rows, 800)
}

export const shushan: MockPlatform = {
  platform: 'shushan',
  divisions: [county],
  feeds: { organizations: 3_600, services: 300 },
  kinds: kindsOf(writers),
  personal: ['resident', 'phone', 'address', 'words'],
  tell,
  *deliveries(events) {
    for (const page of byLedger(events)) {
      const rows = page.map((event) => {
        const [ledger, payload] = worded(writers, event)
        return { ledger, row: row(event, payload) }
      })
      const form = new URLSearchParams({
        unit: county,
        ledger: rows[0]?.ledger ?? '',
        rows: JSON.stringify(rows.map((each) => each.row)),
      })
      yield {
        contentType: 'application/x-www-form-urlencoded',
        body: form.toString(),
        events: page.length,
      }
    }
  },
}
