/** A county to look at: seeded, so that every picture of it is the same. */
import type { Puts, Snapshot } from '../../protocol/frames.ts'
import type { Row } from '../../protocol/board.ts'
import type { Feed } from '../../protocol/events.ts'
import { trendWeeks } from '../../protocol/board-domain.ts'
import { instantMs, toInstant } from '../../protocol/time.ts'
import { floatingNames, floatingTables } from './fixture-floating.ts'
import { governanceTables } from './fixture-governance.ts'
import { serviceTables } from './fixture-services.ts'
import { warningTables } from './fixture-warnings.ts'

export const fixtureNow = instantMs('2026-06-18T09:41:26+08:00')

/** code, name, lng, lat, online, all */
const places = [
  ['431128001', '龙泉街道', 112.2164, 25.9097, 85, 96],
  ['431128002', '中山街道', 112.1979, 25.9074, 54, 78],
  ['431128101', '金陵镇', 112.2726, 25.9476, 52, 62],
  ['431128102', '骥村镇', 112.1594, 25.9623, 51, 58],
  ['431128103', '枧头镇', 112.1393, 25.8144, 63, 66],
  ['431128104', '新圩镇', 112.271, 25.8081, 60, 60],
  ['431128105', '石羊镇', 112.2376, 25.7537, 52, 57],
  ['431128106', '新隆镇', 112.3559, 25.7916, 35, 41],
  ['431128108', '大坪塘镇', 112.3297, 25.8673, 54, 54],
  ['431128109', '陶岭镇', 112.3275, 25.7392, 40, 43],
  ['431128110', '金盆镇', 112.1771, 25.7161, 49, 49],
  ['431128107', '三井镇', 112.2137, 25.7941, 54, 55],
  ['431128202', '门楼下瑶族乡', 112.2063, 26.031, 23, 33],
] as const
const groups = [
  ['organ', '县直机关', 67, 68],
  ['enterprise', '两新组织', 13, 16],
  ['floating', '流动', 16, 16],
] as const

const leaders = [
  '天地山村党支部',
  '东门社区第一党支部',
  '驻东莞第三流动党支部',
  '县人民医院内科党支部',
  '谈文溪村党支部',
  '乐大晚村党支部',
  '彭梓城村党支部',
  '城西社区党支部',
]
const leaderPlaces = [
  '431128101',
  '431128001',
  'floating',
  'organ',
  '431128107',
  '431128105',
  '431128103',
  '431128002',
]
const leaderPoints = [1286, 1274, 1251, 1239, 1226, 1218, 1203, 1197]
const leaderMoves = [2, 0, 5, -1, 1, -2, 3, 0]

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

type Branch = Row<'branches'>

function people(): { organizations: Row<'organizations'>[]; branches: Branch[] } {
  const random = seeded(20_260_618)
  const organizations: Row<'organizations'>[] = []
  const branches: Branch[] = []
  const add = (
    place: string,
    group: Row<'organizations'>['group'],
    index: number,
    all: number,
    online: number,
    lng: number | null,
    lat: number | null,
  ) => {
    const lead = index === 0 ? leaderPlaces.indexOf(place) : -1
    const id = `${place}-${index + 1}`
    const isOffline = index >= online
    const isQuiet = !isOffline && lead < 0 && group === 'territory' && random() < 0.036
    const level = isQuiet ? (random() < 0.75 ? 2 : random() < 0.7 ? 3 : 4) : 0
    const active = !isOffline && !isQuiet && (lead >= 0 || random() < 0.05)
    const points =
      lead >= 0
        ? (leaderPoints[lead] ?? 0)
        : Math.round(isOffline ? 0 : isQuiet ? 60 + random() * 120 : 480 + random() ** 1.5 * 640)
    organizations.push({
      id,
      name: (group === 'floating' ? floatingNames[index] : leaders[lead]) ?? `第${index + 1}党支部`,
      kind:
        (group === 'territory' && index === 1) || (group === 'floating' && index > 13)
          ? 'committee'
          : 'branch',
      group,
      township: group === 'territory' ? place : '',
      lng: lng === null ? null : lng + (random() - 0.5) * 0.09,
      lat: lat === null ? null : lat + (random() - 0.5) * 0.08,
    })
    branches.push({
      id,
      state: isOffline
        ? 'offline'
        : isQuiet
          ? 'silent'
          : lead >= 0 && lead < 4
            ? 'live'
            : active
              ? 'active'
              : 'online',
      members: 8 + Math.floor(random() * 30),
      silentDays:
        level === 4 ? 97 : level === 3 ? 71 : level === 2 ? 38 : Math.floor(random() * 28),
      level: level as Branch['level'],
      activeToday: active,
      points,
      rank: 1,
      rankBefore: 1,
      reason: lead >= 0 && leaderMoves[lead] !== 0 ? 'activity' : null,
      tier:
        isOffline || isQuiet
          ? level === 4
            ? 'black'
            : 'yellow'
          : points > 1080
            ? 'gold'
            : 'silver',
    })
  }
  for (const [code, , lng, lat, online, all] of places)
    for (let index = 0; index < all; index += 1)
      add(code, 'territory', index, all, online, lng, lat)
  for (const [group, , online, all] of groups)
    for (let index = 0; index < all; index += 1) add(group, group, index, all, online, null, null)
  const ranked = [...branches].sort((a, b) => b.points - a.points)
  const rank = new Map(ranked.map((branch, index) => [branch.id, index + 1]))
  return {
    organizations,
    branches: branches.map((branch) => {
      const place = rank.get(branch.id) ?? 1
      const lead = leaderPoints.indexOf(branch.points)
      return {
        ...branch,
        rank: place,
        rankBefore: Math.max(1, place + (lead >= 0 ? (leaderMoves[lead] ?? 0) : 0)),
      }
    }),
  }
}

const masked = [
  '黄*平',
  '刘*华',
  '李*',
  '欧*军',
  '谢*兰',
  '骆*英',
  '唐*',
  '陈*芳',
  '乐*强',
  '周*林',
]

function scoresOf(branches: readonly Branch[]): Row<'scores'>[] {
  return branches
    .filter(({ rank }) => rank <= 20)
    .sort((a, b) => a.rank - b.rank)
    .map(({ id }, at) => ({
      id: `member-${id}`,
      name: masked[at % masked.length] ?? '',
      organization: id,
      points: 268 - 7 * at,
      rank: at + 1,
    }))
}

/** Twelve weeks that end at what a leader has now. */
function trendsOf(branches: readonly Branch[]): Row<'trends'>[] {
  return branches
    .filter(({ rank }) => rank <= 20)
    .map(({ id, points, rank }) => ({
      id,
      weeks: Array.from({ length: trendWeeks }, (_, at) =>
        Math.round((points / 4) * (0.7 + 0.025 * at + 0.08 * Math.sin(at * 1.3 + rank))),
      ),
    }))
}

const cadence: Readonly<Record<Feed, number>> = {
  organizations: 60,
  activities: 5,
  video: 2,
  points: 30,
  study: 60,
  cases: 30,
  term: 3600,
  dues: 300,
  services: 300,
  floating: 300,
}
const ages: Readonly<Record<Feed, number>> = {
  organizations: 2,
  activities: 1,
  video: 0,
  points: 3,
  study: 41,
  cases: 6,
  term: 3600,
  dues: 120,
  services: 60,
  floating: 60,
}

/** Sources that are `times` their cadence old; without it, as fresh as on a good day. */
export function sourcesAt(now: number, times: number | null): Row<'sources'>[] {
  return (Object.keys(cadence) as Feed[]).map((feed) => ({
    id: `xintian:${feed}`,
    platform: 'xintian',
    feed,
    cadenceSeconds: cadence[feed],
    asOf: toInstant(now - (times === null ? ages[feed] : cadence[feed] * times) * 1_000),
  }))
}

const feedRows: readonly (readonly [
  string,
  number,
  Row<'feed'>['form'],
  string,
  number,
  number,
  Row<'feed'>['townshipReview'],
  Row<'feed'>['countyReview'],
])[] = [
  ['09:41', 0, 'theme-day', '向金陵中学捐赠课桌椅 260 套', 38, 46, 'passed', 'pending'],
  ['09:38', 4, 'lecture', '支部书记讲党课:古村保护与和美乡村', 31, 35, 'passed', 'none'],
  [
    '09:35',
    2,
    'general-meeting',
    '线上线下同步学习,寮步镇分会场一并签到',
    29,
    33,
    'passed',
    'passed',
  ],
  ['09:31', 6, 'volunteering', '党员突击队清理灌渠 1.2 公里', 22, 27, 'pending', 'none'],
  ['09:26', 1, 'discussion', '老旧小区加装电梯征求意见', 41, 52, 'returned', 'none'],
  ['09:22', 3, 'theme-day', '下乡义诊进骥村镇贺家村', 18, 20, 'passed', 'passed'],
  ['09:17', 5, 'branch-committee', '研究“一事一议”道路硬化项目', 5, 5, 'passed', 'pending'],
]

function curve(slots: number, top: number): number[] {
  return Array.from({ length: slots }, (_, slot) => {
    const hour = slot / 6
    const rise = 1 / (1 + Math.exp(-(hour - 8) * 1.1))
    const evening = 0.75 / (1 + Math.exp(-(hour - 20) * 1.3))
    return Math.round(top * (rise + evening))
  })
}

export function fixtureTables(sources: Row<'sources'>[] = sourcesAt(fixtureNow, null)): Puts {
  const { organizations, branches } = people()
  const idOf = (lead: number) => `${leaderPlaces[lead] ?? ''}-1`
  const today = toInstant(fixtureNow).slice(0, 10)
  return {
    organizations,
    branches,
    trends: trendsOf(branches),
    scores: scoresOf(branches),
    townships: places.map(([id, name, , , online, all]) => {
      const own = branches.filter((branch) => branch.id.startsWith(`${id}-`))
      return {
        id,
        name,
        organizations: all,
        online,
        silent: own.filter((branch) => branch.level > 0).length,
        activeToday: own.filter((branch) => branch.activeToday).length,
        points: own.reduce((sum, branch) => sum + branch.points, 0),
        away: Math.round(all * 3.1),
      }
    }),
    county: [
      {
        id: '431128',
        organizations: 852,
        members: 20_138,
        online: 768,
        activitiesToday: 47,
        activitiesYesterday: 44,
        silent: 23,
        silent60: 6,
        silent90: 2,
        silentYesterday: 21,
        duesUnpaid: 184,
        duesUnpaidBranches: 31,
        duesUnpaidYesterday: 193,
        termDue: 12,
        termOverdue: 3,
        termSoon: 27,
        gold: 85,
        silver: 213,
        yellow: 64,
        black: 23,
        meetingsRate: 0.952,
        learnersToday: 2_964,
        learnersYesterdaySameTime: 2_781,
        minutesPerMemberMonth: 316,
        floatingMembers: 2_986,
        floatingCommittees: 2,
        floatingBranches: 14,
        ordersYear: 8_642,
        ordersClosedYear: 8_530,
        streams: 217,
        day: today,
      },
    ],
    feed: feedRows.map(
      ([time, lead, form, title, present, expected, townshipReview, countyReview]) => ({
        id: `a-${time}`,
        at: `${today}T${time}:00+08:00`,
        organization: idOf(lead),
        form,
        title,
        present,
        expected,
        townshipReview,
        countyReview,
      }),
    ),
    ...warningTables(branches, today),
    streams: [0, 2, 6, 4].map((lead, index) => ({
      id: `s-${index + 1}`,
      organization: idOf(lead),
      title: leaders[lead] ?? '',
      since: toInstant(fixtureNow - (1_574 + index * 240) * 1_000),
      activity: `a-${feedRows.find((row) => row[1] === lead)?.[0] ?? ''}`,
    })),
    sources,
    daily: [
      {
        id: 'activeOrganizations',
        series: 'activeOrganizations',
        values: Array.from({ length: 30 }, (_, at) => (at === 14 ? 212 : 34 + ((at * 37) % 29))),
      },
    ],
    study: [
      { id: 'today', learners: curve(58, 3_500) },
      { id: 'yesterday', learners: curve(144, 3_300) },
    ],
    ...floatingTables(branches, today),
    ...governanceTables(branches, today),
    ...serviceTables(organizations, today),
  }
}

export function fixtureSnapshot(tables: Puts = fixtureTables()): Snapshot {
  return { epoch: 'fixture', version: 1, at: toInstant(fixtureNow), scope: '431128', tables }
}
