/** 西宁 夏都: its dialect (the mirror of relay/platforms/xining.ts) and its story. Units and their doings are invented. */
import type { Event } from '../../protocol/events.ts'
import {
  dayMs,
  dayNumber,
  dayOfNumber,
  dayStartMs,
  localDay,
  toInstant,
} from '../../protocol/time.ts'
import { kindsOf, worded, type Writers } from '../dialect.ts'
import { pagesOf, sayAs, type MockPlatform, type Story, type StoryOptions } from '../platform.ts'
import { randomOf } from '../random.ts'
import { happenings } from '../rhythm.ts'

const say = sayAs('xining')
const city = '630100'
const levels = { committee: 'DW', 'general-branch': 'DZZ', branch: 'DZB' } as const
const areas: Readonly<Record<string, string>> = { territory: 'QY', organ: 'JG', enterprise: 'LX' }
const feedWords: Readonly<Record<string, string>> = { organizations: 'ORG', study: 'STUDY' }

/** `2026-06-18T09:41:26+08:00` → `20260618094126`. */
const digits = (instant: string): string => instant.slice(0, 19).replace(/\D/g, '')

const writers: Writers<
  | 'organization.recorded'
  | 'branch.online'
  | 'members.counted'
  | 'study.logged'
  | 'quiz.logged'
  | 'reflection.logged'
  | 'programme.scheduled'
  | 'source.reported'
> = {
  'organization.recorded': [
    'ORG',
    ({ data }) => ({
      NAME: data.name,
      LEVEL: levels[data.kind],
      AREA: areas[data.group],
      FOUNDED: data.foundedOn,
      PHONE: '00000000000',
    }),
  ],
  'branch.online': ['ONLINE', () => ({})],
  'members.counted': ['MEMBERS', ({ data }) => ({ TOTAL: data.members })],
  'study.logged': ['STUDY', ({ data }) => ({ PEOPLE: data.learners, MINUTES: data.minutes })],
  'quiz.logged': [
    'QUIZ',
    ({ data }) => ({ PEOPLE: data.participants, ANSWERS: data.answered, RIGHT: data.right }),
  ],
  'reflection.logged': [
    'REFLECT',
    ({ data }) => ({ PIECES: data.count, AUTHOR: '党员甲', CONTENT: '心得正文' }),
  ],
  'programme.scheduled': [
    'RADIO',
    ({ data }) => ({
      NO: data.programme,
      TITLE: data.title,
      START: digits(data.startsAt),
      MINUTES: data.minutes,
    }),
  ],
  'source.reported': [
    'FEED',
    ({ data }) => ({ FEED: feedWords[data.feed], SECONDS: data.cadenceSeconds }),
  ],
}

function message(event: Event) {
  const [type, body] = worded(writers, event)
  return {
    MID: event.id,
    TYPE: type,
    VER: event.rev,
    ...(event.retracts !== undefined && { CANCEL: event.retracts }),
    UNIT: event.subject,
    TIME: digits(event.time),
    BODY: body,
  }
}

const districts = [
  ['chengdong', '城东区'],
  ['chengzhong', '城中区'],
  ['chengxi', '城西区'],
  ['chengbei', '城北区'],
  ['huangzhong', '湟中区'],
  ['datong', '大通县'],
  ['huangyuan', '湟源县'],
] as const
const groups = ['territory', 'organ', 'enterprise'] as const
const units = districts.flatMap(([pinyin, name]) =>
  Array.from({ length: 60 }, (_, i) => ({
    id: `xn-${pinyin}-${String(i + 1).padStart(3, '0')}`,
    name: i === 0 ? `${name}党委` : `${name}第${i}党支部`,
    kind: i === 0 ? ('committee' as const) : ('branch' as const),
    group: groups[i % 3] ?? 'territory',
  })),
)
const branches = units.filter(({ kind }) => kind === 'branch')
const floor = (ms: number) => Math.floor(ms / 1000) * 1000

function tell({ seed, asOfMs }: StoryOptions): Story {
  function* roster(atMs: number): Generator<Event> {
    const random = randomOf('xining', 'roster', seed)
    for (const [i, unit] of units.entries()) {
      const at = { county: city, subject: unit.id, atMs }
      yield say({ ...at, id: `o-${i}` }, 'organization.recorded', {
        name: unit.name,
        kind: unit.kind,
        group: unit.group,
        foundedOn: dayOfNumber(random.between(dayNumber('1960-01-01'), dayNumber('2016-12-31'))),
      })
      yield say({ ...at, id: `m-${i}` }, 'members.counted', { members: random.between(8, 60) })
      yield say({ ...at, id: `u-${i}` }, 'branch.online', {})
    }
  }

  /** 夏都好声音 at its fixed hours, told the evening before. */
  function* programmes(fromMs: number, toMs: number): Generator<Event> {
    const last = dayNumber(localDay(toMs))
    for (let day = dayNumber(localDay(fromMs)); day <= last; day += 1) {
      const told = dayStartMs(dayOfNumber(day)) + 20 * 3_600_000
      if (told < fromMs || told >= toMs) continue
      for (const hour of [7, 12, 18])
        yield say(
          { id: `gb-${day}-${hour}`, county: city, subject: 'xn-chengzhong-001', atMs: told },
          'programme.scheduled',
          {
            programme: `hsy-${day + 1}-${hour}`,
            title: '夏都好声音',
            startsAt: toInstant(dayStartMs(dayOfNumber(day + 1)) + hour * 3_600_000),
            minutes: 15,
          },
        )
    }
  }

  function* between(fromMs: number, toMs: number): Generator<Event> {
    const rhythm = { seed, fromMs, toMs }
    // 每天10分钟 of study, 每天5分钟 of micro-quiz; some write down what they think.
    yield* happenings(
      { ...rhythm, key: 'xining-study', perDay: 700 },
      function* ({ id, atMs, random }) {
        const at = { county: city, subject: random.pick(branches).id, atMs }
        const learners = random.between(1, 9)
        yield say({ ...at, id: `x-${id}` }, 'study.logged', { learners, minutes: learners * 10 })
        const right = random.between(2, 5) * learners
        yield say({ ...at, id: `t-${id}` }, 'quiz.logged', {
          participants: learners,
          answered: 5 * learners,
          right,
        })
        if (random.chance(0.15))
          yield say({ ...at, id: `r-${id}` }, 'reflection.logged', { count: 1 })
      },
    )
    yield* programmes(fromMs, toMs)
  }

  return {
    roster,
    *published() {
      const fromMs = floor(asOfMs - 31 * dayMs)
      yield* roster(fromMs)
      yield* between(fromMs, floor(asOfMs - dayMs / 24))
      const mistaken = { county: city, subject: 'xn-chengdong-002', atMs: fromMs }
      yield say({ ...mistaken, id: 'wrong' }, 'reflection.logged', { count: 500 })
      yield say({ ...mistaken, id: 'wrong', rev: 2 }, 'reflection.logged', { count: 5 })
      yield say({ ...mistaken, id: 'undo', retracts: 'wrong' }, 'reflection.logged', { count: 5 })
    },
    between,
  }
}

export const xining: MockPlatform = {
  platform: 'xining',
  divisions: [city],
  feeds: { organizations: 3_600, study: 300 },
  kinds: kindsOf(writers),
  personal: ['PHONE', 'AUTHOR', 'CONTENT'],
  tell,
  *deliveries(events) {
    let batch = 0
    for (const page of pagesOf(events, 1_000)) {
      batch += 1
      const body = { SYS: 'XIADU', BATCH: `B${batch}`, MSGS: page.map(message) }
      yield { contentType: 'application/json', body: JSON.stringify(body), events: page.length }
    }
  },
}
