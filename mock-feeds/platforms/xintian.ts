/** Writes canonical events in the native dialect of 新田智慧党建: the mirror of relay/platforms/xintian.ts. */
import type { Event, EventKind, EventOf } from '../../protocol/events.ts'
import { pagesOf, type MockPlatform } from '../platform.ts'
import { cadenceSeconds } from './xintian-day.ts'
import { tellXintian } from './xintian-story.ts'

export type NativeValue = string | readonly Readonly<Record<string, string>>[]
export type NativePayload = Readonly<Record<string, NativeValue>>

export interface NativeMessage {
  readonly msgId: string
  readonly msgType: string
  readonly ver: string
  readonly czlx: 'xz' | 'xg' | 'cx'
  readonly ymsgId?: string
  readonly orgCode: string
  readonly occurTime: string
  readonly payload: NativePayload
}

export interface NativeBatch {
  readonly batchNo: string
  readonly sysCode: string
  readonly areaCode: string
  readonly list: readonly NativeMessage[]
}

/** What this platform can say. */
export const writtenKinds = [
  'organization.recorded',
  'organization.dissolved',
  'members.counted',
  'branch.online',
  'branch.offline',
  'activity.announced',
  'activity.started',
  'activity.signed',
  'activity.submitted',
  'activity.reviewed',
  'points.awarded',
  'dues.paid',
  'dues.checked',
  'member.scored',
  'members.checked',
  'study.logged',
  'order.advanced',
  'stream.up',
  'stream.down',
  'warning.reminded',
  'source.reported',
] as const satisfies readonly EventKind[]
type WrittenKind = (typeof writtenKinds)[number]

const systemCode = 'XTZHDJ'
const kinds = { committee: 'DW', 'general-branch': 'DZZ', branch: 'DZB' } as const
const groups = { territory: 'XZ', organ: 'JG', enterprise: 'LX', floating: 'LD' } as const
const forms = {
  'general-meeting': 'DYDH',
  'branch-committee': 'ZWH',
  'group-meeting': 'DXZH',
  lecture: 'DK',
  'theme-day': 'ZTDR',
  'life-meeting': 'ZZSHH',
  appraisal: 'MZPY',
  volunteering: 'ZYFW',
  discussion: 'DYYS',
  talk: 'TXTH',
} as const
const reasons = {
  'sign-in': 'QD',
  dues: 'DF',
  reflection: 'XD',
  study: 'XX',
  quiz: 'DT',
  activity: 'HD',
  review: 'SH',
  video: 'SPXX',
  reading: 'YD',
  download: 'XZ',
  correction: 'TZ',
} as const
const feeds = {
  organizations: 'ZZK',
  activities: 'SHYK',
  video: 'SP',
  points: 'JF',
  study: 'XX',
  cases: 'SDZ',
  term: 'HJ',
  dues: 'DF',
  services: 'BMFW',
  floating: 'LDDY',
} as const
const stages = { requested: '1', dispatched: '2', accepted: '3', verified: '4' } as const
const rules = {
  silence: 'JM',
  dues: 'DF',
  'dues-rate': 'DFBZ',
  term: 'HJ',
  'general-meeting': 'DYDH',
  'branch-committee': 'ZWH',
  'group-meeting': 'DXZH',
  lecture: 'DK',
  'theme-day': 'ZTDR',
  'life-meeting': 'ZZSHH',
  appraisal: 'MZPY',
  talk: 'TXTH',
  'study-hours': 'XXXS',
  lost: 'SL',
  away: 'WC',
  quitting: 'TD',
  abroad: 'CG',
} as const
const levels = { township: '1', county: '2' } as const

const offsetMs = 8 * 3_600_000
/** Local time without an offset, as the platform's database prints it. */
function localTime(instant: string): string {
  const text = new Date(Date.parse(instant) + offsetMs).toISOString()
  return `${text.slice(0, 10)} ${text.slice(11, 19)}`
}

/** Kind of member, pay and dues set by it, in yuan: as the regulation asks, and for a pay that has risen since. */
const standards = [
  { rylb: 'ZZ', ysr: '4200', hdje: '42.00' },
  { rylb: 'TX', ysr: '3100', hdje: '15.50' },
  { rylb: 'NM', hdje: '0.50' },
  { rylb: 'XS', hdje: '0.20' },
] as const
const tooLittle = { rylb: 'ZZ', ysr: '5600.50', hdje: '42.00' } as const

type Writers = {
  readonly [K in WrittenKind]: readonly [
    msgType: string,
    payload: (event: EventOf<K>) => NativePayload,
  ]
}

const writers: Writers = {
  'organization.recorded': [
    'ZZXX',
    ({ data }) => ({
      zzmc: data.name,
      zzlb: kinds[data.kind],
      zzfl: groups[data.group],
      sjzz: data.parent ?? '',
      xzbm: data.township ?? '',
      cbm: data.village ?? '',
      jd: data.lng === undefined ? '' : String(data.lng),
      wd: data.lat === undefined ? '' : String(data.lat),
      clrq: data.foundedOn,
      jmrq: data.termEndsOn ?? '',
      xjrq: data.electedOn ?? '',
      yqrq: data.termPostponedTo ?? '',
    }),
  ],
  'organization.dissolved': ['ZZCX', () => ({})],
  'members.counted': [
    'DYTJ',
    ({ data }) => ({
      dyrs: String(data.members),
      ...(data.away && {
        ldfb: data.away.map(({ city, members }) => ({ cs: city, rs: String(members) })),
      }),
      ...(data.secretary && { sjxm: data.secretary, sjgk: '1' }),
      zz: '某街某号',
    }),
  ],
  'branch.online': ['ZBSX', () => ({})],
  'branch.offline': ['ZBLX', () => ({})],
  'activity.announced': [
    'HDYG',
    ({ data }) => ({
      hdbm: data.activity,
      hdlx: forms[data.form],
      hdzt: data.title,
      kssj: localTime(data.startsAt),
    }),
  ],
  'activity.started': [
    'HDKS',
    ({ data }) => ({ hdbm: data.activity, hdlx: forms[data.form], hdzt: data.title }),
  ],
  'activity.signed': [
    'HDQD',
    ({ data }) => ({
      hdbm: data.activity,
      sdrs: String(data.present),
      ydrs: String(data.expected),
    }),
  ],
  'activity.submitted': [
    'HDSB',
    ({ data }) => ({
      hdbm: data.activity,
      hdlx: forms[data.form],
      hdzt: data.title,
      hdsj: localTime(data.heldAt),
      sdrs: String(data.present),
      ydrs: String(data.expected),
      zpsl: String(data.photos),
      // The real platform sends the minute-taker along; the relay must drop it.
      jlr: '记录员甲',
      lxdh: '00000000000',
      dymd: '党员甲、党员乙',
    }),
  ],
  'activity.reviewed': [
    'HDSH',
    ({ data }) => ({
      hdbm: data.activity,
      shjb: levels[data.level],
      shjg: data.verdict === 'passed' ? '1' : '0',
    }),
  ],
  'points.awarded': [
    'JFBD',
    ({ data }) => ({ fz: String(data.points), jfly: reasons[data.reason] }),
  ],
  'dues.paid': [
    'DFJN',
    ({ data }) => ({
      yf: data.month,
      jnrs: String(data.members),
      jnje: `${data.members * 3}.50`,
      dyxm: '党员甲',
      sfzh: '000000190001010000',
    }),
  ],
  'dues.checked': [
    'DFHD',
    ({ data }) => ({
      yf: data.month,
      hdmx: Array.from({ length: data.members }, (_, i) => ({
        ...(i < data.below ? tooLittle : (standards[i % standards.length] ?? tooLittle)),
        dyxm: '党员甲',
        sfzh: '000000190001010000',
      })),
    }),
  ],
  'member.scored': [
    'DYJF',
    ({ data }) => ({
      dybm: data.member,
      xm: data.name,
      yf: data.month,
      fz: String(data.points),
      sfzh: '000000190001010000',
    }),
  ],
  'members.checked': [
    'DYHC',
    ({ data }) => ({
      slrs: String(data.lost),
      slcq: String(data.lostLong),
      wcrs: String(data.away),
      tdrs: String(data.quitting),
      cgrs: String(data.abroad),
      xsbz: String(data.belowHours),
      mxrs: String(data.exempt),
      dymd: '党员甲、党员乙',
    }),
  ],
  'study.logged': [
    'XXJL',
    ({ data }) => ({ xxrs: String(data.learners), xxsc: String(data.minutes), xdnr: '心得正文' }),
  ],
  'order.advanced': ['SDLZ', ({ data }) => ({ ddbm: data.order, hj: stages[data.stage] })],
  'stream.up': [
    'SPKS',
    ({ data }) => ({ splm: data.stream, spbt: data.title, hdbm: data.activity ?? '' }),
  ],
  'stream.down': ['SPJS', ({ data }) => ({ splm: data.stream })],
  'warning.reminded': ['YJDB', ({ data }) => ({ yjlx: rules[data.rule], dbjb: levels[data.by] })],
  'source.reported': [
    'SJSB',
    ({ data }) => ({ sjlx: feeds[data.feed], gxzq: String(data.cadenceSeconds) }),
  ],
}

const isWritten = (event: Event): event is Extract<Event, { kind: WrittenKind }> =>
  Object.hasOwn(writers, event.kind)

/** Throws `TypeError` on a kind that this platform cannot say. */
export function write(event: Event): NativeMessage {
  if (!isWritten(event)) throw new TypeError(`${event.kind} is not in this platform's dialect`)
  // The table pairs each kind with its own writer; a union index loses the pair.
  const [msgType, payload] = writers[event.kind] as unknown as readonly [
    string,
    (event: Event) => NativePayload,
  ]
  return {
    msgId: event.id,
    msgType,
    ver: String(event.rev),
    czlx: event.retracts === undefined ? (event.rev > 1 ? 'xg' : 'xz') : 'cx',
    ...(event.retracts !== undefined && { ymsgId: event.retracts }),
    orgCode: event.kind === 'source.reported' ? systemCode : event.subject,
    occurTime: localTime(event.time),
    payload: payload(event),
  }
}

export function batchOf(batchNo: string, list: readonly NativeMessage[]): NativeBatch {
  return { batchNo, sysCode: systemCode, areaCode: '431128', list }
}

export const xintian: MockPlatform = {
  platform: 'xintian',
  divisions: ['431128'],
  feeds: cadenceSeconds,
  kinds: writtenKinds,
  personal: ['dyxm', 'dymd', 'lxdh', 'sfzh', 'jlr', 'jnje', 'zz', 'xdnr'],
  weighed: ['ysr', 'hdje'],
  tell: tellXintian,
  *deliveries(events) {
    let batches = 0
    for (const page of pagesOf(events, 1_000)) {
      batches += 1
      const body = JSON.stringify(batchOf(`PC${batches}`, page.map(write)))
      yield { contentType: 'application/json', body, events: page.length }
    }
  },
}
