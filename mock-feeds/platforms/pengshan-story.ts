/** What 彭山 e支部 published of itself in 2019, as events. Organisations, members and their doings are invented; towns and villages are real (2016). */
import { readFileSync } from 'node:fs'
import type { Event, OrganizationGroup, PointsReason } from '../../protocol/events.ts'
import {
  dayMs,
  dayOfNumber,
  dayStartMs,
  dayNumber,
  localDay,
  toInstant,
} from '../../protocol/time.ts'
import { sayAs, type Story, type StoryOptions } from '../platform.ts'
import { randomOf, type Random } from '../random.ts'
import { happenings } from '../rhythm.ts'
import { shares } from '../shares.ts'
import { yearsBefore } from '../terms.ts'

const say = sayAs('pengshan')
const county = '511403'
const organizations = 588
const members = 17_000
const inactive = 1_046
const silentBranches = 70
const reminders = 134
/** Of the last 30 whole days: near 3,000 a day, and over 300 minutes for each member. */
const learners30 = 89_400
const minutes30 = 5_270_000
const studyDays = 30
const floating = 532
const returned = 9
const notices = 123
const meetings = 69
const exchanges = 326
const willing = 32
const items = 64
/** Branches whose activities have not passed review: under 5 in 100. */
const unreviewed = 19
const hourMs = 3_600_000

const villages = JSON.parse(
  readFileSync(new URL('./pengshan-villages.json', import.meta.url), 'utf8'),
) as readonly (readonly [code: string, name: string])[]
/** The last four of the table joined others before 2019: 10 townships have a 党群互联屋. */
const towns: readonly (readonly [code: string, name: string, lng: number, lat: number])[] = [
  ['511403117', '凤鸣镇', 103.8709, 30.1959],
  ['511403124', '青龙镇', 103.8682, 30.316],
  ['511403122', '观音镇', 103.8721, 30.2525],
  ['511403120', '谢家镇', 103.7849, 30.224],
  ['511403116', '江口镇', 103.9043, 30.2194],
  ['511403216', '锦江乡', 103.9417, 30.2922],
  ['511403118', '公义镇', 103.8256, 30.2686],
  ['511403121', '黄丰镇', 103.9694, 30.177],
  ['511403119', '牧马镇', 103.9355, 30.2655],
  ['511403123', '彭溪镇', 103.8405, 30.3005],
  ['511403115', '武阳镇', 103.823, 30.2065],
  ['511403214', '保胜乡', 103.7935, 30.2595],
  ['511403215', '义和乡', 103.765, 30.247],
]
const cities = ['成都', '深圳', '东莞', '重庆', '广州', '杭州', '昆明', '西安'] as const
const topics = [
  '学习党章党规',
  '走访慰问困难群众',
  '环境整治进院落',
  '脱贫攻坚结对帮扶',
  '防汛隐患排查',
] as const
const matters = [
  '社保卡补办',
  '老年证办理',
  '医保报销代办',
  '临时救助申请',
  '农机具维修',
  '法律咨询',
] as const
const forms = ['theme-day', 'branch-committee', 'general-meeting'] as const
const fivePoints: readonly PointsReason[] = ['sign-in', 'dues', 'reflection', 'video', 'quiz']
const basics = [
  'organization',
  'team',
  'activity',
  'rules',
  'ground',
  'support',
  'service',
] as const

interface Organization {
  readonly id: string
  readonly name: string
  readonly isBranch: boolean
  readonly group: OrganizationGroup
  readonly township?: (typeof towns)[number]
  readonly village?: string
}

const place = (name: string) => name.replace(/(村民|居民)?委员会$|村委会$|居委会$/, '')

function makeOrganizations(): readonly Organization[] {
  const all: Organization[] = []
  for (const town of towns) {
    const own = villages.filter(([code]) => code.startsWith(town[0]))
    all.push({
      id: `${town[0]}00001`,
      name: `${town[1]}党委`,
      isBranch: false,
      group: 'territory',
      township: town,
    })
    for (const [code, name] of own)
      all.push({
        id: `${code}01`,
        name: `${place(name)}党支部`,
        isBranch: true,
        group: 'territory',
        township: town,
        village: code,
      })
  }
  const landless = (area: string, count: number, group: OrganizationGroup, word: string) => {
    for (let i = 1; i <= count; i += 1)
      all.push({
        id: `${county}${area}${String(i).padStart(5, '0')}`,
        name: `${word}第${i}党支部`,
        isBranch: true,
        group,
      })
  }
  landless('900', 74, 'organ', '区直机关')
  landless('910', 52, 'enterprise', '青龙园区企业')
  for (let round = 2; all.length < organizations; round += 1) {
    for (const [code, name] of villages.slice(0, organizations - all.length)) {
      const town = towns.find(([own]) => code.startsWith(own))
      const numbered = {
        id: `${code}${String(round).padStart(2, '0')}`,
        name: `${place(name)}第${round}党支部`,
      }
      all.push({
        ...numbered,
        isBranch: true,
        group: 'territory',
        ...(town && { township: town }),
        village: code,
      })
    }
  }
  return all
}

const everything = makeOrganizations()
const branches = everything.filter(({ isBranch }) => isBranch)

const floor = (ms: number) => Math.floor(ms / 1000) * 1000

/** Most terms that are over were postponed with approval. */
function termOf(today: number, daysLeft: number, years: number) {
  const termEndsOn = dayOfNumber(today + daysLeft)
  const isPostponed = daysLeft < 0 && daysLeft % 4 !== 0
  return {
    termEndsOn,
    electedOn: yearsBefore(termEndsOn, years),
    ...(isPostponed && { termPostponedTo: dayOfNumber(today + daysLeft + 180) }),
  }
}

export function tellPengshan({ seed, asOfMs }: StoryOptions): Story {
  const today = localDay(asOfMs)
  const todayMs = dayStartMs(today)
  const yearMs = dayStartMs(`${today.slice(0, 4)}-01-01`)
  /** Some moment of this year up to now. */
  const sometime = (random: Random) => floor(yearMs + random.next() * (asOfMs - yearMs))
  const quiet = new Set(
    randomOf('quiet', seed)
      .shuffled(branches)
      .slice(0, silentBranches)
      .map(({ id }) => id),
  )
  /** Record numbers: a table a million, so that no two tables meet. */
  const numbers = (table: number) => {
    let last = table * 1_000_000
    return () => `ps-${(last += 1)}`
  }

  function* roster(atMs: number): Generator<Event> {
    const random = randomOf('roster', seed)
    const sizes = shares(members, organizations, random, 9)
    const lazy = shares(inactive, organizations, random)
    for (const [i, o] of everything.entries()) {
      const at = { county, subject: o.id, atMs }
      const jitter = () => (random.next() - 0.5) * 0.045
      const years = o.isBranch && !o.village ? 3 : 5
      yield say({ ...at, id: `ps-${1_000_001 + i}` }, 'organization.recorded', {
        name: o.name,
        kind: o.isBranch ? 'branch' : 'committee',
        group: o.group,
        ...(o.township && {
          ...(o.isBranch && { parent: `${o.township[0]}00001` }),
          township: o.township[0],
          lng: Number((o.township[2] + jitter()).toFixed(5)),
          lat: Number((o.township[3] + jitter()).toFixed(5)),
        }),
        ...(o.village && { village: o.village }),
        foundedOn: dayOfNumber(random.between(dayNumber('1956-03-01'), dayNumber('2016-12-31'))),
        ...termOf(dayNumber(today), random.between(-40, years * 300), years),
      })
      yield say({ ...at, id: `ps-${2_000_001 + i}` }, 'members.counted', {
        members: sizes[i] ?? 0,
        inactive: lazy[i] ?? 0,
        ...(o.isBranch && { groups: random.between(1, 3) }),
      })
      yield say({ ...at, id: `ps-${3_000_001 + i}` }, 'branch.online', {})
    }
    yield* services(atMs)
  }

  function* services(atMs: number): Generator<Event> {
    const next = numbers(4)
    const at = () => ({ id: next(), county, subject: county + '00000001', atMs })
    for (const [code, name] of towns.slice(0, 10))
      yield say(at(), 'station.recorded', {
        station: `wu-${Number(code.slice(6))}`,
        kind: 'house',
        level: 'township',
        place: code,
        name: `${name}党群互联屋`,
      })
    for (const [code, name] of villages)
      yield say(at(), 'station.recorded', {
        station: `wu-${Number(code.slice(6))}`,
        kind: 'house',
        level: 'village',
        place: code,
        name: `${place(name)}党群互联屋`,
      })
    for (let i = 1; i <= items + 2; i += 1)
      yield say(at(), 'service.listed', {
        item: `sx-${i}`,
        title: `${matters[i % matters.length] ?? ''}(${i})`,
        isOpen: i <= items,
        days: i % 7,
      })
  }

  /** Each branch met three times, about a month apart; the silent ones last more than 30 days ago. */
  function* activities(): Generator<Event> {
    const next = numbers(5)
    const random = randomOf('activities', seed)
    const waiting = new Set(branches.filter(({ id }) => !quiet.has(id)).slice(0, unreviewed))
    for (const [i, o] of branches.entries()) {
      const last = quiet.has(o.id) ? random.between(31, 57) : random.between(1, 27)
      for (const [j, form] of forms.entries()) {
        const day = todayMs - (last + 28 * j) * dayMs
        const heldMs = day + random.between(8 * 60, 20 * 60) * 60_000
        const at = (atMs: number) => ({ id: next(), county, subject: o.id, atMs })
        const activity = `hd-${i * 10 + j + 1}`
        const title = random.pick(topics)
        const expected = random.between(9, 30)
        const present = expected - random.between(0, 3)
        yield say(at(heldMs), 'activity.started', { activity, form, title })
        yield say(at(heldMs + 1_800_000), 'activity.signed', { activity, present, expected })
        const held = { activity, form, title, present, expected, photos: random.between(1, 9) }
        const reportMs = heldMs + 2 * hourMs
        yield say(at(reportMs), 'activity.submitted', { ...held, heldAt: toInstant(heldMs) })
        yield say(at(reportMs + 5_000), 'points.awarded', { points: present, reason: 'sign-in' })
        if (waiting.has(o)) continue
        yield say(at(reportMs + 60_000), 'activity.reviewed', {
          activity,
          level: 'township',
          verdict: 'passed',
        })
        yield say(at(reportMs + 90_000), 'activity.reviewed', {
          activity,
          level: 'county',
          verdict: 'passed',
        })
      }
      yield say(
        { id: next(), county, subject: o.id, atMs: todayMs - random.between(1, 80) * dayMs },
        'ledger.filled',
        { basic: random.pick(basics) },
      )
    }
  }

  /** The silent of now were reminded, and others before them, who then met and made good. */
  function* warnings(): Generator<Event> {
    const next = numbers(6)
    const random = randomOf('warnings', seed)
    const others = random.shuffled(branches.filter(({ id }) => !quiet.has(id)))
    const silent = branches.filter(({ id }) => quiet.has(id))
    for (const [i, o] of [...silent, ...others].slice(0, reminders).entries()) {
      const at = (atMs: number) => ({ id: next(), county, subject: o.id, atMs })
      const atMs = sometime(random)
      const by = i % 9 === 0 ? 'county' : 'township'
      yield say(at(atMs), 'warning.reminded', { rule: 'silence', by })
      if (i < silentBranches) continue
      yield say(at(Math.min(asOfMs, atMs + 2 * hourMs)), 'warning.acknowledged', {
        rule: 'silence',
        by: 'branch',
      })
      yield say(at(Math.min(asOfMs, atMs + 9 * hourMs)), 'warning.rectified', {
        rule: 'silence',
        by: 'branch',
      })
    }
  }

  function* study(): Generator<Event> {
    const next = numbers(7)
    const random = randomOf('study', seed)
    const days = shares(learners30 - studyDays * 2_880, studyDays, random)
    const minutes = Math.floor(minutes30 / learners30)
    let left = minutes30 - minutes * learners30
    for (let day = studyDays; day >= 1; day -= 1) {
      const each = shares(2_880 + (days[day - 1] ?? 0), branches.length, random)
      for (const [i, o] of branches.entries()) {
        const learners = each[i] ?? 0
        if (learners === 0) continue
        const more = Math.min(left, learners)
        left -= more
        const atMs = todayMs - day * dayMs + random.between(6 * 60, 23 * 60) * 60_000
        yield say({ id: next(), county, subject: o.id, atMs }, 'study.logged', {
          learners,
          minutes: learners * minutes + more,
        })
      }
    }
    const month = today.slice(0, 7)
    const monthMs = dayStartMs(`${month}-01`)
    const thisMonth = () => floor(monthMs + random.next() * (asOfMs - monthMs))
    for (const o of branches) {
      const at = () => ({ id: next(), county, subject: o.id, atMs: thisMonth() })
      yield say(at(), 'dues.paid', { month, members: 9 })
      yield say(at(), 'points.awarded', {
        points: random.between(2, 30),
        reason: random.pick(fivePoints),
      })
      const participants = random.between(1, 8)
      if (random.chance(0.3))
        yield say(at(), 'quiz.logged', {
          participants,
          answered: participants * 5,
          right: participants * 4,
        })
      if (random.chance(0.2)) yield say(at(), 'reflection.logged', { count: random.between(1, 4) })
    }
  }

  function* migrants(): Generator<Event> {
    const next = numbers(8)
    const random = randomOf('migrants', seed)
    const home = random.shuffled(branches)
    const at = (i: number, atMs = sometime(random)) => ({
      id: next(),
      county,
      subject: home[i % 180]?.id ?? '',
      atMs,
    })
    for (let i = 0; i < floating + returned; i += 1) {
      const since = dayOfNumber(dayNumber(today) - random.between(30, 900))
      yield say(at(i, yearMs), 'floating.registered', {
        member: `wc-${i + 1}`,
        city: random.pick(cities),
        since,
      })
    }
    for (let i = 0; i < returned; i += 1)
      yield say(at(i, asOfMs), 'floating.returned', { member: `wc-${i * 31 + 1}` })
    for (let i = 1; i <= notices; i += 1)
      yield say(at(i), 'content.pushed', { content: `tz-${i}`, kind: 'notice', to: 'floating' })
    for (let i = 1; i <= meetings; i += 1)
      yield say(at(i), 'meeting.joined', {
        meeting: `hy-${i}`,
        mode: random.pick(['sign-in', 'video', 'text'] as const),
        members: random.between(4, 14),
        isThemeDay: i % 3 === 0,
      })
    for (const [i, count] of shares(exchanges, 60, random, 1).entries())
      yield say(at(i), 'exchange.logged', { count })
    // One report a branch: the latest of each holds.
    for (const [i, count] of shares(willing, 20, random, 1).entries())
      yield say(at(i), 'intention.counted', { willing: count })
  }

  function* orders(): Generator<Event> {
    const next = numbers(9)
    const random = randomOf('orders', seed)
    for (let i = 1; i <= 240; i += 1) yield* order(random, i, sometime(random), next)
    for (let i = 0; i < 90; i += 1)
      yield say(
        { id: next(), county, subject: random.pick(branches).id, atMs: sometime(random) },
        'service.rated',
        { score: random.chance(0.9) ? 5 : 4, count: random.between(1, 6) },
      )
  }

  function* order(
    random: Random,
    number: number,
    atMs: number,
    next: () => string,
    lastMs = asOfMs,
  ): Generator<Event> {
    const subject = random.pick(branches).id
    const steps = ['requested', 'dispatched', 'accepted', 'verified'] as const
    for (const [i, stage] of steps.entries()) {
      const at = { id: next(), county, subject, atMs: Math.min(lastMs, atMs + i * i * 900_000) }
      yield say(at, 'order.advanced', {
        order: `dd-${number}`,
        stage,
        ...(stage === 'verified' && { isResolved: random.chance(0.95) }),
      })
    }
  }

  return {
    roster,
    *published() {
      yield* roster(floor(yearMs - 30 * dayMs))
      yield* merged(yearMs)
      yield* activities()
      yield* warnings()
      yield* study()
      yield* migrants()
      yield* orders()
    },
    *between(fromMs, toMs) {
      const rhythm = { seed, fromMs, toMs }
      /** Live records are numbered by their moment, far above the tables. */
      const live = (id: string, table: number) => {
        let last = (Number.parseInt(id, 36) * 64 + table) * 8
        return () => `ps-${(last += 1)}`
      }
      yield* happenings({ ...rhythm, key: 'study', perDay: 900 }, function* ({ id, atMs, random }) {
        const learners = random.between(1, 6)
        const next = live(id, 1)
        const at = { county, subject: random.pick(branches).id, atMs }
        yield say({ ...at, id: next() }, 'study.logged', {
          learners,
          minutes: learners * random.between(20, 90),
        })
        yield say({ ...at, id: next() }, 'points.awarded', {
          points: random.between(1, 9),
          reason: random.pick(fivePoints),
        })
      })
      yield* happenings(
        { ...rhythm, key: 'orders', perDay: 60, spillMs: 3 * hourMs },
        ({ id, atMs, random }) =>
          order(random, Number.parseInt(id, 36), atMs, live(id, 2), Infinity),
      )
      yield* happenings(
        { ...rhythm, key: 'sign-ins', perDay: 40, spillMs: hourMs },
        function* ({ id, atMs, random }) {
          const next = live(id, 3)
          const at = { county, subject: random.pick(branches).id }
          const activity = `hd-${Number.parseInt(id, 36)}`
          yield say({ ...at, id: next(), atMs }, 'activity.started', {
            activity,
            form: 'theme-day',
            title: random.pick(topics),
          })
          yield say({ ...at, id: next(), atMs: atMs + 1_500_000 }, 'activity.signed', {
            activity,
            present: random.between(8, 20),
            expected: 22,
          })
        },
      )
      yield* happenings(
        { ...rhythm, key: 'off', perDay: 12, spillMs: hourMs },
        function* ({ id, atMs, random }) {
          const next = live(id, 4)
          const at = { county, subject: random.pick(branches).id }
          yield say({ ...at, id: next(), atMs }, 'branch.offline', {})
          yield say({ ...at, id: next(), atMs: atMs + 1_200_000 }, 'branch.online', {})
        },
      )
    },
  }
}

/** A branch that was merged before: told, taken off, never counted; and a message sent by mistake, corrected, then withdrawn. */
function* merged(atMs: number): Generator<Event> {
  const at = { county, subject: '51140391000099', atMs }
  const data = {
    name: '区物资公司党支部',
    kind: 'branch',
    group: 'enterprise',
    foundedOn: '1979-05-01',
  } as const
  yield say({ ...at, id: 'ps-10000001' }, 'organization.recorded', data)
  yield say({ ...at, id: 'ps-10000002', atMs: atMs + 1_000 }, 'organization.dissolved', {})
  const mistaken = { ...at, subject: '51140300000001' }
  yield say({ ...mistaken, id: 'ps-10000003' }, 'exchange.logged', { count: 500 })
  yield say({ ...mistaken, id: 'ps-10000003', rev: 2 }, 'exchange.logged', { count: 50 })
  yield say({ ...mistaken, id: 'ps-10000004', retracts: 'ps-10000003' }, 'exchange.logged', {
    count: 50,
  })
}
