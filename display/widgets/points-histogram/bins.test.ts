import { expect, it } from 'vitest'
import { plotOf, spreadOf, type Judged } from './bins.ts'

const many = Array.from({ length: 852 }, (_, index): Judged => ({
  points: (index * 7919) % 1_300,
  tier: index < 85 ? 'gold' : index < 300 ? 'silver' : index % 40 === 0 ? 'black' : 'none',
}))

it('gives each of 852 branches a cell of its own inside the plot', () => {
  const { cells, size } = plotOf(many, 232, 26)
  expect(cells).toHaveLength(852)
  expect(new Set(cells.map(({ x, y }) => `${x.toFixed(3)}/${y.toFixed(3)}`)).size).toBe(852)
  for (const { x, y } of cells) {
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + size).toBeLessThanOrEqual(232)
    expect(y).toBeGreaterThanOrEqual(0)
    expect(y + size).toBeLessThanOrEqual(26)
  }
})

it('keeps the plot when all stand at the same points, or below nought, or nobody is there', () => {
  const same = many.map((branch) => ({ ...branch, points: 0 }))
  expect(Math.min(...plotOf(same, 232, 26).cells.map(({ y }) => y))).toBeGreaterThanOrEqual(0)
  const below = plotOf([{ points: -20, tier: 'none' }], 232, 26)
  expect(below.cells[0]?.x).toBe(0)
  expect(plotOf([], 232, 26).cells).toEqual([])
})

it('numbers the axis with at most a dozen round numbers', () => {
  const { ticks } = plotOf(many, 232, 26)
  expect(ticks.length).toBeLessThanOrEqual(14)
  expect(ticks.every(({ label }) => label % 50 === 0)).toBe(true)
})

it('pushes the names of near lists apart and keeps them on the panel', () => {
  const placed = spreadOf([5, 6, 220, 229, 230], 30, 232)
  for (const [index, x] of placed.entries()) {
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + 30).toBeLessThanOrEqual(232)
    if (index > 0) expect(x - (placed[index - 1] ?? 0)).toBeGreaterThanOrEqual(30)
  }
})
