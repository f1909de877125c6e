import { expect, it } from 'vitest'
import type { Event } from '../../../protocol/events.ts'
import { instantMs } from '../../../protocol/time.ts'
import { createCore } from '../core.ts'
import { teller } from '../sample.ts'

const county = '330824'
const event = teller(county)
const noon = '2026-06-18T12:00:00+08:00'
const at = (clock: string, day = 18) => `2026-06-${String(day).padStart(2, '0')}T${clock}:00+08:00`

function coreOf(events: readonly Event[]) {
  const core = createCore({ county })
  for (const one of events) core.fold({ add: one })
  core.changes(instantMs(noon))
  return core
}
const grid = (id: string) =>
  event('grid.recorded', at('00:00'), { grid: id, name: `网格${id}`, township: '330824115' })
const intake = event('intake.reported', at('11:59'), {
  intake: 'hotline',
  name: '县长热线',
  cadenceSeconds: 300,
})
const collected = (id: string, time: string, where: { grid?: string; category?: string } = {}) =>
  event('case.advanced', time, { case: id, stage: 'collected', intake: 'hotline', ...where })
const dispatched = (id: string, time: string, dueAt: string) =>
  event('case.advanced', time, { case: id, stage: 'dispatched', dueAt })
const handled = (id: string, time: string) =>
  event('case.advanced', time, { case: id, stage: 'handled' })

it('shows every grid, with its open cases and those past their time', () => {
  const core = coreOf([
    grid('1'),
    grid('2'),
    collected('a', at('08:00'), { grid: '1' }),
    dispatched('a', at('08:10'), at('12:30')),
    collected('b', at('09:00'), { grid: '1' }),
    collected('c', at('07:00'), { grid: '2' }),
    handled('c', at('08:00')),
  ])
  const shown = () => [...core.board().grids.values()].map(({ open, overdue }) => [open, overdue])
  expect(core.board().grids.get('p 1')).toMatchObject({ name: '网格1', township: '330824115' })
  expect(shown()).toEqual([
    [2, 0],
    [0, 0],
  ])
  core.changes(instantMs(at('12:31')))
  expect(shown()).toEqual([
    [2, 1],
    [0, 0],
  ])
})

it('tells where an open case came from, without a word of who reported it', () => {
  const core = coreOf([grid('1'), intake, collected('a', at('08:00'), { grid: '1' })])
  const [open] = core.board().cases.values()
  expect(open).toMatchObject({ grid: 'p 1', intake: 'p hotline' })
  expect(Object.keys(open ?? {}).toSorted()).toEqual(
    ['category', 'dueAt', 'grid', 'id', 'intake', 'since', 'stage'].toSorted(),
  )
})

it('counts the reports of each joined platform today, and takes back one that is withdrawn', () => {
  const mistake = collected('b', at('09:00'))
  const core = coreOf([
    intake,
    collected('a', at('08:00')),
    collected('x', at('23:00', 17)),
    mistake,
  ])
  const today = () => core.board().intakes.get('p hotline')?.today
  expect(today()).toBe(2)
  core.fold({ remove: mistake })
  core.changes(instantMs(noon))
  expect(today()).toBe(1)
})

it('counts the reports of seven days by what they are about, and leaves out the day before them', () => {
  const core = coreOf([
    collected('a', at('08:00'), { category: '噪声扰民' }),
    collected('b', at('00:00', 12), { category: '噪声扰民' }),
    collected('c', at('23:59', 11), { category: '噪声扰民' }),
    collected('d', at('08:00'), { category: '道路交通' }),
  ])
  expect([...core.board().categories.values()]).toEqual([
    { id: '噪声扰民', category: '噪声扰民', week: 2 },
    { id: '道路交通', category: '道路交通', week: 1 },
  ])
})

it('sorts what was handled by the hours that it took, and counts what came after its time', () => {
  const core = coreOf([
    collected('a', at('08:00')),
    handled('a', at('08:59')),
    collected('b', at('08:00')),
    dispatched('b', at('08:30'), at('09:00')),
    handled('b', at('09:01')),
    collected('c', at('08:00', 13)),
    handled('c', at('08:00', 17)),
  ])
  const week = core.board().durations.get('week')
  expect([week?.hours[0], week?.hours[1], week?.hours[72], week?.late]).toEqual([1, 1, 1, 1])
  expect(week?.hours.reduce((sum, count) => sum + count, 0)).toBe(3)
})

it('tells orders that wait by whole days, and stops counting once residents verified', () => {
  const order = (id: string, stage: 'requested' | 'verified', time: string) =>
    event('order.advanced', time, { order: id, stage })
  const core = coreOf([
    order('a', 'requested', at('13:00', 17)),
    order('b', 'requested', at('12:00', 17)),
    order('c', 'requested', '2026-01-02T08:00:00+08:00'),
    order('d', 'requested', at('08:00', 10)),
    order('d', 'verified', at('08:00', 11)),
  ])
  const days = core.board().orders.get('requested')?.waitingDays
  expect([days?.[0], days?.[1], days?.[8], days?.[30]]).toEqual([1, 1, 0, 1])
})

it('keeps the minutes of each branch by the month, and the members below the hours of the year', () => {
  const recorded = (id: string) =>
    event(
      'organization.recorded',
      at('00:00', 1),
      { name: id, kind: 'branch', group: 'territory', foundedOn: '2001-01-01' },
      id,
    )
  const studied = (id: string, minutes: number, time: string) =>
    event('study.logged', time, { learners: 3, minutes }, id)
  const none = { lost: 0, lostLong: 0, away: 0, quitting: 0, abroad: 0, exempt: 0 }
  const core = coreOf([
    ...['a', 'b', 'c'].map(recorded),
    studied('a', 90, at('08:00')),
    studied('a', 30, at('08:00', 2)),
    event('members.checked', at('08:00'), { ...none, belowHours: 4 }, 'b'),
  ])
  const shown = () => [...core.board().studies.values()]
  expect(shown()).toEqual([
    { id: 'a', minutes: 120, belowHours: null },
    { id: 'b', minutes: 0, belowHours: 4 },
  ])
  core.fold({ add: event('day.began', '2026-07-01T00:00:00+08:00', { day: '2026-07-01' }) })
  core.changes(instantMs('2026-07-01T00:00:00+08:00'))
  expect(shown().map(({ id }) => id)).toEqual(['b'])
})
