/** What a village's television shows besides the board, in each state. */
import type { TelevisionFile } from '../../protocol/television.ts'
import type { Camera } from '../../protocol/video.ts'
import { createStore } from 'zustand/vanilla'
import type { Pair, PairState } from '../pairing/pair.ts'
import { emptyFile } from '../tv/television.ts'
import { fixtureNow } from './fixtures.ts'
import type { State } from './states.ts'

export const fixtureVillage = '431128101-1'

const text = [
  '“三会一课”是支部最基本的组织生活:支部党员大会、支部委员会会议、党小组会,再加党课。\n开没开、开得勤不勤,看的就是这四样。',
  '支部党员大会,一般每季度召开一次。\n大会要有半数以上有表决权的党员到会才能进行,请假要提前说。',
]
const lesson = (id: string, title: string) => ({
  id,
  title,
  source: '《中国共产党支部工作条例(试行)》2018',
  pages: text,
})

const full: TelevisionFile = {
  code: '431128',
  callsign: '中国IPTV-湖南',
  title: '{村}党群服务中心',
  help: { office: '镇党建办', phone: '0746-471-0000' },
  lessons: [
    lesson('meetings', '“三会一课”怎么开'),
    lesson('theme-day', '主题党日是哪一天'),
    lesson('floating', '外出务工,组织关系怎么办'),
    lesson('study', '一年学够三十二学时'),
    lesson('dues', '党费怎么交'),
    lesson('village', '古村与和美乡村'),
    lesson('fire', '秋冬护林,党员先行'),
  ],
  calendar: [
    { title: '主题党日', place: '村党群服务中心', at: '09:00', monthly: 20, isMeeting: true },
    { title: '党员志愿服务', place: '村口集合', at: '15:00', weekly: [4] },
    { title: '院坝党课', place: '古村与和美乡村', at: '19:30', weekly: [4] },
  ],
  radio: [
    { id: 'morning', title: '早间村村响', at: '07:00', minutes: 15, pages: text },
    { id: 'evening', title: '晚间夜学', at: '19:00', minutes: 20, pages: text },
  ],
  notices: [
    {
      id: 'flood',
      title: '防汛值守安排',
      from: '县防汛抗旱指挥部',
      on: '2026-06-16',
      pages: [
        '六月十八日起进入主汛期,各村按值班表在岗。\n水库、山塘边不游泳、不钓鱼。',
        '雨大先转移,听村干部招呼。',
      ],
    },
    {
      id: 'medical',
      title: '城乡居民医保缴费',
      from: '县医疗保障局',
      on: '2026-06-10',
      pages: text,
    },
  ],
}

const sky = (colour: string) =>
  `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 9'%3E%3Cpath fill='%23${colour}' d='M0 0h16v9H0z'/%3E%3Cpath fill='%231b2936' d='M0 7l5-3 4 2 7-3v6H0z'/%3E%3C/svg%3E`

const camera = (at: number, organization: string, title: string, colour: string): Camera => ({
  id: `xintian-${at}`,
  county: '431128',
  organization,
  title,
  kind: 'file',
  isPublic: true,
  health: { state: at === 4 ? 'lost' : 'ok', since: '2026-06-18T09:00:00+08:00' },
  still: { at: '2026-06-18T09:40:00+08:00', url: sky(colour) },
  play: 'relay',
  large: `xintian-${at}`,
})

const cameras = [
  camera(1, '431128101-1', '本村主题党日', '8a6f58'),
  camera(2, '431128001-1', '村道清扫志愿服务', '7fa3b8'),
  camera(3, 'floating-1', '线上组织生活·夜学回放', '4a5e78'),
  camera(4, '431128107-1', '院坝党课', '6d7b5c'),
  camera(5, '431128105-1', '支部党员大会·道路硬化“一事一议”', '7a2620'),
  camera(6, '431128103-1', '屋场恳谈会:村道硬化走线', '5c6a74'),
  camera(7, '431128002-1', '党群服务中心·便民代办', '6a5a70'),
  camera(8, '431128110-1', '助农直播间·脐橙帮销', '8a7a40'),
  camera(9, '431128104-1', '老党员讲党课', '4f6f5a'),
]

export interface FixtureTelevision {
  readonly file: TelevisionFile
  readonly fileAt: number | null
  readonly cameras: ReadonlyMap<string, Camera> | null
}

export function televisionIn(state: State): FixtureTelevision {
  if (state === 'blank') return { file: emptyFile('431128'), fileAt: null, cameras: null }
  if (state === 'empty')
    return { file: emptyFile('431128'), fileAt: fixtureNow, cameras: new Map() }
  const lateMs = state === 'live' || state === 'updating' ? 0 : 900_000
  return {
    file: full,
    fileAt: fixtureNow - lateMs,
    cameras: new Map(
      cameras.map((each) => [
        each.id,
        state === 'error' ? { ...each, health: { ...each.health, state: 'lost' as const } } : each,
      ]),
    ),
  }
}

/** Waits for ever with six minutes left. */
export function fixturePair(): Pair {
  const verificationUri = 'http://10.28.0.5:8080/pair'
  const offer = {
    deviceCode: 'd'.repeat(43),
    userCode: 'BCDFGHJK',
    expiresIn: 600,
    interval: 5,
    verificationUri,
    verificationUriComplete: `${verificationUri}#BCDFGHJK`,
  }
  const until = Date.now() + 375_000
  const waiting: PairState = { kind: 'waiting', offer, until, isLost: false }
  return { store: createStore(() => waiting), stop: () => undefined }
}
