import { expect, test } from 'vitest'
import { labelHeight, layLabels } from './label-layout.ts'
import { layRoots } from './roots.ts'

// Most seats crowd one corner, as around a county town.
const seats = Array.from({ length: 13 }, (_, i) => ({
  code: `t${i}`,
  x: 112 + i * 0.001,
  y: -26 + (i % 4) * 0.0001,
}))

test('no two township labels overlap, however close their seats are', () => {
  for (const side of ['left', 'right'] as const) {
    const ys = layLabels(seats)
      .filter((l) => l.side === side)
      .map((l) => l.y)
    ys.forEach((y, i) => {
      if (i > 0) expect(y - (ys[i - 1] ?? 0)).toBeGreaterThan(labelHeight)
    })
  }
})

test('thirteen labels stand six left and seven right', () => {
  const labels = layLabels(seats)
  expect(labels.filter((l) => l.side === 'left')).toHaveLength(6)
  expect(labels.filter((l) => l.side === 'right')).toHaveLength(7)
})

const calm = { branches: 1, attached: 0, joined: 0, origins: 0, hosts: 0 }

test('the roots end in at most six nodes and lose no member', () => {
  const cities = new Map(
    Array.from({ length: 9 }, (_, i) => [
      `c${i}`,
      { id: `c${i}`, city: `c${i}`, members: 10 * i, ...calm },
    ]),
  )
  const roots = layRoots(cities)
  expect(roots).toHaveLength(6)
  expect(roots.at(-1)?.city).toBe('其他')
  expect(roots.reduce((n, r) => n + r.members, 0)).toBe(360)
  expect(roots.findIndex((root) => root.widest)).toBe(2)
})
