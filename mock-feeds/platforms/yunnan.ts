/** Writes canonical events in the native dialect of 云岭先锋: the mirror of relay/platforms/yunnan.ts. */
import type { Event, EventKind } from '../../protocol/events.ts'
import { kindsOf, worded, type Native, type Writers } from '../dialect.ts'
import type { Delivery, MockPlatform } from '../platform.ts'
import { tellYunnan } from './yunnan-story.ts'

const kinds = { committee: 1, 'general-branch': 2, branch: 3 } as const
const forms: Readonly<Record<string, string>> = {
  'general-meeting': 'DH',
  'branch-committee': 'WY',
  lecture: 'DK',
  'theme-day': 'DR',
  volunteering: 'ZY',
}
const levels = { county: 'X', township: 'Z', village: 'C' } as const
const listings = { product: 'CP', merchant: 'SH', sight: 'JD', shop: 'DS' } as const
const scopes = { platform: 'PT', province: 'QS' } as const
const feeds: Readonly<Record<string, string>> = {
  organizations: 'ZZ',
  activities: 'HD',
  services: 'FW',
}

const local = (instant: string) => `${instant.slice(0, 10)} ${instant.slice(11, 19)}`

const writers: Writers<
  Extract<
    EventKind,
    | `organization.${string}`
    | `branch.${string}`
    | `commerce.${string}`
    | `station.${string}`
    | `service.${string}`
    | 'members.counted'
    | 'activity.submitted'
    | 'divisions.counted'
    | 'source.reported'
  >
> = {
  'organization.recorded': [
    'zzjg',
    ({ data }) => ({
      zzmc: data.name,
      zzlb: kinds[data.kind],
      sjzz: data.parent ?? '',
      xzbm: data.township ?? '',
      jd: data.lng ?? '',
      wd: data.lat ?? '',
      clrq: data.foundedOn,
      lxr: '联系人甲',
      lxdh: '00000000000',
    }),
  ],
  'organization.dissolved': ['zzcx', () => ({})],
  'members.counted': [
    'dyrs',
    ({ data }) => ({ dys: data.members, sfzh: '000000190001010000', jnje: data.members * 3 }),
  ],
  'branch.online': ['zbsx', () => ({})],
  'branch.offline': ['zblx', () => ({})],
  'activity.submitted': [
    'hdbs',
    ({ data }) => ({
      hdbm: data.activity,
      hdlx: forms[data.form],
      hdzt: data.title,
      hdsj: local(data.heldAt),
      sdrs: data.present,
      ydrs: data.expected,
      zps: data.photos,
    }),
  ],
  'station.recorded': [
    'fwzd',
    ({ data }) => ({
      zdbm: data.station,
      zdjb: levels[data.level],
      dqbm: data.place,
      zdmc: data.name,
      jd: data.lng ?? '',
      wd: data.lat ?? '',
    }),
  ],
  'station.closed': ['zdcx', ({ data }) => ({ zdbm: data.station })],
  'service.listed': [
    'fwsx',
    ({ data }) => ({
      sxbm: data.item,
      sxmc: data.title,
      kb: data.isOpen,
      cnts: data.days ?? '',
    }),
  ],
  'service.rated': ['fwpj', ({ data }) => ({ xj: data.score, ps: data.count })],
  'service.done': ['fwlj', () => ({})],
  'commerce.listed': [
    'cpsj',
    ({ data }) => ({
      cpbm: data.listing,
      cplx: listings[data.kind],
      cpmc: data.name,
      dj: data.price ?? '',
      dw: data.unit ?? '',
    }),
  ],
  'commerce.delisted': ['cpxj', ({ data }) => ({ cpbm: data.listing })],
  'divisions.counted': ['qhtj', ({ data }) => ({ xzs: data.townships, cs: data.villages })],
  'source.reported': [
    'sjwc',
    ({ data }) => ({ sjlx: feeds[data.feed], gxzq: data.cadenceSeconds }),
  ],
}

const pageRows = 1_000
/** Rows that wait for their page to fill, over all counties. */
const waitingMost = 8_000

interface Page {
  readonly xzqh: string
  readonly type: string
  readonly cols: readonly string[]
  readonly rows: (readonly unknown[])[]
}

function rowOf(event: Event, totals: Map<string, number>): readonly [type: string, row: Native] {
  const [type, cells] = worded(writers, event)
  if (event.kind === 'service.done') {
    const before = totals.get(event.subject) ?? 0
    totals.set(event.subject, before + event.data.count)
    return [
      type,
      {
        zdbm: event.subject,
        rq: event.id.slice(-10),
        bbh: event.rev,
        sj: local(event.time),
        kj: scopes[event.data.scope],
        qcs: before,
        qms: before + event.data.count,
      },
    ]
  }
  return [
    type,
    {
      lsh: event.id,
      bbh: event.rev,
      cxlsh: event.retracts ?? '',
      zzbm: event.kind === 'source.reported' ? 'YLXF' : event.subject,
      sj: local(event.time),
      ...cells,
    },
  ]
}

/** A page holds rows of one county and one type; those that fill slowly go out together. */
function* pages(events: Iterable<Event>): Generator<Delivery> {
  const open = new Map<string, Page>()
  const totals = new Map<string, number>()
  let waiting = 0
  const close = ({ xzqh, type, cols, rows }: Page): Delivery => ({
    contentType: 'application/json',
    body: JSON.stringify({ code: 0, page: 1, pages: 1, xzqh, type, cols, rows }),
    events: rows.length,
  })
  for (const event of events) {
    const [type, row] = rowOf(event, totals)
    const key = `${event.county} ${type}`
    const page = open.get(key) ?? { xzqh: event.county, type, cols: Object.keys(row), rows: [] }
    open.set(key, page)
    page.rows.push(Object.values(row))
    waiting += 1
    if (page.rows.length < pageRows && waiting < waitingMost) continue
    const full = waiting < waitingMost ? [page] : [...open.values()]
    for (const each of full) {
      yield close(each)
      open.delete(`${each.xzqh} ${each.type}`)
      waiting -= each.rows.length
    }
  }
  for (const page of open.values()) yield close(page)
}

export const yunnan: MockPlatform = {
  platform: 'yunnan',
  divisions: ['530000'],
  feeds: { organizations: 600, activities: 300, services: 300 },
  kinds: kindsOf(writers),
  personal: ['lxr', 'lxdh', 'sfzh', 'jnje'],
  tell: tellYunnan,
  deliveries: pages,
}
