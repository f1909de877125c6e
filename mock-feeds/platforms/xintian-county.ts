/**
 * Xintian county as a platform would know it: 852 organisations, 20,138 members. The real
 * townships and villages; everything else is invented, from a seed. Positions lie inside the
 * approximate township outlines.
 */
import { readFileSync } from 'node:fs'
import type { Event, OrganizationGroup, OrganizationKind } from '../../protocol/events.ts'
import { dayNumber, dayOfNumber, toInstant } from '../../protocol/time.ts'
import { randomOf, type Random } from '../random.ts'
import { yearsBefore } from '../terms.ts'

export interface Organization {
  readonly id: string
  readonly name: string
  readonly kind: OrganizationKind
  readonly group: OrganizationGroup
  readonly parent?: string
  /** '' where the organisation has no territory. */
  readonly township: string
  readonly village?: string
  readonly lng?: number
  readonly lat?: number
  readonly members: number
  readonly away: readonly { readonly city: string; readonly members: number }[]
  readonly secretary?: string
  readonly foundedOn: string
  readonly termEndsOn: string
  readonly electedOn: string
  readonly termPostponedTo?: string
  readonly online: boolean
  /** Last activity of a branch that has gone silent; it holds none until `resumesOn`. */
  readonly quietSince?: string
  readonly resumesOn?: string
  /** 0 … 1: how much happens here beyond what the regulation asks for. */
  readonly liveliness: number
  /** False for the few that neglect 三会一课 and hold only theme days. */
  readonly isDiligent: boolean
  /** Its fairly fixed day of the month. */
  readonly themeDay: number
}

export interface County {
  readonly code: '431128'
  readonly seed: number
  readonly asOf: string
  readonly organizations: readonly Organization[]
  readonly byId: ReadonlyMap<string, Organization>
}

type Point = readonly [lng: number, lat: number]
type Ring = readonly Point[]
interface TownshipShape {
  readonly code: string
  readonly name: string
  readonly seat: Point
  /** Each polygon: its outer ring first, then its holes. */
  readonly polygons: readonly (readonly Ring[])[]
}
interface Village {
  readonly code: string
  readonly name: string
  readonly town: string
  readonly lon: number
  readonly lat: number
}
interface Feature {
  readonly properties: { readonly code: string; readonly name: string; readonly seat: Point }
  readonly geometry:
    | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
    | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] }
}

const geo = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../public/geo/xintian/${file}`, import.meta.url), 'utf8'))

export const townshipShapes: readonly TownshipShape[] = (
  geo('townships.approx.geojson') as { features: readonly Feature[] }
).features.map(({ properties, geometry }) => ({
  code: properties.code,
  name: properties.name,
  seat: properties.seat,
  polygons: geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
}))
const villages = geo('villages.json') as readonly Village[]

/** code → [organisations on the map, of them offline, of them silent]. */
const townshipCounts: Readonly<Record<string, readonly [number, number, number]>> = {
  '431128001': [96, 11, 0],
  '431128002': [78, 24, 1],
  '431128101': [62, 10, 0],
  '431128102': [58, 7, 0],
  '431128103': [66, 3, 2],
  '431128104': [60, 0, 0],
  '431128105': [57, 5, 5],
  '431128106': [41, 6, 2],
  '431128107': [55, 1, 1],
  '431128108': [54, 0, 0],
  '431128109': [43, 3, 3],
  '431128110': [49, 0, 0],
  '431128202': [33, 10, 6],
}
const enterpriseCounts = [16, 3, 3] as const
const organOffline = 1
export const totalMembers = 20_138

/** Whole days since the last activity of the 23 silent branches, in the order in which they are handed out. */
const quietDays: Readonly<Record<string, readonly number[]>> = {
  '431128105': [97, 93, 88, 47, 34],
  '431128202': [76, 66, 52, 43, 36, 32],
  '431128109': [71, 41, 33],
  '431128103': [62, 38],
  '431128106': [49, 35],
  '431128107': [39],
  '431128002': [45],
  enterprise: [58, 40, 33],
}

/** Floating members by destination; the own members of the floating branches there are part of it. */
const destinations = [
  {
    city: '东莞',
    members: 1127,
    branches: ['驻东莞第一', '驻东莞第二', '驻东莞第三', '驻东莞第四', '驻东莞第五'],
  },
  { city: '广州', members: 641, branches: ['驻广州第一', '驻广州第二', '驻广州第三'] },
  { city: '深圳', members: 586, branches: ['驻深圳第一', '驻深圳第二', '驻深圳第三'] },
  { city: '佛山', members: 214, branches: ['驻佛山'] },
  { city: '长沙', members: 168, branches: ['驻长沙'] },
  { city: '惠州', members: 96, branches: ['驻惠州'] },
  { city: '中山', members: 72, branches: [] },
  { city: '珠海', members: 48, branches: [] },
  { city: '永州', members: 34, branches: [] },
] as const

const stations =
  '机关 退休干部 中心小学 初级中学 中心卫生院 派出所 司法所 自然资源所 财政所 农业综合服务中心 社会事务综合服务中心 政务便民服务中心 林业站 水利站 农商行支行 供电所 市场监管所 税务分局 综合行政执法大队 供销社 敬老院 退役军人服务站'.split(
    ' ',
  )

const organs = [
  ...'县委办公室 县人大常委会机关 县政府办公室 县政协机关 县纪委监委机关 县委组织部 县委宣传部 县委统战部 县委政法委 县委编办 县直属机关工委 县委党校 县委巡察办 县信访局 县档案馆 县总工会 团县委 县妇联 县科协 县残联 县工商联 县法院 县检察院 县发改局 县财政局 县人社局 县民政局 县司法局 县审计局 县统计局 县应急管理局 县住建局 县交通运输局 县水利局 县农业农村局 县林业局 县商务局 县文旅广体局 县市场监管局 县自然资源局 县生态环境分局 县医保局 县退役军人事务局 县乡村振兴服务中心 县城管执法局 县行政审批服务局 县融媒体中心 县消防救援大队 县税务局 县气象局 县烟草专卖局 县供销联社 县公路建设养护中心 县国库集中支付局 县一中 县职业中专 县人民医院内科 县人民医院外科 县中医医院 县妇幼保健院'
    .split(' ')
    .map((name) => `${name}党支部`),
  ...'县公安局 县教育局 县卫生健康局 县工业园区'.split(' ').map((name) => `${name}党委`),
  ...'县人民医院 县二中 县疾控中心 县电力公司'.split(' ').map((name) => `${name}党总支`),
]
const enterprises = [
  '新田县富硒农产品协会联合党支部',
  '新田县个体私营经济协会党支部',
  '新田县民办学校联合党支部',
  '新田县物流行业联合党支部',
  ...'金陵建材 陶岭三味辣椒食品 鸿源鞋业 富民生态农业 兴田电子科技 恒丰粮油 大观果蔬 龙泉水业 鑫盛家具 舂陵机械 德润大药房 福康民营医院'
    .split(' ')
    .map((name) =>
      `${name}有限公司党支部`
        .replace('民营医院有限公司', '医院')
        .replace('大药房有限公司', '大药房连锁公司'),
    ),
]

function inRing([x, y]: Point, ring: Ring): boolean {
  let isInside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const a = ring[i]
    const b = ring[j]
    if (a && b && a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0])
      isInside = !isInside
  }
  return isInside
}

export function isInside(point: Point, polygons: readonly (readonly Ring[])[]): boolean {
  return polygons.some(
    ([outer, ...holes]) =>
      outer !== undefined && inRing(point, outer) && !holes.some((hole) => inRing(point, hole)),
  )
}

/** Degrees of longitude are shorter than degrees of latitude at 26° N. */
const lngScale = Math.cos((25.9 * Math.PI) / 180)
const distance = (a: Point, b: Point) => Math.hypot((a[0] - b[0]) * lngScale, a[1] - b[1])

function distanceToEdge(p: Point, polygons: readonly (readonly Ring[])[]): number {
  let least = Infinity
  const px = p[0] * lngScale
  for (const ring of polygons.flat()) {
    for (let i = 1; i < ring.length; i += 1) {
      const a = ring[i - 1]
      const b = ring[i]
      if (!a || !b) continue
      const ax = a[0] * lngScale
      const dx = b[0] * lngScale - ax
      const dy = b[1] - a[1]
      const along =
        dx === 0 && dy === 0
          ? 0
          : Math.max(0, Math.min(1, ((px - ax) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy)))
      least = Math.min(least, Math.hypot(px - ax - along * dx, p[1] - a[1] - along * dy))
    }
  }
  return least
}

function ringArea(ring: Ring): number {
  let sum = 0
  for (let i = 1; i < ring.length; i += 1) {
    const a = ring[i - 1]
    const b = ring[i]
    if (a && b) sum += (a[0] * b[1] - b[0] * a[1]) * lngScale
  }
  return Math.abs(sum) / 2
}

/**
 * Places points so that no two flags overlap: wished-for places are kept when they are inside and
 * far enough from their neighbours, the rest take the best of many candidates.
 */
function placer(
  shape: TownshipShape,
  total: number,
  taken: Point[],
  random: Random,
): (wish?: Point) => Point {
  const outer = shape.polygons.flatMap(([ring]) => ring ?? [])
  const west = Math.min(...outer.map((p) => p[0]))
  const east = Math.max(...outer.map((p) => p[0]))
  const south = Math.min(...outer.map((p) => p[1]))
  const north = Math.max(...outer.map((p) => p[1]))
  const area = shape.polygons.reduce((sum, [ring]) => sum + ringArea(ring ?? []), 0)
  const gap = 0.66 * Math.sqrt(area / total)
  // A shared pool, thinned as it is used: the candidates and their edge distances are computed once.
  const pool: { readonly point: Point; readonly edge: number }[] = []
  while (pool.length < 2_400) {
    const point: Point = [
      west + random.next() * (east - west),
      south + random.next() * (north - south),
    ]
    if (!isInside(point, shape.polygons)) continue
    pool.push({ point, edge: distanceToEdge(point, shape.polygons) })
  }
  const nearest = pool.map(({ point }) =>
    taken.reduce((least, other) => Math.min(least, distance(point, other)), Infinity),
  )
  const place = (point: Point): Point => {
    const rounded: Point = [Number(point[0].toFixed(5)), Number(point[1].toFixed(5))]
    taken.push(rounded)
    pool.forEach((candidate, i) => {
      nearest[i] = Math.min(nearest[i] ?? Infinity, distance(candidate.point, rounded))
    })
    return rounded
  }
  return (wish) => {
    if (
      wish &&
      isInside(wish, shape.polygons) &&
      taken.every((other) => distance(other, wish) >= gap)
    )
      return place(wish)
    let best: Point | undefined
    let bestScore = -Infinity
    pool.forEach((candidate, i) => {
      const free = Math.min(nearest[i] ?? 0, candidate.edge * 1.8)
      // Near the wish among the places that are free enough; otherwise the freest place.
      const score = wish && free >= gap ? 1 + 1 / (1 + distance(candidate.point, wish)) : free
      if (score > bestScore) {
        bestScore = score
        best = candidate.point
      }
    })
    return place(best ?? shape.seat)
  }
}

interface Draft {
  readonly id: string
  readonly name: string
  readonly kind: OrganizationKind
  readonly group: OrganizationGroup
  readonly parent?: string
  readonly township: string
  readonly village?: string
  readonly lng?: number
  readonly lat?: number
  members: number
  away: { city: string; members: number }[]
  isOnline: boolean
  quietDays?: number
}

const kindOf = (name: string): OrganizationKind =>
  name.endsWith('委') ? 'committee' : name.endsWith('党总支') ? 'general-branch' : 'branch'

const villageStem = (name: string): string =>
  name
    .replace(/^新田县|生活区$/g, '')
    .replace(/(居委会|村委会)$/, (end, _word, at: number, whole: string) =>
      whole.slice(0, at).endsWith('社区') ? '' : end === '居委会' ? '社区' : '村',
    )

function draftTownship(shape: TownshipShape, taken: Point[], random: Random): Draft[] {
  const [total] = townshipCounts[shape.code] ?? [0]
  const place = placer(shape, total, taken, random)
  const committee = `${shape.code}00001`
  const drafts: Draft[] = []
  const add = (id: string, name: string, members: number, wish?: Point, village?: string) => {
    const [lng, lat] = place(wish)
    const parent = id === committee ? undefined : committee
    drafts.push({
      id,
      name,
      kind: kindOf(name),
      group: 'territory',
      ...(parent && { parent }),
      township: shape.code,
      ...(village && { village }),
      lng,
      lat,
      members,
      away: [],
      isOnline: true,
    })
  }
  add(
    committee,
    `${shape.name}${shape.name.endsWith('街道') ? '党工委' : '党委'}`,
    random.between(9, 13),
    shape.seat,
  )
  const own = villages.filter((village) => village.town === shape.code)
  for (const village of own) {
    add(
      `${village.code}01`,
      `${villageStem(village.name)}党支部`,
      random.between(28, 62),
      [village.lon, village.lat],
      village.code,
    )
  }
  const stationCount = Math.min(
    stations.length,
    total - drafts.length,
    Math.max(9, Math.round((total - drafts.length) * 0.55)),
  )
  stations.slice(0, stationCount).forEach((station, i) => {
    add(
      `${shape.code}000${String(i + 2).padStart(2, '0')}`,
      `${shape.name}${station}党支部`,
      random.between(6, 20),
      i < 4 ? shape.seat : undefined,
    )
  })
  const further = (stem: string) =>
    stem.endsWith('社区')
      ? ['第一网格', '第二网格', '第三网格', '老年', '物业联合']
      : ['第二', '种植专业合作社', '养殖专业合作社', '乡村振兴', '第三']
  for (let round = 0; drafts.length < total; round += 1) {
    for (const village of random.shuffled(own)) {
      if (drafts.length >= total) break
      const stem = villageStem(village.name)
      const suffix = further(stem)[round] ?? `第${round + 2}小组`
      add(
        `${village.code}${String(round + 2).padStart(2, '0')}`,
        `${stem}${suffix}党支部`,
        random.between(7, 22),
        [village.lon, village.lat],
        village.code,
      )
    }
  }
  return drafts
}

function draftLandless(random: Random): Draft[] {
  const draft = (
    area: string,
    index: number,
    name: string,
    group: OrganizationGroup,
    members: number,
  ): Draft => ({
    id: `${area}000${String(index + 1).padStart(2, '0')}`,
    name,
    kind: kindOf(name),
    group,
    township: '',
    members,
    away: [],
    isOnline: true,
  })
  const floating = [
    draft('431128920', 0, '驻东莞流动党委', 'floating', 7),
    draft('431128920', 1, '驻广州流动党委', 'floating', 7),
  ]
  for (const { city, branches } of destinations) {
    for (const branch of branches) {
      const members = branch === '驻东莞第三' ? 33 : random.between(27, 41)
      floating.push({
        ...draft('431128920', floating.length, `${branch}流动党支部`, 'floating', members),
        parent: city === '东莞' ? '43112892000001' : '43112892000002',
        away: [{ city, members }],
      })
    }
  }
  return [
    ...organs.map((name, i) => draft('431128900', i, name, 'organ', random.between(16, 38))),
    ...enterprises.map((name, i) =>
      draft('431128910', i, name, 'enterprise', random.between(5, 14)),
    ),
    ...floating,
  ]
}

/** The demo's own places are never silent or offline, whatever the seed. */
export const stageNames = [
  '龙珠村党支部',
  '彭梓城村党支部',
  '谈文溪村党支部',
  '驻东莞第三流动党支部',
] as const

function markOfflineAndQuiet(drafts: readonly Draft[], random: Random): void {
  const mark = (own: readonly Draft[], offline: number, quiet: readonly number[]) => {
    const free = random.shuffled(
      own.filter((d) => d.kind !== 'committee' && !stageNames.some((name) => name === d.name)),
    )
    for (const d of free.slice(0, offline)) d.isOnline = false
    // Villages first: the yellow list names real places.
    const quietOnes = free
      .slice(offline)
      .toSorted((a, b) => Number(b.id.endsWith('01')) - Number(a.id.endsWith('01')))
    quiet.forEach((days, i) => {
      const d = quietOnes[i]
      if (d) d.quietDays = days
    })
  }
  for (const [code, [, offline]] of Object.entries(townshipCounts)) {
    mark(
      drafts.filter((d) => d.township === code),
      offline,
      quietDays[code] ?? [],
    )
  }
  mark(
    drafts.filter((d) => d.group === 'organ'),
    organOffline,
    [],
  )
  mark(
    drafts.filter((d) => d.group === 'enterprise'),
    enterpriseCounts[1],
    quietDays['enterprise'] ?? [],
  )
}

/** Spreads what is missing to the published totals over the village branches, one member at a time. */
function balance(drafts: readonly Draft[], random: Random): void {
  const villageBranches = drafts.filter((d) => d.village !== undefined && d.id.endsWith('01'))
  let missing = totalMembers - drafts.reduce((sum, d) => sum + d.members, 0)
  const step = Math.sign(missing)
  for (let i = 0; missing !== 0; i += 1) {
    const d = villageBranches[i % villageBranches.length]
    if (!d || (step < 0 && d.members <= 14)) continue
    d.members += step
    missing -= step
  }
  for (const { city, members } of destinations) {
    let left =
      members -
      drafts.flatMap((d) => d.away).reduce((sum, a) => (a.city === city ? sum + a.members : sum), 0)
    while (left > 0) {
      const d = random.pick(villageBranches)
      const gone = d.away.reduce((sum, a) => sum + a.members, 0)
      if (gone >= d.members * 0.45) continue
      const batch = Math.min(left, random.between(1, 3))
      const there = d.away.find((a) => a.city === city)
      if (there) there.members += batch
      else d.away.push({ city, members: batch })
      left -= batch
    }
  }
}

export const surnames = [...'黄刘陈李郑乐谢骆何周胡欧唐彭龙蒋肖王张谭']
export const givenNames = [...'平华军明兰英强辉芳玲勇林生文斌红']

/** The same county for the same seed; `asOf` (a plain date) only moves terms of office and silences. */
export function makeCounty({
  seed = 1,
  asOf,
}: {
  readonly seed?: number
  readonly asOf: string
}): County {
  const random = randomOf('county', seed)
  const taken: Point[] = []
  const drafts = [
    ...townshipShapes.flatMap((shape) => draftTownship(shape, taken, random)),
    ...draftLandless(random),
  ]
  markOfflineAndQuiet(drafts, random)
  balance(drafts, random)

  const today = dayNumber(asOf)
  const due = new Map(
    random
      .shuffled(drafts.filter((d) => d.kind === 'branch'))
      .slice(0, 39)
      // 3 overdue, 9 within a month, 27 more within 90 days.
      .map((d, i) => [
        d.id,
        i < 3 ? -random.between(6, 80) : i < 12 ? random.between(3, 30) : random.between(31, 89),
      ]),
  )
  // One term had ended and was postponed with approval.
  const [, , , postponed] = due.keys()
  const organizations = drafts.map(({ isOnline, quietDays: quiet, ...draft }): Organization => {
    const years = draft.village === undefined && draft.kind !== 'committee' ? 3 : 5
    const isStage = stageNames.some((name) => name === draft.name)
    const secretary = `${random.pick(surnames)}*${random.pick(givenNames)}`
    const foundedOn = dayOfNumber(random.between(dayNumber('1952-03-01'), dayNumber('2017-12-31')))
    const last = dayOfNumber(today + (due.get(draft.id) ?? random.between(95, years * 365)))
    const termEndsOn = draft.id === postponed ? dayOfNumber(today - 40) : last
    return {
      ...draft,
      online: isOnline,
      secretary,
      foundedOn,
      termEndsOn,
      electedOn: yearsBefore(termEndsOn, years),
      ...(draft.id === postponed && { termPostponedTo: last }),
      ...(quiet !== undefined && {
        quietSince: dayOfNumber(today - quiet),
        resumesOn: dayOfNumber(today + random.between(2, 25)),
      }),
      liveliness: isStage ? 0.96 : quiet === undefined ? 0.25 + 0.75 * random.next() ** 1.4 : 0.15,
      isDiligent: draft.kind === 'committee' || isStage || !random.chance(0.04),
      themeDay: random.between(13, 24),
    }
  })
  return {
    code: '431128',
    seed,
    asOf,
    organizations,
    byId: new Map(organizations.map((o) => [o.id, o])),
  }
}

/** The county as it stands at `atMs`: what a platform sends when it is first connected. */
export function* countyEvents(county: County, atMs: number): Generator<Event> {
  const time = toInstant(atMs)
  for (const o of county.organizations) {
    const envelope = {
      source: 'xintian',
      rev: 1,
      subject: o.id,
      county: county.code,
      time,
    } as const
    yield {
      ...envelope,
      id: `zz-${o.id}`,
      kind: 'organization.recorded',
      data: {
        name: o.name,
        kind: o.kind,
        group: o.group,
        ...(o.parent && { parent: o.parent }),
        ...(o.township && { township: o.township }),
        ...(o.village && { village: o.village }),
        ...(o.lng !== undefined && { lng: o.lng }),
        ...(o.lat !== undefined && { lat: o.lat }),
        foundedOn: o.foundedOn,
        termEndsOn: o.termEndsOn,
        electedOn: o.electedOn,
        ...(o.termPostponedTo && { termPostponedTo: o.termPostponedTo }),
      },
    }
    yield {
      ...envelope,
      id: `dy-${o.id}`,
      kind: 'members.counted',
      data: {
        members: o.members,
        ...(o.away.length > 0 && { away: o.away.map((a) => ({ ...a })) }),
        ...(o.secretary && { secretary: o.secretary }),
      },
    }
    yield {
      ...envelope,
      id: `zx-${o.id}`,
      kind: o.online ? 'branch.online' : 'branch.offline',
      data: {},
    }
  }
}
