import { expect, it } from 'vitest'
import { nightPlace } from './place.ts'

const evening = Date.parse('2026-06-18T23:00:00+08:00')
const night = Array.from({ length: 420 }, (_, minute) => nightPlace(evening + minute * 60_000))

it('moves the clock every minute, and not in between', () => {
  for (const [minute, { x, y }] of night.entries()) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
    expect(Math.max(x, y)).toBeLessThanOrEqual(1)
    expect(nightPlace(evening + minute * 60_000 + 59_000)).toEqual({ x, y })
    const next = nightPlace(evening + (minute + 1) * 60_000)
    expect(Math.hypot(next.x - x, next.y - y)).toBeGreaterThan(0.03)
  }
})

it('lets it stand in a night nearly everywhere, and nowhere long', () => {
  const visits = new Map<string, number>()
  for (const { x, y } of night) {
    const cell = `${Math.min(9, Math.floor(x * 10))} ${Math.min(9, Math.floor(y * 10))}`
    visits.set(cell, (visits.get(cell) ?? 0) + 1)
  }
  expect(visits.size).toBeGreaterThan(90)
  expect(Math.max(...visits.values())).toBeLessThan(10)
})
