import { expect, it } from 'vitest'
import type { Row } from '../../../protocol/board.ts'
import { cellsOf, coverageRows, squaresOf } from './coverage.ts'

const row = (
  kind: 'station' | 'house',
  level: 'township' | 'village',
  places: number,
  of: number,
) =>
  ({ id: `${kind}/${level}`, kind, level, stations: places, places, of }) satisfies Row<'stations'>

it('shows the levels from the top down, and none of which nothing is told', () => {
  const rows = coverageRows([
    row('house', 'village', 108, 0),
    row('station', 'village', 90, 100),
    row('station', 'township', 12, 12),
    row('house', 'township', 0, 0),
  ])
  expect(rows.map(({ label }) => label)).toEqual([
    '乡镇(街道)服务站',
    '村(社区)服务站',
    '村(社区)党群互联屋',
  ])
})

it('draws one cell for one village of a county, and for ten of a province, in the room that there is', () => {
  const county = cellsOf([row('station', 'village', 90, 100)], 100, 30)
  expect([county.perCell, county.rows]).toEqual([1, [{ filled: 90, hollow: 10, lines: 5 }]])
  const province = [
    row('station', 'township', 1_406, 1_406),
    row('station', 'village', 14_154, 14_562),
  ]
  const cells = cellsOf(province, 105, 34)
  expect(cells.perCell).toBe(10)
  expect(cells.rows.map(({ filled, hollow }) => [filled, hollow])).toEqual([
    [141, 0],
    [1_415, 41],
  ])
  const height = cells.rows.reduce((sum, { lines }) => sum + lines * cells.pitch, 0)
  expect(height).toBeLessThanOrEqual(34)
})

it('shows the one village that has none, also among ten thousand', () => {
  const { rows } = cellsOf([row('station', 'village', 9_999, 10_000)], 100, 30)
  expect(rows[0]?.hollow).toBe(1)
})

it('draws as many squares as it is asked for', () => {
  expect(squaresOf(2, 5, 2, 1).match(/M/g)).toHaveLength(3)
  expect(squaresOf(5, 5, 2, 1)).toBe('')
})
