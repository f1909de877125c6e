import { expect, it } from 'vitest'
import type { Row } from '../../../protocol/board.ts'
import { agesOf, lateFrom } from './ages.ts'

const order = (stage: Row<'orders'>['stage'], waitingDays: number[]): Row<'orders'> => ({
  id: stage,
  stage,
  today: 0,
  year: 0,
  waiting: 0,
  oldestSince: null,
  overtime: 0,
  waitingDays,
})

it('adds up the stages day by day, with the first week always there', () => {
  const orders = new Map([
    ['requested', order('requested', [2, 1])],
    ['accepted', order('accepted', [0, 4, 0, 0, 0, 0, 0, 0, 0, 1, 0])],
  ])
  expect(agesOf(orders)).toEqual([2, 5, 0, 0, 0, 0, 0, 0, 0, 1])
  expect(agesOf(new Map())).toHaveLength(7)
})

it('marks as late the oldest, as many as the relay says are', () => {
  const days = [5, 4, 3, 2, 0, 1]
  expect([lateFrom(days, 0), lateFrom(days, 1), lateFrom(days, 3), lateFrom(days, 15)]).toEqual([
    null,
    4,
    3,
    0,
  ])
})
