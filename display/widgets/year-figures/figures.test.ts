import { expect, it } from 'vitest'
import { noTotals } from '../../../protocol/measures.ts'
import { complaintsChange, figuresOf } from './figures.ts'

const none = new Map()
const told = (totals: object) =>
  figuresOf({ ...noTotals('330824'), ...totals }, none).map(({ name, value }) => [name, value])

it('tells of cases where the platforms tell of them, and of orders elsewhere', () => {
  const orders = { ordersRequested: 200, ordersVerified: 180, ordersResolved: 90 }
  const cases = { casesCollected: 1_000, casesDisposed: 990, casesOverdue: 3 }
  expect(told({ ...orders, ...cases })).toEqual([
    ['受理', 1_000],
    ['办结率', 99],
    ['满意率', 50],
    ['超时', 3],
  ])
  expect(told(orders)).toEqual([
    ['今年单数', 200],
    ['办结率', 90],
    ['满意率', 50],
    ['超时', 0],
  ])
})

it('has no rate of satisfaction where residents are not asked, and no figure where nothing is told', () => {
  expect(told({ ordersRequested: 7_641, ordersVerified: 7_512 }).map(([name]) => name)).toEqual([
    '今年单数',
    '办结率',
    '超时',
  ])
  expect(told({})).toEqual([])
  expect(figuresOf(undefined, none)).toEqual([])
})

it('compares complaints with the same months of the year before, where both are told', () => {
  const of = (complaints: number, complaintsBefore: number) =>
    complaintsChange({ ...noTotals('330824'), complaints, complaintsBefore })
  expect([of(81, 100), of(120, 100), of(5, 0)]).toEqual([-19, 20, null])
})
