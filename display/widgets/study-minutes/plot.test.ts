import { expect, it } from 'vitest'
import { plotOf } from './plot.ts'

const many = Array.from({ length: 836 }, (_, index) => (index * 7_919) % 520)

it('gives each of 836 branches a cell of its own inside the plot', () => {
  const { cells, size } = plotOf(many, 130, 36)
  expect(cells).toHaveLength(836)
  expect(new Set(cells.map(({ x, y }) => `${x.toFixed(3)}/${y.toFixed(3)}`)).size).toBe(836)
  for (const { x, y } of cells) {
    expect(x + size).toBeLessThanOrEqual(130)
    expect(y).toBeGreaterThanOrEqual(-1e-9)
    expect(y + size).toBeLessThanOrEqual(36)
  }
})

it('keeps the plot when nobody studied, or one branch far more than all others', () => {
  expect(plotOf([], 130, 36).cells).toEqual([])
  expect(
    Math.min(
      ...plotOf(
        many.map(() => 0),
        130,
        36,
      ).cells.map(({ y }) => y),
    ),
  ).toBeGreaterThanOrEqual(-1e-9)
  expect(plotOf([1, 9_000], 130, 36).ticks.length).toBeLessThanOrEqual(10)
})
