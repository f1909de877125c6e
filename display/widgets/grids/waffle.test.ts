import { expect, it } from 'vitest'
import type { Row } from '../../../protocol/board.ts'
import { busiestOf, waffleOf } from './waffle.ts'

const grid = (index: number, more: Partial<Row<'grids'>> = {}): Row<'grids'> => ({
  id: `g${String(index).padStart(4, '0')}`,
  name: '',
  township: `33082410${index % 7}`,
  open: 0,
  overdue: 0,
  ...more,
})

it('gives each of 749 grids a cell of its own inside its room', () => {
  const { cells, size } = waffleOf(
    Array.from({ length: 749 }, (_, index) => grid(index)),
    60,
    30,
  )
  expect(new Set(cells.map(({ x, y }) => `${x}/${y}`)).size).toBe(749)
  expect(size).toBeGreaterThan(1)
  for (const { x, y } of cells) {
    expect(x + size).toBeLessThanOrEqual(60)
    expect(y + size).toBeLessThanOrEqual(30)
  }
})

it('marks a grid by the worst of its cases, and keeps its place while they come and go', () => {
  const calm = [grid(0), grid(7), grid(14), grid(21)]
  const busy = [
    grid(0),
    grid(7, { open: 1 }),
    grid(14, { open: 2 }),
    grid(21, { open: 3, overdue: 1 }),
  ]
  const states = waffleOf(busy, 4, 4).cells.map(({ state }) => state)
  expect(states).toEqual(['calm', 'open', 'busy', 'overdue'])
  const places = (grids: Row<'grids'>[]) => waffleOf(grids, 4, 4).cells.map(({ x, y }) => [x, y])
  expect(places(busy)).toEqual(places(calm))
})

it('names the townships with the most open cases, and none where nothing is open', () => {
  const grids = [grid(1, { open: 2 }), grid(8, { open: 3 }), grid(2, { open: 4 }), grid(3)]
  expect(busiestOf(grids, 2)).toEqual([
    { township: '330824101', open: 5 },
    { township: '330824102', open: 4 },
  ])
  expect(busiestOf([grid(0)], 2)).toEqual([])
})
