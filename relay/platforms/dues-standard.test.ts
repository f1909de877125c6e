import { describe, expect, test } from 'vitest'
import { countBelow, duesOwed, type Payer } from './dues-standard.ts'

const owed = (payer: Payer, yuan: number): number =>
  duesOwed(payer, Math.round(yuan * 100)).leastFen / 100

describe('what a member owes a month', () => {
  test.each([
    [0, 0],
    [2_999.99, 14.99],
    [3_000, 15],
    [3_000.01, 30],
    [5_000, 50],
    [5_000.01, 75],
    [10_000, 150],
    [10_000.01, 200],
    [68_000, 1_360],
  ])('of %d yuan of pay after tax is %d yuan (Art. 2)', (pay, due) => {
    expect(owed('waged', pay)).toBe(due)
  })

  test.each([
    [3_000.01, 15],
    [5_000, 25],
    [5_000.01, 50],
    [12_000, 120],
  ])('of %d yuan of pension is %d yuan (Art. 5)', (pension, due) => {
    expect(owed('retired', pension)).toBe(due)
  })

  test('is 0.2 to 1 yuan for farmers and 0.2 yuan for students, whatever they have (Art. 6)', () => {
    expect(duesOwed('farmer', 9_000_000)).toEqual({ leastFen: 20, mostFen: 100 })
    expect(duesOwed('student', 9_000_000)).toEqual({ leastFen: 20, mostFen: 20 })
  })
})

test('a member counts as below from one fen less than is owed, and never for paying more', () => {
  const set = (payer: Payer, pay: number, dues: number) => ({
    payer,
    payFen: Math.round(pay * 100),
    setFen: Math.round(dues * 100),
  })
  const enough = [
    set('waged', 3_000, 15),
    set('waged', 3_000.01, 30),
    set('retired', 5_000, 80),
    set('farmer', 0, 0.2),
    set('farmer', 0, 1),
    set('student', 0, 0.2),
  ]
  const less = [
    set('waged', 3_000, 14.99),
    set('waged', 3_000.01, 15),
    set('retired', 5_000.01, 49.99),
    set('farmer', 0, 0.19),
    set('student', 0, 0),
  ]
  expect(countBelow([...enough, ...less])).toEqual({ members: 11, below: 5 })
  expect(countBelow([])).toEqual({ members: 0, below: 0 })
})
