import { expect, it } from 'vitest'
import { boardOf } from '../../../protocol/apply.ts'
import { noTotals } from '../../../protocol/measures.ts'
import { fixtureSnapshot, fixtureTables } from '../../gallery/fixtures.ts'
import { coverOf } from './cover.ts'

const board = boardOf(fixtureSnapshot())
const [county] = fixtureTables().county ?? []
if (county === undefined) throw new Error('no county')

it('says of how many members away an organisation knows, and how many took part', () => {
  const lines = coverOf(county, undefined, board, 9)
  expect(lines.map(({ id }) => id)).toEqual(['members', 'attached', 'joined', 'contact'])
  expect(lines[1]).toMatchObject({ value: 2_375, note: '占 79.5% · 其余由家乡支部联系' })
  expect(lines[3]).toMatchObject({ value: 0, note: '没有超期未联系的党员', isLate: false })
})

it('counts members out of contact from the warnings, by rule', () => {
  const [one] = board.warnings.values()
  if (one === undefined) throw new Error('no warning')
  const warnings = new Map([
    ['a', { ...one, id: 'a', rule: 'lost' as const, amount: 2 }],
    ['b', { ...one, id: 'b', rule: 'away' as const, amount: 5 }],
    ['c', { ...one, id: 'c', rule: 'silence' as const, amount: 90 }],
  ])
  const line = coverOf(county, undefined, { ...board, warnings }, 9)[3]
  expect(line).toMatchObject({ value: 7, note: '失联 2 · 外出未转接 5', isLate: true })
})

it('adds what else a platform tells, as far as there is room', () => {
  const totals = { ...noTotals('431128'), floatingWilling: 12, floatingExchanges: 90 }
  const ids = coverOf(county, totals, board, 5).map(({ id }) => id)
  expect(ids.at(-1)).toBe('willing')
  expect(ids).toHaveLength(5)
})
