/** What 云岭先锋 published of itself, as events: 132,000 online branches in the 129 counties of Yunnan. Counties are real, what is in them is invented. */
import { readFileSync } from 'node:fs'
import type { Event } from '../../protocol/events.ts'
import type { ListingKind } from '../../protocol/events-commerce.ts'
import { dayMs, dayStartMs, localDay, toInstant } from '../../protocol/time.ts'
import { sayAs, type Story, type StoryOptions } from '../platform.ts'
import { randomOf, type Random } from '../random.ts'
import { happenings } from '../rhythm.ts'
import { shares } from '../shares.ts'

const say = sayAs('yunnan')
const province = '530000'
const branches = 132_000
const members = 2_400_000
const townships = 1_406
const villages = 14_562
/** With the 129 of the counties and one of each township: 15,689 stations, 97.2 % of the villages. */
const villageStations = 14_154
const items = 4_980
const done = 1_636_000
const doneProvince = 3_799_600
const listings: readonly (readonly [ListingKind, number])[] = [
  ['product', 15_509],
  ['merchant', 5_847],
  ['sight', 689],
  ['shop', 98],
]
/** Reports of one county on what was settled in the whole province. */
const reportsPerCounty = 5
const hourMs = 3_600_000

const counties = JSON.parse(
  readFileSync(new URL('./yunnan-counties.json', import.meta.url), 'utf8'),
) as readonly (readonly [code: string, name: string, lng: number, lat: number])[]

const places = ['村', '社区', '小学', '卫生院', '机关', '合作社', '茶厂', '林场'] as const
const topics = [
  '学习党章党规',
  '一村一品产业现场会',
  '环境整治日',
  '走访慰问老党员',
  '普法宣传进村寨',
] as const
const goods = ['普洱茶', '鲜花饼', '三七', '核桃', '小粒咖啡', '火腿', '菌干', '红糖'] as const
const matters = [
  '养老保险参保',
  '生育服务登记',
  '林木采伐申请',
  '农机补贴申报',
  '低保申请',
  '证照代办',
] as const

const branchId = (county: string, i: number) => `${county}${String(i + 1).padStart(8, '0')}`
const stationId = (place: string) => `zd${place}`

/** How much of the province is in each county. */
function partition(seed: number) {
  const random = randomOf('yunnan', seed)
  const of = (total: number, least: number) => shares(total, counties.length, random, least)
  return {
    branches: of(branches, 300),
    townships: of(townships, 4),
    listings: listings.map(([kind, total]) => [kind, of(total, 0)] as const),
  }
}

export function tellYunnan({ seed, asOfMs }: StoryOptions): Story {
  const cut = partition(seed)
  const todayMs = dayStartMs(localDay(asOfMs))
  const branchOf = (random: Random) => {
    const i = random.between(0, counties.length - 1)
    const county = counties[i]?.[0] ?? ''
    return { county, subject: branchId(county, random.between(0, (cut.branches[i] ?? 1) - 1)) }
  }

  /** One row after another: a province never stands in memory. */
  function* organizations(atMs: number): Generator<Event> {
    const random = randomOf('branches', seed)
    const sizes = shares(members, branches, random, 3)
    let nth = 0
    for (const [c, [county, name, lng, lat]] of counties.entries()) {
      const own = cut.townships[c] ?? 1
      for (let i = 0; i < (cut.branches[c] ?? 0); i += 1) {
        const subject = branchId(county, i)
        const at = { county, subject, atMs }
        const word = places[i % places.length] ?? ''
        yield say({ ...at, id: `zz${subject}` }, 'organization.recorded', {
          name: `${name}${Math.floor(i / places.length) + 1}号${word}党支部`,
          kind: 'branch',
          group: 'territory',
          township: `${county}${100 + (i % own)}`,
          lng: Number((lng + (random.next() - 0.5) * 0.24).toFixed(4)),
          lat: Number((lat + (random.next() - 0.5) * 0.2).toFixed(4)),
          foundedOn: `${1950 + random.between(0, 65)}-07-01`,
        })
        yield say({ ...at, id: `dy${subject}` }, 'members.counted', { members: sizes[nth] ?? 0 })
        yield say({ ...at, id: `sx${subject}` }, 'branch.online', {})
        nth += 1
      }
    }
  }

  function* stations(atMs: number): Generator<Event> {
    const random = randomOf('stations', seed)
    const perTownship = shares(villages, townships, random, 3)
    let t = 0
    let v = 0
    for (const [c, [county, name]] of counties.entries()) {
      const at = (place: string) => ({ id: `zd-${place}`, county, subject: county, atMs })
      yield say(at(county), 'station.recorded', {
        station: stationId(county),
        kind: 'station',
        level: 'county',
        place: county,
        name: `${name}云岭先锋服务中心`,
      })
      let own = 0
      for (let i = 0; i < (cut.townships[c] ?? 0); i += 1) {
        const township = `${county}${100 + i}`
        yield say(at(township), 'station.recorded', {
          station: stationId(township),
          kind: 'station',
          level: 'township',
          place: township,
          name: `${name}第${i + 1}乡镇服务站`,
        })
        for (let j = 0; j < (perTownship[t] ?? 0); j += 1) {
          v += 1
          own += 1
          // Spread over the province: of n villages, n × 14,154 / 14,562 have a station.
          if (
            Math.floor((v * villageStations) / villages) ===
            Math.floor(((v - 1) * villageStations) / villages)
          )
            continue
          const village = `${township}${200 + j}`
          yield say(at(village), 'station.recorded', {
            station: stationId(village),
            kind: 'station',
            level: 'village',
            place: village,
            name: `${name}${i + 1}-${j + 1}村服务站`,
          })
        }
        t += 1
      }
      yield say({ id: `qh-${county}`, county, subject: county, atMs }, 'divisions.counted', {
        townships: cut.townships[c] ?? 0,
        villages: own,
      })
    }
  }

  function* catalogue(atMs: number): Generator<Event> {
    const random = randomOf('catalogue', seed)
    for (let i = 1; i <= items + 20; i += 1)
      yield say({ id: `sx-${i}`, county: province, subject: province, atMs }, 'service.listed', {
        item: `sx-${i}`,
        title: `${matters[i % matters.length] ?? ''}(${i})`,
        isOpen: i <= items,
        ...(i % 3 > 0 && { days: i % 20 }),
      })
    for (const [kind, perCounty] of cut.listings)
      for (const [c, [county, name]] of counties.entries())
        for (let i = 1; i <= (perCounty[c] ?? 0); i += 1)
          yield say(
            { id: `${kind}-${county}-${i}`, county, subject: county, atMs },
            'commerce.listed',
            {
              listing: `${kind}-${county}-${i}`,
              kind,
              name: `${name}${random.pick(goods)}${i}号`,
              ...(kind === 'product' && { price: random.between(8, 400), unit: '公斤' }),
            },
          )
  }

  /** Each branch's latest meeting; one in fifty met last more than 30 days ago. */
  function* activities(): Generator<Event> {
    const random = randomOf('activities', seed)
    for (const [c, [county]] of counties.entries()) {
      for (let i = 0; i < (cut.branches[c] ?? 0); i += 1) {
        const subject = branchId(county, i)
        const days = i % 50 === 7 ? random.between(31, 80) : random.between(1, 27)
        const heldMs = todayMs - days * dayMs + random.between(8, 20) * hourMs
        const at = { id: `hd${subject}`, county, subject, atMs: heldMs + 2 * hourMs }
        const expected = random.between(5, 30)
        yield say(at, 'activity.submitted', {
          activity: `hd${subject}`,
          form: 'theme-day',
          title: random.pick(topics),
          heldAt: toInstant(heldMs),
          present: expected - random.between(0, 4),
          expected,
          photos: random.between(1, 6),
        })
      }
    }
  }

  function* settled(): Generator<Event> {
    const random = randomOf('settled', seed)
    const at = (subject: string, county: string, daysAgo: number) => {
      const atMs = todayMs - daysAgo * dayMs + 18 * hourMs
      return { id: `${subject}-${localDay(atMs)}`, county, subject, atMs }
    }
    const perStation = shares(done, counties.length + townships + villageStations, random, 1)
    let nth = 0
    for (const { kind, county, data } of stations(asOfMs)) {
      if (kind !== 'station.recorded') continue
      const count = perStation[nth] ?? 0
      nth += 1
      yield say(at(data.station, county, random.between(1, 200)), 'service.done', {
        count,
        scope: 'platform',
      })
    }
    const perReport = shares(doneProvince, counties.length * reportsPerCounty, random, 1)
    for (const [i, count] of perReport.entries()) {
      const county = counties[Math.floor(i / reportsPerCounty)]?.[0] ?? ''
      yield say(at(county, county, 1 + (i % reportsPerCounty) * 30), 'service.done', {
        count,
        scope: 'province',
      })
    }
    for (let i = 0; i < 900; i += 1) {
      const { county, subject } = branchOf(random)
      const atMs = todayMs - random.between(1, 60) * dayMs
      yield say({ id: `pj-${i}`, county, subject, atMs }, 'service.rated', {
        score: random.between(4, 5),
        count: random.between(1, 30),
      })
    }
  }

  return {
    *roster(atMs) {
      yield* organizations(atMs)
      yield* stations(atMs)
      yield* catalogue(atMs)
    },
    *published() {
      const atMs = todayMs - 210 * dayMs
      yield* organizations(atMs)
      yield* stations(atMs)
      yield* catalogue(atMs)
      yield* mistakes(atMs)
      yield* activities()
      yield* settled()
    },
    *between(fromMs, toMs) {
      const rhythm = { seed, fromMs, toMs }
      yield* happenings(
        { ...rhythm, key: 'off', perDay: 2_000, spillMs: hourMs },
        function* ({ id, atMs, random }) {
          const at = branchOf(random)
          yield say({ ...at, id: `lx-${id}`, atMs }, 'branch.offline', {})
          yield say(
            { ...at, id: `sx-${id}`, atMs: atMs + random.between(300, 3_500) * 1000 },
            'branch.online',
            {},
          )
        },
      )
      yield* happenings(
        { ...rhythm, key: 'meetings', perDay: 6_000 },
        function* ({ id, atMs, random }) {
          const expected = random.between(5, 30)
          yield say({ ...branchOf(random), id: `hd-${id}`, atMs }, 'activity.submitted', {
            activity: `hd-${id}`,
            form: 'theme-day',
            title: random.pick(topics),
            heldAt: toInstant(atMs - 2 * hourMs),
            present: expected - random.between(0, 3),
            expected,
            photos: random.between(1, 6),
          })
        },
      )
      yield* happenings({ ...rhythm, key: 'settled', perDay: 1_500 }, function* ({ atMs, random }) {
        const county = random.pick(counties)[0]
        const subject = stationId(`${county}${100 + random.between(0, 3)}`)
        yield say({ id: `${subject}-${localDay(atMs)}`, county, subject, atMs }, 'service.done', {
          count: random.between(1, 40),
          scope: 'platform',
        })
      })
    },
  }
}

/** A branch that was merged, a station that closed, a product taken off, a rating corrected and withdrawn: none of it counts. */
function* mistakes(atMs: number): Generator<Event> {
  const at = { county: '530102', subject: '53010299999999', atMs }
  const data = {
    name: '五华区老厂党支部',
    kind: 'branch',
    group: 'territory',
    foundedOn: '1964-07-01',
  } as const
  yield say({ ...at, id: 'cw-1' }, 'organization.recorded', { ...data, parent: '53010299999998' })
  yield say({ ...at, id: 'cw-2', atMs: atMs + 1_000 }, 'organization.dissolved', {})
  const station = 'zd530102999'
  yield say({ ...at, id: 'cw-3' }, 'station.recorded', {
    station,
    kind: 'station',
    level: 'township',
    place: '530102999',
    name: '旧服务站',
    lng: 102.7,
    lat: 25.1,
  })
  yield say({ ...at, id: 'cw-4', atMs: atMs + 1_000 }, 'station.closed', { station })
  yield say({ ...at, id: 'cw-5' }, 'commerce.listed', {
    listing: 'product-old',
    kind: 'product',
    name: '停产茶饼',
  })
  yield say({ ...at, id: 'cw-6', atMs: atMs + 1_000 }, 'commerce.delisted', {
    listing: 'product-old',
  })
  yield say({ ...at, id: 'cw-7' }, 'service.rated', { score: 1, count: 900 })
  yield say({ ...at, id: 'cw-7', rev: 2 }, 'service.rated', { score: 4, count: 9 })
  yield say({ ...at, id: 'cw-8', retracts: 'cw-7' }, 'service.rated', { score: 4, count: 9 })
}
