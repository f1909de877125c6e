import { expect, it } from 'vitest'
import type { Board, TableName } from '../../protocol/board.ts'
import type { Event, EventData, EventKind } from '../../protocol/events.ts'
import { parseRules } from '../rules-file.ts'
import type { Division, Published } from './division.ts'
import { dayBegan } from './past.ts'
import { createReduction } from './reduction.ts'
import { createTree } from './tree.ts'

const at = (clock: string) => `2026-06-18T${clock}:00+08:00`
let next = 0
function event<K extends EventKind>(
  kind: K,
  county: string,
  time: string,
  data: EventData<K>,
  subject = county,
): Event {
  next += 1
  return { source: 'p', id: `e${next}`, rev: 1, subject, county, time, kind, data } as Event
}
const undo = (told: Event): Event => ({ ...told, id: `undo-${told.id}`, retracts: told.id })

interface Above {
  /** Tells the counties, and the province what changed in them; what the province published. */
  tell(...events: readonly Event[]): Published | undefined
  /** Lets a day begin: the province's day after each county turned to it. */
  turn(day: string): readonly (string | undefined)[]
  /** Tells, and leaves the boards of the counties and the province as they are. */
  tellOnly(...events: readonly Event[]): void
  /** Puts a county on its board; what the province then published. */
  publish(county: string): Published | undefined
  board(scope?: string): Board
}

/** 530000 with what is told of 530102, 530103 and 530000 itself, each received as it happened. */
function province(): Above {
  const known = new Map<string, { ordinal: number; event: Event }>()
  let ordinal = 0
  const stored = (of: number, event: Event) => ({
    ordinal: of,
    receivedAt: event.time,
    body: JSON.stringify(event),
    ...event,
    partition: event.county,
    hash: '',
  })
  const reduction = createReduction(
    (source, id) => {
      const found = known.get(`${source} ${id}`)
      return found && stored(found.ordinal, found.event)
    },
    parseRules('', ''),
  )
  const tree = createTree(reduction.divisions)
  function take(event: Event): readonly Division[] {
    ordinal += 1
    const touched = [...reduction.fold(stored(ordinal, event))]
    known.set(`${event.source} ${event.id}`, { ordinal, event })
    return touched
  }
  return {
    tell(...events) {
      for (const event of events) for (const division of take(event)) tree.publish(division)
      return tree.publishAbove('530000')[0]?.change
    },
    tellOnly(...events) {
      for (const event of events) take(event)
    },
    publish(county) {
      const division = reduction.divisions.get(county)
      if (division !== undefined) tree.publish(division)
      return tree.publishAbove('530000')[0]?.change
    },
    turn(day) {
      ordinal += 1
      return [...reduction.fold(stored(ordinal, dayBegan(day)))].map((division) => {
        tree.publish(division)
        tree.publishAbove('530000')
        return tree.board('530000')?.board().county.get('530000')?.day
      })
    },
    board: (scope = '530000') => {
      const found = tree.board(scope)?.board()
      if (found === undefined) throw new Error(`nothing was told of ${scope}`)
      return found
    },
  }
}

const collected = (county: string, id: string, clock: string) =>
  event('case.advanced', county, at(clock), { case: id, stage: 'collected' })

it('adds up the stages of residents’ reports, and knows since when the oldest waits', () => {
  const { tell, board } = province()
  tell(collected('530102', 'a', '09:00'), collected('530103', 'b', '08:00'))
  expect(board().caseStages.get('collected')).toMatchObject({
    today: 2,
    year: 2,
    waiting: 2,
    oldestSince: at('08:00'),
  })
  tell(event('case.advanced', '530103', at('10:00'), { case: 'b', stage: 'handled' }))
  expect(board().caseStages.get('collected')).toMatchObject({
    today: 2,
    waiting: 1,
    oldestSince: at('09:00'),
  })
})

it('lists the most pressing reports of all counties', () => {
  const { tell, board } = province()
  const due = (county: string, id: string, dueAt: string) =>
    event('case.advanced', county, at('09:30'), { case: id, stage: 'dispatched', dueAt })
  const many = Array.from({ length: 60 }, (_, n) => collected('530102', `early${n}`, '07:00'))
  tell(...many, collected('530103', 'due', '09:00'), due('530103', 'due', at('18:00')))
  expect(board().cases.size).toBe(60)
  expect(board().cases.get('p due')).toMatchObject({ stage: 'dispatched', dueAt: at('18:00') })
})

it('covers townships with stations as its counties together do, and counts those, not itself', () => {
  const { tell, board } = province()
  const station = (county: string, place: string) =>
    event('station.recorded', county, at('08:00'), {
      station: `s${place}`,
      kind: 'station',
      level: place.length === 6 ? 'county' : 'township',
      place,
      name: '服务站',
    })
  const counted = (county: string, townships: number) =>
    event('divisions.counted', county, at('08:00'), { townships, villages: 0 })
  tell(
    station('530102', '530102'),
    station('530102', '530102001'),
    counted('530102', 3),
    station('530103', '530103001'),
    station('530103', '530103002'),
    counted('530103', 2),
    event('service.listed', '530000', at('08:00'), { item: 'i', title: '办证', isOpen: true }),
  )
  expect(board().stations.get('station/township')).toMatchObject({ stations: 3, places: 3, of: 5 })
  expect(board().stations.get('station/county')).toMatchObject({ places: 1, of: 2 })
})

it('draws the curves of its counties as one, also where one heard of no learner since the morning', () => {
  const { tell, board } = province()
  const study = (county: string, clock: string, learners: number) =>
    event('study.logged', county, at(clock), { learners, minutes: 9 }, `${county}-branch`)
  tell(study('530102', '08:00', 4), study('530103', '11:55', 3))
  expect(board('530102').study.get('today')?.learners).toHaveLength(49)
  expect(board().study.get('today')?.learners.slice(47, 49)).toEqual([0, 4])
  expect(board().study.get('today')?.learners.at(-1)).toBe(7)
  expect(board().daily.get('learners')?.values.at(-1)).toBe(7)
})

it('adds up the basics, transfers, orders and destinations of its counties', () => {
  const { tell, board } = province()
  const of = (county: string) => [
    event('ledger.filled', county, at('08:00'), { basic: 'team' }, `${county}-a`),
    event('order.advanced', county, at('09:00'), { order: `o${county}`, stage: 'requested' }),
    event('relation.transferred', county, at('09:00'), {
      transfer: `t${county}`,
      stage: 'done',
      direction: 'out',
      province: '广东',
    }),
    event('floating.registered', county, at('09:00'), {
      member: `m${county}`,
      city: '东莞',
      since: '2026-01-02',
    }),
  ]
  tell(...of('530102'), ...of('530103'))
  expect(board().basics.get('team')?.filled).toBe(2)
  expect(board().orders.get('requested')).toMatchObject({ today: 2, year: 2 })
  expect(board().orders.get('requested')?.waitingDays.slice(0, 2)).toEqual([2, 0])
  expect(board().transfers.get('广东')).toMatchObject({ out: 2, in: 0 })
  expect(board().destinations.get('东莞')).toMatchObject({ members: 2, origins: 2 })
})

it('shows what is newest in all counties, once each, and the next newest when one is taken back', () => {
  const { tell, board } = province()
  const honour = (county: string, n: number, clock: string) =>
    event('honour.awarded', county, at(clock), { honour: `${county}-${n}`, title: '回馈标兵' })
  const early = Array.from({ length: 20 }, (_, n) => honour('530102', n, '08:00'))
  const late = Array.from({ length: 5 }, (_, n) => honour('530103', n, '09:00'))
  tell(...early, ...late)
  const shown = (county: string) =>
    [...board().honours.keys()].filter((id) => id.startsWith(`p ${county}`)).length
  expect([shown('530102'), shown('530103')]).toEqual([15, 5])
  tell(...late.map(undo))
  expect([shown('530102'), shown('530103')]).toEqual([20, 0])
  tell(honour('530103', 0, '07:00'))
  expect(board().honours.has('p 530103-0')).toBe(false)
})

it('shows the newest prices, whichever county they come from', () => {
  const { tell, board } = province()
  const listed = (county: string, n: number) =>
    event('commerce.listed', county, at(`0${n % 10}:0${n % 6}`), {
      listing: `${county}-${n}`,
      kind: 'product',
      name: '山茶油',
      price: n,
    })
  const all = ['530102', '530103'].flatMap((county) =>
    Array.from({ length: 10 }, (_, n) => listed(county, n)),
  )
  tell(...all)
  const prices = [...board().prices.values()].map(({ price }) => price)
  expect(prices.toSorted((a, b) => a - b)).toEqual([4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9])
})

it('leaves to each county what means nothing above it', () => {
  const { tell, board } = province()
  const kept: readonly TableName[] = ['goods', 'teams', 'intakes', 'communities', 'sources']
  const of = (county: string) => [
    event('goods.listed', county, at('08:00'), { goods: 'g', name: '伞', points: 5, stock: 1 }),
    event('team.recorded', county, at('08:00'), {
      team: 't',
      name: '救援队',
      kind: 'expert',
      isOut: true,
    }),
    event('intake.reported', county, at('08:00'), {
      intake: 'i',
      name: '城管',
      cadenceSeconds: 60,
    }),
    event('uploads.counted', county, at('08:00'), { day: '2026-06-18', due: 3, done: 3 }),
    event('source.reported', county, at('08:00'), { feed: 'cases', cadenceSeconds: 60 }, 'p'),
  ]
  tell(...of('530102'), ...of('530103'))
  for (const table of kept) {
    expect(board('530102')[table].size, table).toBe(1)
    expect(board()[table].size, table).toBe(0)
  }
  expect([...board().totals.values()][0]).toMatchObject({ goods: 2, teamsOut: 2, intakes: 2 })
  tell(...of('530000'))
  for (const table of kept) expect(board()[table].size, table).toBe(1)
})

it('publishes of these tables the rows that changed, and takes away a city where nobody is left', () => {
  const { tell, board } = province()
  const away = event('floating.registered', '530102', at('09:00'), {
    member: 'm',
    city: '东莞',
    since: '2026-01-02',
  })
  tell(collected('530102', 'a', '09:00'), collected('530103', 'b', '09:00'), away)
  const change = tell(collected('530103', 'c', '09:00'))
  expect(Object.keys(change?.puts ?? {}).toSorted()).toEqual(
    ['caseStages', 'cases', 'county', 'daily', 'divisions', 'totals'].toSorted(),
  )
  expect(change?.puts.caseStages?.map(({ id }) => id)).toEqual(['collected'])
  expect(change?.puts.cases?.map(({ id }) => id)).toEqual(['p c'])
  expect(tell(undo(away))?.deletes.destinations).toEqual(['东莞'])
  expect(board().destinations.size).toBe(0)
})

it('turns to a new day when the last county has, so that no sum is half of yesterday', () => {
  const { tell, turn, board } = province()
  turn('2026-06-18')
  const names = ['530102', '530103', '530104']
  tell(...names.map((county) => collected(county, `of-${county}`, '09:00')))
  expect(board().caseStages.get('collected')?.today).toBe(3)
  expect(turn('2026-06-19')).toEqual(['2026-06-18', '2026-06-18', '2026-06-19'])
  expect(board().caseStages.get('collected')?.today).toBe(0)
})

it('shows what was told first also where it comes onto its county’s board last', () => {
  const relay = province()
  const members = (county: string, count: number) =>
    event('members.counted', county, at('09:00'), { members: count }, `branch-${county}`)
  const branches = ['530102', '530103'].map((county) =>
    event(
      'organization.recorded',
      county,
      at('08:00'),
      { name: '坪山村党支部', kind: 'branch', group: 'territory', foundedOn: '2015-01-01' },
      `branch-${county}`,
    ),
  )
  relay.tell(...branches)
  relay.tellOnly(members('530102', 30), members('530103', 4))
  const shown = () => relay.board().county.get('530000')?.members
  expect(relay.publish('530103')).toBeUndefined()
  expect(shown()).toBe(0)
  expect(relay.publish('530102')).toMatchObject({ base: 2, version: 4 })
  expect(shown()).toBe(34)
})
