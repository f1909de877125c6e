import { expect, it } from 'vitest'
import type { Row } from '../../../protocol/board.ts'
import { monthOf } from './month.ts'

const daily = (rows: Partial<Record<Row<'daily'>['series'], number[]>>) =>
  new Map(
    Object.entries(rows).map(([id, values]) => [
      id,
      { id, series: id as Row<'daily'>['series'], values },
    ]),
  )

it('sets what was closed beside what came in, day by day', () => {
  expect(monthOf(daily({ casesCollected: [9, 8], casesHandled: [7, 9], orders: [1, 1] }))).toEqual({
    kind: 'cases',
    days: [
      [9, 7],
      [8, 9],
    ],
    sums: [17, 16],
  })
})

it('shows orders where no case is told of, and nothing where neither is', () => {
  expect(monthOf(daily({ casesCollected: [0, 0], orders: [3, 4] }))).toMatchObject({
    kind: 'orders',
    sums: [7],
  })
  expect(monthOf(daily({ casesCollected: [0], casesHandled: [0], orders: [0] }))).toBeNull()
  expect(monthOf(new Map())).toBeNull()
})
