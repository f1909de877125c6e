import { expect, it } from 'vitest'
import { mosaicOf } from './mosaic.ts'

const rooms = {
  'of a wall of 16:9': { w: 232, h: 107.1 },
  'of a wall of 21:9': { w: 312, h: 107.1 },
  'for readers far away': { w: 193.3, h: 87.9 },
} as const

it.each(Object.entries(rooms))('four pictures %s stand apart within the place', (_, room) => {
  const tiles = mosaicOf(4, room, 13.7)
  expect(tiles).toHaveLength(4)
  for (const [at, { x, y, w, h }] of tiles.entries()) {
    expect(x + w).toBeLessThanOrEqual(room.w + 0.01)
    expect(y + h).toBeLessThanOrEqual(room.h + 0.01)
    expect(w / h).toBeGreaterThan(1.7)
    expect(w / h).toBeLessThan(2.2)
    for (const other of tiles.slice(at + 1)) {
      const isApart = x + w <= other.x || other.x + other.w <= x || y + h <= other.y
      expect(isApart).toBe(true)
    }
  }
  const [programme, ...others] = tiles
  expect(Math.max(...others.map(({ w }) => w))).toBeLessThan(programme?.w ?? 0)
  // The others reach from edge to edge.
  expect(Math.max(...others.map(({ x, w }) => x + w))).toBeCloseTo(room.w)
  expect(Math.max(...others.map(({ y, h }) => y + h))).toBeCloseTo(room.h)
  expect(programme?.h).toBeLessThanOrEqual(room.h - 13.7)
})

it.each([
  [166, 98.8],
  [138, 79.6],
])('nine pictures in %d × %d are all of 16:9', (w, h) => {
  const tiles = mosaicOf(9, { w, h }, 0)
  expect(tiles).toHaveLength(9)
  for (const tile of tiles) expect(tile.w / tile.h).toBeCloseTo(16 / 9, 1)
  expect(Math.max(...tiles.map(({ y, h: high }) => y + high))).toBeLessThanOrEqual(h + 0.01)
})
