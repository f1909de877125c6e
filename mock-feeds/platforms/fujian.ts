/** 福建 党员e家: its dialect (the mirror of relay/platforms/fujian.ts) and its story. Counties are real, what is in them is invented. */
import { readFileSync } from 'node:fs'
import type { Event } from '../../protocol/events.ts'
import { dayMs } from '../../protocol/time.ts'
import { kindsOf, worded, type Writers } from '../dialect.ts'
import { pagesOf, sayAs, type MockPlatform, type Story, type StoryOptions } from '../platform.ts'
import { randomOf, type Random } from '../random.ts'
import { happenings } from '../rhythm.ts'
import { shares } from '../shares.ts'

const say = sayAs('fujian')
const province = '350000'
const levels = { committee: 'dangwei', 'general-branch': 'zongzhi', branch: 'zhibu' } as const
const groups = {
  territory: 'xiangzhen',
  organ: 'jiguan',
  enterprise: 'liangxin',
  floating: 'liudong',
} as const
const directions = { in: 'zhuanru', out: 'zhuanchu', within: 'shengnei' } as const
const stages = { applied: 'shenqing', done: 'banjie' } as const
const contents: Readonly<Record<string, string>> = {
  news: 'zixun',
  study: 'xuexi',
  notice: 'tongzhi',
}
const feedWords: Readonly<Record<string, string>> = { organizations: 'zuzhi', study: 'xuexi' }

const writers: Writers<
  | 'organization.recorded'
  | 'branch.online'
  | 'members.counted'
  | 'study.logged'
  | 'relation.transferred'
  | 'content.pushed'
  | 'source.reported'
> = {
  'organization.recorded': [
    'zuzhi',
    ({ data }) => ({
      mingcheng: data.name,
      leibie: levels[data.kind],
      fenlei: groups[data.group],
      jingdu: data.lng ?? null,
      weidu: data.lat ?? null,
      chengli: data.foundedOn,
      dianhua: '00000000000',
    }),
  ],
  'branch.online': ['shangxian', () => ({})],
  'members.counted': [
    'renshu',
    ({ data }) => ({ zongshu: data.members, ruzhu: data.movedIn ?? 0 }),
  ],
  'study.logged': ['xuexi', ({ data }) => ({ renshu: data.learners, fenzhong: data.minutes })],
  'relation.transferred': [
    'zhuanjie',
    ({ data }) => ({
      bianhao: data.transfer,
      jieduan: stages[data.stage],
      fangxiang: directions[data.direction],
      sheng: data.province ?? null,
      xingming: '党员甲',
      shenfenzheng: '000000190001010000',
      yuanyin: '转接原因',
      danwei: '某单位',
    }),
  ],
  'content.pushed': [
    'tuisong',
    ({ data }) => ({ bianhao: data.content, zhonglei: contents[data.kind] }),
  ],
  'source.reported': [
    'wancheng',
    ({ data }) => ({ shujulei: feedWords[data.feed], zhouqi: data.cadenceSeconds }),
  ],
}

function message(event: Event) {
  const [type, content] = worded(writers, event)
  return {
    liushui: event.id,
    leixing: type,
    banben: event.rev,
    ...(event.retracts !== undefined && { chexiao: event.retracts }),
    zuzhi: event.subject,
    xianqu: event.county,
    shijian: `${event.time.slice(0, 10)} ${event.time.slice(11, 19)}`,
    neirong: content,
  }
}

const organizations = 97_000
const members = 1_995_000
/** 93 % of the members. */
const movedIn = 1_855_350
const counties = JSON.parse(
  readFileSync(new URL('./fujian-counties.json', import.meta.url), 'utf8'),
) as readonly (readonly [code: string, name: string, lng: number, lat: number])[]
const others = ['广东', '浙江', '江西', '上海', '北京', '四川'] as const
const words = ['村', '社区', '机关', '学校', '企业', '商会'] as const
const kindsOfGroup = [
  'territory',
  'territory',
  'organ',
  'organ',
  'enterprise',
  'enterprise',
] as const
const floor = (ms: number) => Math.floor(ms / 1000) * 1000
const idOf = (county: string, i: number) => `fj-${county}-${String(i + 1).padStart(5, '0')}`

function tell({ seed, asOfMs }: StoryOptions): Story {
  const perCounty = shares(organizations, counties.length, randomOf('fujian', seed), 300)
  const branchOf = (random: Random) => {
    const c = random.between(0, counties.length - 1)
    const county = counties[c]?.[0] ?? ''
    return { county, subject: idOf(county, random.between(0, (perCounty[c] ?? 1) - 1)) }
  }

  /** One row after another: a province never stands in memory. The last of all is the liaison branch in Shanghai. */
  function* roster(atMs: number): Generator<Event> {
    const random = randomOf('fujian', 'roster', seed)
    const sizes = shares(members, organizations, random, 4)
    const absent = shares(members - movedIn, organizations, random)
    let nth = 0
    let owed = 0
    for (const [c, [county, name, lng, lat]] of counties.entries()) {
      for (let i = 0; i < (perCounty[c] ?? 0); i += 1) {
        const isLast = nth === organizations - 1
        const at = { county, subject: idOf(county, i), atMs }
        const place = i % words.length
        yield say({ ...at, id: `z-${county}-${i}` }, 'organization.recorded', {
          name: isLast ? '驻上海流动党员联络支部' : `${name}第${i + 1}${words[place] ?? ''}党支部`,
          kind: i === 0 ? 'committee' : 'branch',
          group: isLast ? 'floating' : (kindsOfGroup[place] ?? 'territory'),
          ...(place < 2 && {
            lng: Number((lng + (random.next() - 0.5) * 0.2).toFixed(4)),
            lat: Number((lat + (random.next() - 0.5) * 0.16).toFixed(4)),
          }),
          foundedOn: `${1950 + random.between(0, 66)}-07-01`,
        })
        const size = sizes[nth] ?? 0
        // Nobody can be missing who is not there: what is left over falls to the next.
        const wanted = (absent[nth] ?? 0) + owed
        const missing = Math.min(size, wanted)
        owed = wanted - missing
        yield say({ ...at, id: `r-${county}-${i}` }, 'members.counted', {
          members: size,
          movedIn: size - missing,
        })
        yield say({ ...at, id: `s-${county}-${i}` }, 'branch.online', {})
        nth += 1
      }
    }
  }

  function* between(fromMs: number, toMs: number): Generator<Event> {
    const rhythm = { seed, fromMs, toMs }
    yield* happenings(
      { ...rhythm, key: 'fujian-study', perDay: 3_000 },
      function* ({ id, atMs, random }) {
        const learners = random.between(1, 12)
        yield say({ ...branchOf(random), id: `x-${id}`, atMs }, 'study.logged', {
          learners,
          minutes: learners * random.between(5, 40),
        })
        if (random.chance(0.02))
          yield say({ ...branchOf(random), id: `t-${id}`, atMs }, 'content.pushed', {
            content: `nr-${id}`,
            kind: random.pick(['news', 'study', 'notice'] as const),
            to: 'members',
          })
      },
    )
    yield* happenings(
      { ...rhythm, key: 'fujian-moves', perDay: 240, spillMs: 2 * dayMs },
      function* ({ id, atMs, random }) {
        const at = branchOf(random)
        const direction = random.pick(['in', 'out', 'within'] as const)
        const step = (stage: 'applied' | 'done', stepMs: number) =>
          say({ ...at, id: `j-${id}-${stage}`, atMs: stepMs }, 'relation.transferred', {
            transfer: `zj-${id}`,
            stage,
            direction,
            ...(direction !== 'within' && { province: random.pick(others) }),
          })
        yield step('applied', atMs)
        yield step('done', atMs + random.between(2, 40) * 3_600_000)
      },
    )
  }

  return {
    roster,
    *published() {
      const fromMs = floor(asOfMs - 12 * dayMs)
      yield* roster(fromMs)
      yield* between(fromMs, floor(asOfMs - dayMs / 24))
      const mistaken = { county: counties[0]?.[0] ?? '', subject: idOf(counties[0]?.[0] ?? '', 1) }
      const at = { ...mistaken, atMs: fromMs }
      yield say({ ...at, id: 'wrong' }, 'study.logged', { learners: 900, minutes: 9 })
      yield say({ ...at, id: 'wrong', rev: 2 }, 'study.logged', { learners: 9, minutes: 90 })
      yield say({ ...at, id: 'undo', retracts: 'wrong' }, 'study.logged', {
        learners: 9,
        minutes: 90,
      })
    },
    between,
  }
}

export const fujian: MockPlatform = {
  platform: 'fujian',
  divisions: [province],
  feeds: { organizations: 3_600, study: 600 },
  kinds: kindsOf(writers),
  personal: ['xingming', 'shenfenzheng', 'dianhua', 'yuanyin', 'danwei'],
  tell,
  *deliveries(events) {
    let batch = 0
    for (const page of pagesOf(events, 1_500)) {
      batch += 1
      const form = new URLSearchParams({
        xitong: 'dangyuanejia',
        pici: `P${batch}`,
        shuju: JSON.stringify(page.map(message)),
      })
      yield {
        contentType: 'application/x-www-form-urlencoded',
        body: form.toString(),
        events: page.length,
      }
    }
  },
}
