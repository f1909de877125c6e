import { expect, it } from 'vitest'
import { instantMs } from '../../../protocol/time.ts'
import { programmesOf } from './programmes.ts'

const row = (id: string, startsAt: string, minutes = 15) => ({
  id,
  title: '夏都好声音',
  startsAt,
  minutes,
})
const rows = [
  row('c', '2026-06-19T07:00:00+08:00'),
  row('a', '2026-06-18T07:00:00+08:00'),
  row('b', '2026-06-18T12:00:00+08:00'),
]
const at = (clock: string) => instantMs(`2026-06-18T${clock}:00+08:00`)

it('marks what is on and what comes next, in the order of the day', () => {
  const shown = programmesOf(rows, at('12:14'))
  expect(shown.map(({ id, state, when }) => [id, state, when])).toEqual([
    ['a', 'over', '今天 07:00'],
    ['b', 'on', '今天 12:00'],
    ['c', 'next', '明天 07:00'],
  ])
})

it('is over to the minute', () => {
  expect(programmesOf(rows, at('12:15'))[1]?.state).toBe('over')
  expect(programmesOf(rows, at('11:59'))[1]?.state).toBe('next')
})
