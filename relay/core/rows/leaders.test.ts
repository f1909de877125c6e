import { expect, it } from 'vitest'
import { branch, boardOf, event, teller } from '../sample.ts'
import { createCore } from '../core.ts'

const points = (on: string, amount: number, id = 'a') =>
  event('points.awarded', `${on}T10:00:00`, { points: amount, reason: 'activity' }, id)

it('adds up a leader’s points by weeks of seven days, the last one up to today', () => {
  const board = boardOf(
    [
      branch('a'),
      points('2026-06-18', 5),
      points('2026-06-12', 7),
      points('2026-06-11', 11),
      points('2026-03-27', 13),
      points('2026-03-26', 17),
    ],
    '2026-06-18',
  )
  expect(board.trends.get('a')?.weeks).toEqual([13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11, 12])
})

it('follows the twenty who lead, and nobody without points', () => {
  const ids = Array.from({ length: 25 }, (_, at) => `b${at}`)
  const events = ids.flatMap((id, at) => [branch(id), points('2026-06-10', at, id)])
  const { trends } = boardOf(events, '2026-06-18')
  expect([...trends.keys()].sort()).toEqual(ids.slice(5).sort())
})

it('lets go of a leader who fell behind, and of points that were taken back', () => {
  const tell = teller('431128', 'a')
  const core = createCore({ county: '431128' })
  const award = tell('points.awarded', '2026-06-10T10:00:00', { points: 9, reason: 'activity' })
  core.fold({ add: branch('a') })
  core.fold({ add: award })
  core.changes(Date.parse('2026-06-18T12:00:00+08:00'))
  expect(core.board().trends.get('a')?.weeks.at(-2)).toBe(9)
  core.fold({ remove: award })
  const { deletes } = core.changes(Date.parse('2026-06-18T12:01:00+08:00'))
  expect(deletes.trends).toEqual(['a'])
})

const scored = (member: string, points: number, month = '2026-06', on = '2026-06-10') =>
  event('member.scored', `${on}T21:00:00`, { member, name: '黄*平', month, points }, 'a')

it('ranks members by what each has this month, told last; equal points share a rank', () => {
  const board = boardOf(
    [
      branch('a'),
      scored('m1', 30),
      scored('m1', 40, '2026-06', '2026-06-11'),
      scored('m2', 40),
      scored('m3', 35),
      scored('m4', 90, '2026-05', '2026-05-30'),
    ],
    '2026-06-18',
  )
  const rows = [...board.scores.values()].map(({ id, points, rank }) => [id, points, rank])
  expect(rows).toEqual([
    ['p m1', 40, 1],
    ['p m2', 40, 1],
    ['p m3', 35, 3],
  ])
})

it('keeps the first twenty of many members, and fills up when one of them is taken back', () => {
  const core = createCore({ county: '431128' })
  core.fold({ add: branch('a') })
  const told = Array.from({ length: 130 }, (_, at) => scored(`m${at}`, at))
  for (const add of told) core.fold({ add })
  const points = () => {
    core.changes(Date.parse('2026-06-18T12:00:00+08:00'))
    return [...core.board().scores.values()].map((row) => row.points)
  }
  expect(points()).toEqual(Array.from({ length: 20 }, (_, at) => 129 - at))
  for (const remove of told.slice(-100)) core.fold({ remove })
  expect(points()).toEqual(Array.from({ length: 20 }, (_, at) => 29 - at))
})
