/** The five states of every widget (and a lost relay), each as a wall store. */
import type { CountyFile } from '../../protocol/county-file.ts'
import type { Puts } from '../../protocol/frames.ts'
import { createWall, type Wall } from '../board.ts'
import { provinceTables } from './fixture-province.ts'
import { fixtureNow, fixtureSnapshot, fixtureTables, sourcesAt } from './fixtures.ts'

export const states = {
  live: '正常',
  updating: '更新',
  stale: '延迟',
  empty: '无数据',
  error: '故障',
  lost: '断链',
  unknown: '断链十分钟',
  blank: '未连接',
} as const
export type State = keyof typeof states

const lostAt = { lost: fixtureNow - 556_000, unknown: fixtureNow - 716_000 } as const
const live = { connection: 'live', lostAt: null, attempts: 0, nextTryAt: null } as const

/** The wall of a county's fixtures, or of a province's where the file has parts. */
export function wallIn(state: State, file?: CountyFile): Wall {
  const wall = createWall({ now: fixtureNow, offsetMs: fixtureNow - Date.now(), ...live })
  if (state === 'blank') return wall
  const cutAt = state === 'lost' || state === 'unknown' ? lostAt[state] : null
  const own = fixtureTables(
    sourcesAt(cutAt ?? fixtureNow, state === 'stale' ? 2.8 : state === 'error' ? 11 : null),
  )
  const tables = file?.parts === undefined ? own : provinceTables(file, own)
  wall.receive(fixtureSnapshot(state === 'empty' ? emptied(tables) : tables))
  if (cutAt !== null)
    wall.setConnection({
      connection: 'lost',
      lostAt: cutAt,
      attempts: 7,
      nextTryAt: fixtureNow + 4_000,
    })
  if (state === 'updating') setTimeout(() => bump(wall), 1_200)
  return wall
}

/** Everything is known and nothing has happened. */
function emptied(tables: Puts): Puts {
  const zero = Object.fromEntries(
    Object.entries(tables.county?.[0] ?? {}).map(([key, value]) => [
      key,
      typeof value === 'number' ? 0 : value,
    ]),
  )
  const county =
    tables.county?.map((row) => ({ ...row, ...zero, organizations: 852, members: 20_138 })) ?? []
  return {
    ...tables,
    county,
    branches:
      tables.branches?.map((row) => ({
        ...row,
        points: 0,
        tier: 'none' as const,
        silentDays: 0,
        level: 0 as const,
        activeToday: false,
      })) ?? [],
    feed: [],
    warnings: [],
    cleared: [],
    foresight: [],
    streams: [],
    orders: [],
    study: [],
    destinations: [],
    floating: [],
    studies: [],
    daily: [],
    caseStages: [],
    cases: [],
    categories: [],
    durations: [],
    programmes: [],
    intakes: [],
    grids: [],
    divisions: [],
    totals: [],
    stations: [],
    communities: [],
    teams: [],
    goods: [],
    honours: [],
    prices: [],
    services: [],
  }
}

/** One more activity, as the relay would send it. */
export function bump(wall: Wall): void {
  const { board, epoch, version } = wall.store.getState()
  const [county] = board.county.values()
  const branch = board.branches.get('431128101-1')
  const collected = board.caseStages.get('collected')
  if (!county || !branch || !collected || epoch === null) return
  const number = version + 1
  wall.receive({
    epoch,
    base: version,
    version: number,
    at: '2026-06-18T09:41:26+08:00',
    puts: {
      county: [
        {
          ...county,
          activitiesToday: county.activitiesToday + 1,
          online: county.online + 1,
          silent: county.silent + 1,
          learnersToday: county.learnersToday + 12,
        },
      ],
      branches: [{ ...branch, points: branch.points + 20, state: 'active' }],
      caseStages: [{ ...collected, today: collected.today + 1, waiting: collected.waiting + 1 }],
      feed: [
        {
          id: `new-${number}`,
          at: '2026-06-18T09:41:26+08:00',
          organization: branch.id,
          form: 'theme-day',
          title: '向金陵中学捐赠课桌椅 260 套',
          present: 38,
          expected: 46,
          townshipReview: 'passed',
          countyReview: 'pending',
        },
      ],
      orders: [
        {
          id: 'requested',
          stage: 'requested',
          today: 65,
          year: 2_402,
          waiting: 4,
          oldestSince: '2026-06-18T08:52:10+08:00',
          overtime: 0,
          waitingDays: [4],
        },
      ],
    },
    deletes: {},
  })
  const { now, offsetMs } = wall.store.getState()
  wall.tick(now - offsetMs)
}
