/** What 开化 智慧党建综合治理 published of itself in 2019, as events. Townships are real, what happens in them is invented. */
import type { Event } from '../../protocol/events.ts'
import { dayMs, dayStartMs, localDay, toInstant } from '../../protocol/time.ts'
import { sayAs, type Story, type StoryOptions } from '../platform.ts'
import { randomOf, type Random } from '../random.ts'
import { happenings } from '../rhythm.ts'
import { shares } from '../shares.ts'
import { yearsBefore } from '../terms.ts'

const say = sayAs('kaihua')
const county = '330824'
const organizations = 430
const members = 19_000
const grids = 749
/** Of 30,048 reports 29,801 were handled, 199 were void and 48 are open: 99.84 % disposed. */
const handled = 29_801
const dismissed = 199
const open = 48
const orders = 2_356
const ordersResolved = 2_184
const volunteerTeams = 206
const expertTeams = 104
const minuteMs = 60_000
const hourMs = 3_600_000

const townships: readonly (readonly [code: string, name: string, lng: number, lat: number])[] = [
  ['330824106', '桐村镇', 118.2495, 29.0084],
  ['330824107', '杨林镇', 118.1426, 29.0584],
  ['330824108', '苏庄镇', 118.1195, 29.1767],
  ['330824109', '齐溪镇', 118.3148, 29.4299],
  ['330824113', '村头镇', 118.4671, 29.2668],
  ['330824115', '华埠镇', 118.3543, 29.0105],
  ['330824116', '马金镇', 118.4118, 29.3015],
  ['330824117', '池淮镇', 118.3012, 29.0831],
  ['330824202', '中村乡', 118.3351, 29.2171],
  ['330824205', '长虹乡', 118.2253, 29.2363],
  ['330824208', '何田乡', 118.3115, 29.3316],
  ['330824216', '林山乡', 118.5049, 29.1433],
  ['330824217', '音坑乡', 118.3989, 29.1995],
  ['330824218', '大溪边乡', 118.5413, 29.301],
]
const intakes = [
  '我来爆料',
  '广场说说',
  '网格上报',
  '县长热线',
  '平安通',
  '数字城管',
  '综治视联',
  '河长制平台',
  '森林防火平台',
  '市场监管平台',
  '智慧交通平台',
] as const
const categories = [
  '市政设施',
  '环境卫生',
  '邻里纠纷',
  '道路交通',
  '噪声扰民',
  '水电保障',
  '安全隐患',
] as const
const topics = ['学习党章党规', '红色网格日', '周二无会日入户', '河道清漂', '文明劝导'] as const

const intakeId = (i: number) => `jr${String(i + 1).padStart(2, '0')}`
const gridId = (i: number) => `wg${String(i + 1).padStart(4, '0')}`
const townshipOf = (i: number) => townships[i % townships.length] ?? townships[0]
const branchId = (i: number) => `${townshipOf(i)?.[0] ?? county}${String(i + 1).padStart(5, '0')}`
const floor = (ms: number) => Math.floor(ms / 1000) * 1000

export function tellKaihua({ seed, asOfMs }: StoryOptions): Story {
  const today = localDay(asOfMs)
  const todayMs = dayStartMs(today)
  const yearMs = dayStartMs(`${today.slice(0, 4)}-01-01`)
  const sometime = (random: Random) => floor(yearMs + random.next() * (asOfMs - yearMs))

  /** One term was over at the end of the year before, and postponed with approval. */
  function termOf(i: number, years: number, random: Random) {
    const year = Number(today.slice(0, 4))
    const isPostponed = i === organizations - 1
    const running = `${year + random.between(1, years - 1)}-06-30`
    const termEndsOn = isPostponed ? `${year - 1}-12-31` : running
    return {
      termEndsOn,
      electedOn: yearsBefore(termEndsOn, years),
      ...(isPostponed && { termPostponedTo: `${year}-12-31` }),
    }
  }

  function* roster(atMs: number): Generator<Event> {
    const random = randomOf('roster', seed)
    const sizes = shares(members, organizations, random, 8)
    for (let i = 0; i < organizations; i += 1) {
      const [code, name, lng, lat] = townshipOf(i) ?? [county, '', 118.4, 29.14]
      const at = { county, subject: branchId(i), atMs }
      const isCommittee = i < townships.length
      yield say({ ...at, id: `zz-${i + 1}` }, 'organization.recorded', {
        name: isCommittee ? `${name}党委` : `${name}第${Math.floor(i / townships.length)}党支部`,
        kind: isCommittee ? 'committee' : 'branch',
        group: 'territory',
        ...(!isCommittee && { parent: branchId(i % townships.length) }),
        township: code,
        lng: Number((lng + (random.next() - 0.5) * 0.05).toFixed(5)),
        lat: Number((lat + (random.next() - 0.5) * 0.05).toFixed(5)),
        foundedOn: `${random.between(1952, 2015)}-07-01`,
        ...termOf(i, isCommittee ? 5 : 3, random),
      })
      yield say({ ...at, id: `dy-${i + 1}` }, 'members.counted', { members: sizes[i] ?? 0 })
      yield say({ ...at, id: `sx-${i + 1}` }, 'branch.online', {})
    }
    const at = { county, subject: county, atMs }
    for (let i = 0; i < grids; i += 1) {
      const [code, name] = townshipOf(i) ?? [county, '']
      yield say({ ...at, id: gridId(i) }, 'grid.recorded', {
        grid: gridId(i),
        name: `${name}第${Math.floor(i / townships.length) + 1}网格`,
        township: code,
      })
    }
    for (const [i, name] of intakes.entries())
      yield say({ ...at, id: `pt-${intakeId(i)}` }, 'intake.reported', {
        intake: intakeId(i),
        name,
        cadenceSeconds: 300,
      })
    for (let i = 0; i < volunteerTeams + expertTeams; i += 1) {
      const isVolunteer = i < volunteerTeams
      yield say({ ...at, id: `td-${i + 1}` }, 'team.recorded', {
        team: `td${i + 1}`,
        name: `${townshipOf(i)?.[1] ?? ''}${isVolunteer ? '志愿服务' : '专家服务'}团第${i + 1}队`,
        kind: isVolunteer ? 'volunteer' : 'expert',
        isOut: random.chance(0.2),
      })
    }
  }

  /** The conduct of cadres: each month 19 in 100 fewer than in the same month of the year before. */
  function* complaints(): Generator<Event> {
    const random = randomOf('complaints', seed)
    const year = Number(today.slice(0, 4))
    for (let m = 1; m <= Number(today.slice(5, 7)); m += 1) {
      const month = String(m).padStart(2, '0')
      const scale = random.between(1, 3)
      const at = { county, subject: county, atMs: yearMs }
      yield say({ ...at, id: `ts-${year - 1}-${month}` }, 'complaints.counted', {
        month: `${year - 1}-${month}`,
        complaints: 100 * scale,
      })
      yield say({ ...at, id: `ts-${year}-${month}` }, 'complaints.counted', {
        month: `${year}-${month}`,
        complaints: 81 * scale,
      })
    }
  }

  function* cases(): Generator<Event> {
    const random = randomOf('cases', seed)
    for (let i = 1; i <= handled + dismissed + open; i += 1) {
      const end = i <= handled ? 'handled' : i <= handled + dismissed ? 'dismissed' : 'open'
      // What is still open came in lately.
      const atMs = end === 'open' ? asOfMs - random.between(1, 20) * hourMs : sometime(random)
      yield* caseOf({ id: `sj-${i}`, atMs: Math.max(yearMs, atMs), end, random, lastMs: asOfMs })
    }
  }

  function* meetings(): Generator<Event> {
    const random = randomOf('meetings', seed)
    for (let i = townships.length; i < organizations; i += 1) {
      const days = random.between(1, 26)
      const heldMs = todayMs - days * dayMs + random.between(8, 20) * hourMs
      const expected = random.between(8, 40)
      yield say(
        { id: `hd-${i + 1}`, county, subject: branchId(i), atMs: heldMs + 2 * hourMs },
        'activity.submitted',
        {
          activity: `hd-${i + 1}`,
          form: 'theme-day',
          title: random.pick(topics),
          heldAt: toInstant(heldMs),
          present: expected - random.between(0, 4),
          expected,
          photos: random.between(1, 9),
        },
      )
    }
    for (let i = 1; i <= 48; i += 1) {
      const mode = random.pick(['sign-in', 'video', 'text'] as const)
      yield say(
        {
          id: `ys-${i}`,
          county,
          subject: branchId(random.between(20, 400)),
          atMs: sometime(random),
        },
        'meeting.joined',
        { meeting: `ys-${i}`, mode, members: random.between(6, 30), isThemeDay: i % 4 === 0 },
      )
    }
  }

  return {
    roster,
    *published() {
      yield* roster(yearMs - 40 * dayMs)
      yield* complaints()
      yield* cases()
      yield* stories(Math.max(yearMs, todayMs - 9 * dayMs))
      const random = randomOf('orders', seed)
      for (let i = 1; i <= orders; i += 1)
        yield* orderOf({
          id: `dd-${i}`,
          atMs: sometime(random),
          random,
          lastMs: asOfMs,
          isResolved: i <= ordersResolved,
        })
      yield* meetings()
    },
    *between(fromMs, toMs) {
      const rhythm = { seed, fromMs, toMs }
      yield* happenings(
        { ...rhythm, key: 'cases', perDay: 95, spillMs: 30 * hourMs },
        ({ id, atMs, random }) =>
          caseOf({
            id: `ls-${id}`,
            atMs,
            random,
            lastMs: Infinity,
            end: random.chance(0.007) ? 'dismissed' : 'handled',
          }),
      )
      yield* happenings(
        { ...rhythm, key: 'orders', perDay: 9, spillMs: 12 * hourMs },
        ({ id, atMs, random }) =>
          orderOf({
            id: `ld-${id}`,
            atMs,
            random,
            lastMs: Infinity,
            isResolved: random.chance(0.927),
          }),
      )
      yield* happenings(
        { ...rhythm, key: 'intakes', perDay: 3_000 },
        function* ({ id, atMs, random }) {
          const i = random.between(0, intakes.length - 1)
          yield say({ id: `pt-${id}`, county, subject: county, atMs }, 'intake.reported', {
            intake: intakeId(i),
            name: intakes[i] ?? '',
            cadenceSeconds: 300,
          })
        },
      )
      yield* happenings(
        { ...rhythm, key: 'off', perDay: 20, spillMs: hourMs },
        function* ({ id, atMs, random }) {
          const at = { county, subject: branchId(random.between(0, organizations - 1)) }
          yield say({ ...at, id: `lx-${id}`, atMs }, 'branch.offline', {})
          yield say({ ...at, id: `sx-${id}`, atMs: atMs + 25 * minuteMs }, 'branch.online', {})
        },
      )
    },
  }
}

interface Told {
  readonly id: string
  readonly atMs: number
  readonly random: Random
  /** Nothing is told after it. */
  readonly lastMs: number
}

/** 归集 → 过滤核实 → 派单交办 → 现场处理 → 评价反馈. */
function* caseOf({
  id,
  atMs,
  random,
  lastMs,
  end,
}: Told & { readonly end: 'handled' | 'dismissed' | 'open' }): Generator<Event> {
  const grid = random.between(0, grids - 1)
  const subject = branchId(townships.length + (grid % 400))
  const at = (stage: number, minutes: number) => ({
    id: `${id}.${stage}`,
    county,
    subject,
    atMs: Math.min(lastMs, atMs + minutes * minuteMs),
  })
  yield say(at(10, 0), 'case.advanced', {
    case: id,
    stage: 'collected',
    category: random.pick(categories),
    intake: intakeId(random.between(0, intakes.length - 1)),
    grid: gridId(grid),
  })
  if (end === 'dismissed') {
    yield say(at(90, 40), 'case.advanced', { case: id, stage: 'dismissed' })
    return
  }
  if (random.chance(0.4)) yield say(at(20, 12), 'case.advanced', { case: id, stage: 'verified' })
  yield say(at(30, 25), 'case.advanced', {
    case: id,
    stage: 'dispatched',
    dueAt: toInstant(atMs + 2 * dayMs),
  })
  if (end === 'open') return
  const minutes = random.between(40, 1_500)
  yield say(at(40, minutes), 'case.advanced', { case: id, stage: 'handled' })
  if (random.chance(0.35))
    yield say(at(50, minutes + 30), 'case.advanced', {
      case: id,
      stage: 'rated',
      score: random.between(4, 5),
      likes: random.between(0, 40),
    })
}

/** 网格点单 → 平台派单 → 团长接单 → 群众验单. */
function* orderOf({
  id,
  atMs,
  random,
  lastMs,
  isResolved,
}: Told & { readonly isResolved: boolean }): Generator<Event> {
  const subject = branchId(random.between(townships.length, organizations - 1))
  let minutes = 0
  for (const stage of ['requested', 'dispatched', 'accepted', 'verified'] as const) {
    const at = {
      id: `${id}.${stage}`,
      county,
      subject,
      atMs: Math.min(lastMs, atMs + minutes * minuteMs),
    }
    yield say(at, 'order.advanced', {
      order: id,
      stage,
      ...(stage === 'verified' && { isResolved }),
    })
    minutes += random.between(5, 160)
  }
}

/** A report that was rated wrong and corrected, and one sent by mistake and withdrawn. */
function* stories(atMs: number): Generator<Event> {
  const at = { county, subject: branchId(20), atMs: atMs + 22 * minuteMs }
  // The leaking basement of case 1: corrected to five points and 36 likes.
  yield say({ ...at, id: 'gs-1' }, 'case.advanced', {
    case: 'sj-1',
    stage: 'rated',
    score: 3,
    likes: 3,
  })
  yield say({ ...at, id: 'gs-1', rev: 2 }, 'case.advanced', {
    case: 'sj-1',
    stage: 'rated',
    score: 5,
    likes: 36,
  })
  yield say({ ...at, id: 'gs-2' }, 'case.advanced', {
    case: 'sj-wrong',
    stage: 'collected',
    category: '测试',
    intake: intakeId(0),
  })
  yield say({ ...at, id: 'gs-3', retracts: 'gs-2' }, 'case.advanced', {
    case: 'sj-wrong',
    stage: 'collected',
    category: '测试',
    intake: intakeId(0),
  })
}
