import { expect, it } from 'vitest'
import type { Row } from '../../../protocol/board.ts'
import { belowOf } from '../../parts/minutes.ts'
import { upcoming, waysOf } from './ways.ts'

const table = <T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> =>
  new Map(rows.map((row) => [row.id, row]))

it('shows only the ways of studying that the platforms tell of', () => {
  const daily = table<Row<'daily'>>([
    { id: 'reflections', series: 'reflections', values: [3, 4] },
    { id: 'quizParticipants', series: 'quizParticipants', values: [0, 0] },
    { id: 'visits', series: 'visits', values: [9, 9] },
  ])
  expect(waysOf(daily)).toEqual([
    { series: 'reflections', name: '心得', unit: '篇', days: [3, 4], today: 4, sum: 7 },
  ])
  expect(waysOf(new Map())).toEqual([])
})

it('adds up the members below the hours of the year, and says nothing where nobody counts them', () => {
  const studies = table<Row<'studies'>>([
    { id: 'a', minutes: 100, belowHours: 4 },
    { id: 'b', minutes: 100, belowHours: 0 },
    { id: 'c', minutes: 100, belowHours: null },
  ])
  expect(belowOf(studies)).toEqual({ members: 4, branches: 1, counted: 2 })
  expect(belowOf(table([{ id: 'c', minutes: 100, belowHours: null }]))).toBeNull()
})

it('tells the next programmes of the day, and the first ones again when the last is over', () => {
  const at = (id: string, hour: string) => ({
    id,
    title: id,
    startsAt: `2026-06-18T${hour}:00:00+08:00`,
    minutes: 15,
  })
  const programmes = table([at('c', '18'), at('a', '07'), at('b', '12')])
  const next = (now: string) =>
    upcoming(programmes, `2026-06-18T${now}+08:00`, 2).map(({ id }) => id)
  expect(next('09:41:26')).toEqual(['b', 'c'])
  expect(next('18:00:01')).toEqual(['a', 'b'])
})
