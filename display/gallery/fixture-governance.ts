/** Residents' cases and orders, the grids and the study of the gallery's county. */
import type { Row } from '../../protocol/board.ts'
import type { Puts } from '../../protocol/frames.ts'
import { noTotals } from '../../protocol/measures.ts'
import { instantMs, toInstant } from '../../protocol/time.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

const intakeNames = [
  ['新田智慧党建', 21, 2],
  ['12345 热线', 14, 3],
  ['网格巡查', 9, 4],
  ['平安建设', 5, 5],
  ['信访', 3, 6],
  ['政务服务', 4, 7],
  ['应急', 2, 8],
  ['生态环境', 2, 22 * 60],
  ['市场监管', 1, 10],
  ['微信公众号', 2, 11],
  ['流动e家', 1, 12],
] as const
const categoryNames = [
  ['民生水电', 112],
  ['道路交通', 87],
  ['环境卫生', 74],
  ['邻里纠纷', 61],
  ['党员代办', 58],
  ['农技咨询', 47],
  ['噪声扰民', 29],
  ['安全隐患', 18],
] as const
const caseStages = ['collected', 'verified', 'dispatched'] as const
const gridCount = 749
const gridTownships = ['431128001', '431128002', '431128101', '431128102', '431128103', '431128107']

type Names =
  | 'orders'
  | 'caseStages'
  | 'cases'
  | 'intakes'
  | 'grids'
  | 'categories'
  | 'durations'
  | 'daily'
  | 'studies'
  | 'programmes'
  | 'totals'

/** `today` as 2026-06-18. */
export function governanceTables(
  branches: readonly Row<'branches'>[],
  today: string,
): Pick<Puts, Names> {
  const now = instantMs(`${today}T09:41:26+08:00`)
  const ago = (ms: number) => toInstant(now - ms)
  const cases = openCases(now)
  return {
    orders: [
      order('requested', 64, 2_401, [3]),
      order('dispatched', 61, 2_394, [7, 2]),
      order('accepted', 58, 2_382, [9, 8, 4, 3, 1, 0, 1]),
      order('verified', 52, 2_356, []),
    ].map((row) => ({ ...row, oldestSince: row.waiting === 0 ? null : ago(26 * hourMs) })),
    caseStages: [
      stage('collected', 64, 8_642),
      stage('verified', 41, 3_610),
      stage('dispatched', 61, 8_583),
      stage('handled', 52, 8_530),
      stage('rated', 30, 3_014),
      stage('dismissed', 1, 59),
    ].map((row) => {
      const own = cases.filter((each) => each.stage === row.stage)
      return {
        ...row,
        waiting: own.length,
        oldestSince: own.map(({ since }) => since).sort()[0] ?? null,
        overdue: own.filter(({ dueAt }) => dueAt !== null && instantMs(dueAt) < now).length,
      }
    }),
    cases,
    intakes: intakeNames.map(([name, count, seconds], index) => ({
      id: `demo i${index}`,
      name,
      cadenceSeconds: 300,
      asOf: ago(seconds * 1_000),
      today: count,
    })),
    grids: Array.from({ length: gridCount }, (_, index) => {
      const own = cases.filter((each) => each.grid === `demo g${index}`)
      return {
        id: `demo g${index}`,
        name: `第${index + 1}网格`,
        township: gridTownships[index % gridTownships.length] ?? '',
        open: own.length,
        overdue: own.filter(({ dueAt }) => dueAt !== null && instantMs(dueAt) < now).length,
      }
    }),
    categories: categoryNames.map(([category, week]) => ({ id: category, category, week })),
    durations: [
      {
        id: 'week',
        hours: Array.from({ length: 73 }, (_, hour) =>
          hour > 54 ? 0 : Math.round(46 * Math.exp(-((hour - 5) ** 2) / 420)),
        ),
        late: 9,
      },
    ],
    daily: daily(),
    studies: branches
      .filter((_, index) => index % 70 !== 3)
      .map(({ id, members }, index) => ({
        id,
        minutes: Math.round(members * around(316, index)),
        belowHours: index % 9 === 4 ? 1 + (index % 4) : 0,
      })),
    programmes: [
      ['红色之声', 7, 15],
      ['党课开讲了', 12, 20],
      ['乡音说党史', 18, 30],
    ].map(([title, hour, minutes], index) => ({
      id: `demo p${index}`,
      title: String(title),
      startsAt: `${today}T${String(hour).padStart(2, '0')}:00:00+08:00`,
      minutes: Number(minutes),
    })),
    totals: [
      {
        ...noTotals('431128'),
        organizations: 852,
        members: 20_138,
        learnersToday: 2_964,
        learners30: 86_130,
        minutesMonth: 6_363_608,
        quizParticipants: 41_200,
        quizAnswered: 206_000,
        quizRight: 171_900,
        reflections: 3_112,
        floatingExchanges: 960,
        contents: 84,
        casesCollected: 8_642,
        casesHandled: 8_530,
        casesDisposed: 8_589,
        casesOpen: cases.length,
        casesOverdue: 3,
        complaints: 81,
        complaintsBefore: 100,
        grids: gridCount,
        intakes: intakeNames.length,
        ordersRequested: 2_401,
        ordersVerified: 2_356,
        ordersResolved: 2_184,
        visits: 12_698,
        visitsFound: 3_725,
        visitsSolved: 3_352,
      },
    ],
  }
}

function order(
  id: Row<'orders'>['stage'],
  reached: number,
  year: number,
  waitingDays: number[],
): Row<'orders'> {
  const waiting = waitingDays.reduce((sum, count) => sum + count, 0)
  const overtime = waitingDays.slice(3).reduce((sum, count) => sum + count, 0)
  return { id, stage: id, today: reached, year, waiting, oldestSince: null, overtime, waitingDays }
}

function stage(id: Row<'caseStages'>['stage'], reached: number, year: number): Row<'caseStages'> {
  return { id, stage: id, today: reached, year, waiting: 0, oldestSince: null, overdue: 0 }
}

/** Most near the middle, a few far below and above it. */
function around(middle: number, index: number): number {
  const sum = [7_919, 104_729, 1_299_709].reduce(
    (all, prime) => all + ((index * prime) % 997) / 997,
    0,
  )
  return middle * (0.45 + (sum / 3) * 1.1)
}

/** Forty-one that are open: three past their time, the others with up to two days left. */
function openCases(now: number): Row<'cases'>[] {
  return Array.from({ length: 41 }, (_, index) => {
    const leftMs = (index < 3 ? -[26, 5, 2][index]! : ((index * 37) % 47) + 0.6) * hourMs
    const at = index < 3 || index % 8 !== 0 ? 'dispatched' : (caseStages[index % 3] ?? 'collected')
    return {
      id: `demo c${index}`,
      stage: at,
      category: categoryNames[(index * 5) % categoryNames.length]?.[0] ?? '',
      intake: `demo i${(index * 3) % intakeNames.length}`,
      grid: `demo g${(index * 251) % gridCount}`,
      since: toInstant(now + leftMs - 48 * hourMs),
      dueAt: at === 'dispatched' ? toInstant(now + leftMs) : null,
    }
  })
}

/** The last 30 days, today so far. */
function daily(): Row<'daily'>[] {
  const of = (series: Row<'daily'>['series'], middle: number, spread: number, now: number) => ({
    id: series,
    series,
    values: Array.from({ length: 30 }, (_, day) =>
      day === 29
        ? now
        : Math.round(middle + spread * Math.sin(day * 1.9) + spread * ((day % 7) / 7)),
    ),
  })
  return [
    of('learners', 2_860, 120, 2_964),
    of('quizParticipants', 1_310, 90, 620),
    of('reflections', 104, 12, 41),
    of('exchanges', 32, 9, 8),
    of('forumReplies', 0, 0, 0),
    of('casesCollected', 96, 9, 64),
    of('casesHandled', 94, 10, 52),
    of('orders', 62, 6, 64),
    of('visits', 420, 12, 128),
  ]
}
