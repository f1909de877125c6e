/** 三原 流动e家: its dialect (the mirror of relay/platforms/sanyuan.ts) and its story. Organisations and doings are invented; townships are real. */
import type { Event } from '../../protocol/events.ts'
import { dayMs, dayNumber, dayOfNumber, dayStartMs, localDay } from '../../protocol/time.ts'
import { kindsOf, worded, type Writers } from '../dialect.ts'
import { pagesOf, sayAs, type MockPlatform, type Story, type StoryOptions } from '../platform.ts'
import { randomOf, type Random } from '../random.ts'
import { happenings } from '../rhythm.ts'
import { shares } from '../shares.ts'
import { yearsBefore } from '../terms.ts'

const say = sayAs('sanyuan')
const county = '610422'
const feedWords: Readonly<Record<string, string>> = {
  organizations: 'org',
  study: 'study',
  points: 'points',
  dues: 'dues',
  floating: 'float',
}
const levels = { committee: 'committee', 'general-branch': 'general', branch: 'branch' } as const
const groups = {
  territory: 'village',
  organ: 'organ',
  enterprise: 'firm',
  floating: 'away',
} as const
const modes = { 'sign-in': 'sign', video: 'video', text: 'text' } as const
const reasons: Readonly<Record<string, string>> = {
  download: 'app_download',
  reflection: 'reflection',
  reading: 'reading_time',
}

const person = { name: '流动党员甲', id_no: '000000190001010000' } as const
/** Kind of member, pay and dues set by it, in yuan: as the regulation asks, and for a pay that has risen since. */
const standards = [
  { type: 'employed', pay_yuan: 4_200, set_yuan: 42 },
  { type: 'retired', pay_yuan: 3_100, set_yuan: 15.5 },
  { type: 'farmer', set_yuan: 0.5 },
  { type: 'student', set_yuan: 0.2 },
] as const
const tooLittle = { type: 'employed', pay_yuan: 5_600.5, set_yuan: 42 } as const
/** A member away, of whom everything is in order. */
const settled = { abroad: false, certified: true, months_away: 14, months_silent: 1 } as const
const times = (count: number, member: object): readonly object[] =>
  Array.from({ length: count }, () => ({ ...member, ...person }))

const writers: Writers<
  | 'organization.recorded'
  | 'branch.online'
  | 'members.counted'
  | 'floating.registered'
  | 'floating.returned'
  | 'content.pushed'
  | 'reflection.logged'
  | 'study.logged'
  | 'meeting.joined'
  | 'suggestion.advanced'
  | 'forum.counted'
  | 'points.awarded'
  | 'goods.listed'
  | 'points.redeemed'
  | 'dues.paid'
  | 'dues.checked'
  | 'members.checked'
  | 'profiles.counted'
  | 'honour.awarded'
  | 'source.reported'
> = {
  'organization.recorded': [
    'org',
    ({ data }) => ({
      title: data.name,
      level: levels[data.kind],
      group: groups[data.group],
      ...(data.township && { township: data.township }),
      founded: data.foundedOn,
      elected: data.electedOn ?? null,
      term_end: data.termEndsOn ?? null,
      extended_to: data.termPostponedTo ?? null,
      phone: '00000000000',
    }),
  ],
  'branch.online': ['org_online', () => ({})],
  'members.counted': ['members', ({ data }) => ({ total: data.members })],
  'floating.registered': [
    'float_out',
    ({ data }) => ({
      no: data.member,
      city: data.city,
      since: data.since,
      host: data.host ?? null,
      name: '流动党员甲',
      id_no: '000000190001010000',
      income_yuan: 4_800,
      home: '某村某组',
    }),
  ],
  'floating.returned': ['float_back', ({ data }) => ({ no: data.member, name: '流动党员甲' })],
  'content.pushed': ['content', ({ data }) => ({ no: data.content, type: data.kind })],
  'reflection.logged': [
    'reflection',
    ({ data }) => ({ pieces: data.count, body_text: '学习心得正文' }),
  ],
  'study.logged': ['study', ({ data }) => ({ learners: data.learners, minutes: data.minutes })],
  'meeting.joined': [
    'meeting',
    ({ data }) => ({
      no: data.meeting,
      mode: modes[data.mode],
      people: data.members,
      theme_day: data.isThemeDay,
    }),
  ],
  'suggestion.advanced': [
    'suggestion',
    ({ data }) => ({ no: data.suggestion, stage: data.stage, body_text: '意见建议正文' }),
  ],
  'forum.counted': ['thread', ({ data }) => ({ no: data.thread, replies: data.replies })],
  'points.awarded': [
    'points',
    ({ data }) => ({ score: data.points, for: reasons[data.reason] ?? 'reflection' }),
  ],
  'goods.listed': [
    'goods',
    ({ data }) => ({ no: data.goods, title: data.name, score: data.points, stock: data.stock }),
  ],
  'points.redeemed': ['redeem', ({ data }) => ({ goods: data.goods, score: data.points })],
  'dues.paid': ['dues', ({ data }) => ({ month: data.month, payers: data.members })],
  'dues.checked': [
    'dues_standards',
    ({ data }) => ({
      month: data.month,
      standards: Array.from({ length: data.members }, (_, i) => ({
        ...(i < data.below ? tooLittle : (standards[i % standards.length] ?? tooLittle)),
        ...person,
      })),
    }),
  ],
  'members.checked': [
    'float_check',
    ({ data }) => ({
      members: [
        ...times(data.lostLong, { ...settled, months_silent: 31 }),
        ...times(data.lost - data.lostLong, { ...settled, months_silent: 6 }),
        ...times(data.away, { ...settled, certified: false }),
        ...times(data.abroad, { ...settled, abroad: true, months_silent: 7 }),
        { ...settled, ...person },
      ],
    }),
  ],
  'profiles.counted': [
    'profiles',
    ({ data }) => ({
      total: data.members,
      number: data.number,
      destination: data.destination,
      mind: data.thinking,
      job: data.occupation,
      thinking: '思想状况正文',
    }),
  ],
  'honour.awarded': ['honour', ({ data }) => ({ no: data.honour, title: data.title })],
  'source.reported': [
    'complete',
    ({ data }) => ({ feed: feedWords[data.feed], seconds: data.cadenceSeconds }),
  ],
}

/** `2026-06-18T09:41:26+08:00` → `2026/06/18 09:41:26`. */
const localTime = (instant: string): string =>
  `${instant.slice(0, 10).replaceAll('-', '/')} ${instant.slice(11, 19)}`

function item(event: Event) {
  const [kind, d] = worded(writers, event)
  return {
    seq: event.id,
    op: event.retracts !== undefined ? 'D' : event.rev > 1 ? 'U' : 'I',
    ver: event.rev,
    ...(event.retracts !== undefined && { of: event.retracts }),
    org: event.subject,
    at: localTime(event.time),
    kind,
    d,
  }
}

const towns = [
  ['610422001', '城关街道'],
  ['610422102', '陂西镇'],
  ['610422103', '独李镇'],
  ['610422104', '大程镇'],
  ['610422105', '西阳镇'],
  ['610422106', '鲁桥镇'],
  ['610422107', '陵前镇'],
  ['610422109', '新兴镇'],
  ['610422110', '嵯峨镇'],
  ['610422111', '渠岸镇'],
] as const
const cities = ['西安', '咸阳', '深圳', '苏州', '北京', '上海', '东莞', '郑州', '杭州'] as const
const branches = towns.flatMap(([code, name]) =>
  Array.from({ length: 14 }, (_, i) => ({
    id: `sy-${code}-${String(i + 1).padStart(2, '0')}`,
    name: `${name}第${i + 1}流动党支部`,
    township: code,
  })),
)

const floating = 2_236
const returned = 22
const contents = 84
const reflections = 612
/** Of the last 30 whole days. */
const learners30 = 9_420
const themeDay = 416
const suggestions = 320
const suggestionsClosed = 304
const threads = 42
const replies = 1_302
const floor = (ms: number) => Math.floor(ms / 1000) * 1000

/** The postponed term ended forty days ago. */
function termOf(today: number, daysLeft: number, isPostponed: boolean) {
  const termEndsOn = dayOfNumber(today + (isPostponed ? -40 : daysLeft))
  return {
    termEndsOn,
    electedOn: yearsBefore(termEndsOn, 3),
    ...(isPostponed && { termPostponedTo: dayOfNumber(today + 120) }),
  }
}

function tell({ seed, asOfMs }: StoryOptions): Story {
  const today = localDay(asOfMs)
  const todayMs = dayStartMs(today)
  const lately = (random: Random, days: number) =>
    floor(asOfMs - dayMs - random.next() * days * dayMs)

  function* roster(atMs: number): Generator<Event> {
    const random = randomOf('sanyuan', 'roster', seed)
    const sizes = shares(floating + 900, branches.length, random, 8)
    for (const [i, branch] of branches.entries()) {
      const at = { county, subject: branch.id, atMs }
      yield say({ ...at, id: `o${i}` }, 'organization.recorded', {
        name: branch.name,
        kind: 'branch',
        group: 'floating',
        township: branch.township,
        foundedOn: dayOfNumber(random.between(dayNumber('2008-01-01'), dayNumber('2018-12-31'))),
        ...termOf(dayNumber(today), random.between(100, 900), i === 0),
      })
      yield say({ ...at, id: `m${i}` }, 'members.counted', { members: sizes[i] ?? 8 })
      yield say({ ...at, id: `u${i}` }, 'branch.online', {})
    }
    for (let i = 1; i <= 12; i += 1)
      yield say({ county, subject: branches[0]?.id ?? '', atMs, id: `g${i}` }, 'goods.listed', {
        goods: `sp-${i}`,
        name: ['党章读本', '雨伞', '毛巾', '保温杯'][i % 4] ?? '毛巾',
        points: 50 * i,
        stock: 40,
      })
  }

  function* people(): Generator<Event> {
    const random = randomOf('sanyuan', 'people', seed)
    const at = (id: string, i: number, days = 300) => ({
      id,
      county,
      subject: branches[i % branches.length]?.id ?? '',
      atMs: lately(random, days),
    })
    for (let i = 0; i < floating + returned; i += 1)
      yield say({ ...at(`f${i}`, i), atMs: floor(asOfMs - 320 * dayMs) }, 'floating.registered', {
        member: `ld-${i}`,
        city: random.pick(cities),
        since: dayOfNumber(dayNumber(today) - random.between(200, 1_200)),
        ...(random.chance(0.4) && { host: `host-${random.between(1, 40)}` }),
      })
    for (let i = 0; i < returned; i += 1)
      yield say(at(`b${i}`, i * 90), 'floating.returned', { member: `ld-${i * 90}` })
    const known = shares(floating, branches.length, random, 4)
    for (const [i, each] of known.entries()) {
      const sure = Math.max(0, each - random.between(0, 1))
      yield say(at(`p${i}`, i), 'profiles.counted', {
        members: each,
        number: each,
        destination: each,
        thinking: sure,
        occupation: sure,
      })
    }
    const kinds = ['news', 'study', 'minutes', 'notice'] as const
    for (let i = 0; i < contents; i += 1)
      yield say(at(`c${i}`, i), 'content.pushed', {
        content: `nr-${i}`,
        kind: kinds[i % 4] ?? 'news',
        to: 'floating',
      })
    for (const [i, count] of shares(reflections, 240, random, 1).entries())
      yield say(at(`r${i}`, i), 'reflection.logged', { count })
    for (const [i, count] of shares(themeDay, 24, random, 5).entries())
      yield say(at(`t${i}`, i), 'meeting.joined', {
        meeting: `ztdr-${i}`,
        mode: random.pick(['sign-in', 'video', 'text'] as const),
        members: count,
        isThemeDay: true,
      })
    for (let i = 0; i < suggestions; i += 1) {
      const made = at(`s${i}`, i)
      const step = (stage: 'made' | 'replied' | 'closed', hours: number) =>
        say(
          { ...made, id: `s${i}-${stage}`, atMs: made.atMs + hours * 3_600_000 },
          'suggestion.advanced',
          {
            suggestion: `jy-${i}`,
            stage,
          },
        )
      yield step('made', 0)
      yield step('replied', 5)
      if (i < suggestionsClosed) yield step('closed', 20)
    }
    for (const [i, count] of shares(replies, threads, random, 12).entries())
      yield say(at(`l${i}`, i), 'forum.counted', { thread: `lt-${i}`, replies: count })
    for (let i = 0; i < 30; i += 1) {
      yield say(at(`d${i}`, i), 'points.redeemed', { goods: `sp-${(i % 12) + 1}`, points: 50 })
      yield say(at(`h${i}`, i), 'honour.awarded', { honour: `bb-${i}`, title: '回馈标兵' })
    }
  }

  function* study(): Generator<Event> {
    const random = randomOf('sanyuan', 'study', seed)
    const month = today.slice(0, 7)
    const perDay = shares(learners30, 30, random, 290)
    for (const [i, learners] of perDay.entries())
      for (const [j, each] of shares(learners, 40, random, 1).entries())
        yield say(
          {
            id: `x${i}-${j}`,
            county,
            subject: branches[(i * 40 + j) % branches.length]?.id ?? '',
            atMs: todayMs - (i + 1) * dayMs + random.between(7 * 60, 22 * 60) * 60_000,
          },
          'study.logged',
          { learners: each, minutes: each * random.between(12, 40) },
        )
    for (const [i, branch] of branches.entries()) {
      const at = { county, subject: branch.id, atMs: floor(dayStartMs(`${month}-01`)) }
      yield say({ ...at, id: `dj${i}` }, 'dues.paid', { month, members: random.between(3, 12) })
      yield say({ ...at, id: `jf${i}` }, 'points.awarded', {
        points: random.between(1, 30),
        reason: random.pick(['download', 'reflection', 'reading'] as const),
      })
    }
  }

  /** Who has been away, abroad or out of contact for long, and who is set to pay too little. */
  function* checksOf(
    id: string,
    { subject, atMs }: { readonly subject: string; readonly atMs: number },
    random: Random,
  ): Generator<Event> {
    const some = (chance: number, most: number) =>
      random.chance(chance) ? random.between(1, most) : 0
    const lost = some(0.25, 3)
    yield say({ id: `hc-${id}`, county, subject, atMs }, 'members.checked', {
      lost,
      lostLong: random.chance(0.3) ? lost : 0,
      away: some(0.3, 4),
      quitting: 0,
      abroad: some(0.15, 2),
      belowHours: 0,
      exempt: 0,
    })
    yield say({ id: `bz-${id}`, county, subject, atMs }, 'dues.checked', {
      month: localDay(atMs).slice(0, 7),
      members: random.between(3, 8),
      below: some(0.3, 3),
    })
  }

  function* checks(): Generator<Event> {
    const random = randomOf('sanyuan', 'checks', seed)
    for (const daysAgo of [70, 40, 10])
      for (const [i, { id }] of branches.slice(0, 28).entries()) {
        const atMs = floor(asOfMs - (daysAgo + random.next() * 20) * dayMs)
        yield* checksOf(`${daysAgo}-${i}`, { subject: id, atMs }, random)
      }
  }

  return {
    roster,
    *published() {
      yield* roster(floor(asOfMs - 330 * dayMs))
      yield* people()
      yield* study()
      yield* checks()
      // Sent by mistake: corrected, then taken back.
      const mistaken = { county, subject: branches[0]?.id ?? '', atMs: floor(asOfMs - 2 * dayMs) }
      yield say({ ...mistaken, id: 'wrong' }, 'reflection.logged', { count: 900 })
      yield say({ ...mistaken, id: 'wrong', rev: 2 }, 'reflection.logged', { count: 90 })
      yield say({ ...mistaken, id: 'undo', retracts: 'wrong' }, 'reflection.logged', { count: 90 })
    },
    *between(fromMs, toMs) {
      const rhythm = { seed, fromMs, toMs }
      yield* happenings(
        { ...rhythm, key: 'sanyuan-study', perDay: 330 },
        function* ({ id, atMs, random }) {
          const at = { county, subject: random.pick(branches).id, atMs }
          yield say({ ...at, id: `live-x${id}` }, 'study.logged', {
            learners: 1,
            minutes: random.between(8, 60),
          })
          yield say({ ...at, id: `live-j${id}` }, 'points.awarded', {
            points: random.between(1, 5),
            reason: 'reading',
          })
        },
      )
      yield* happenings(
        { ...rhythm, key: 'sanyuan-checks', perDay: 12 },
        function* ({ id, atMs, random }) {
          yield* checksOf(`live-${id}`, { subject: random.pick(branches).id, atMs }, random)
        },
      )
      yield* happenings(
        { ...rhythm, key: 'sanyuan-talk', perDay: 24 },
        function* ({ id, atMs, random }) {
          const at = { county, subject: random.pick(branches).id, atMs }
          yield say({ ...at, id: `live-l${id}` }, 'forum.counted', {
            thread: `live-lt${id}`,
            replies: random.between(20, 48),
          })
          yield say({ ...at, id: `live-r${id}` }, 'reflection.logged', { count: 1 })
        },
      )
    },
  }
}

export const sanyuan: MockPlatform = {
  platform: 'sanyuan',
  divisions: [county],
  feeds: { organizations: 3_600, study: 300, points: 300, dues: 3_600, floating: 600 },
  kinds: kindsOf(writers),
  personal: ['name', 'id_no', 'phone', 'income_yuan', 'home', 'thinking', 'body_text'],
  weighed: ['pay_yuan', 'set_yuan'],
  tell,
  *deliveries(events) {
    let page = 0
    for (const items of pagesOf(events, 1_000)) {
      page += 1
      const body = { county, page, total_pages: page, items: items.map(item) }
      yield { contentType: 'application/json', body: JSON.stringify(body), events: items.length }
    }
  },
}
