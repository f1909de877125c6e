import { expect, it } from 'vitest'
import type { Row } from '../../../protocol/board.ts'
import { instantMs, toInstant } from '../../../protocol/time.ts'
import { ageingOf } from './ageing.ts'

const now = instantMs('2026-06-18T09:41:26+08:00')
const hourMs = 3_600_000
const open = (id: string, hoursLeft: number | null): Row<'cases'> => ({
  id,
  stage: hoursLeft === null ? 'collected' : 'dispatched',
  category: '',
  intake: '',
  grid: '',
  since: toInstant(now - hourMs),
  dueAt: hoursLeft === null ? null : toInstant(now + hoursLeft * hourMs),
})

it('gives each open case that has a time a cell of its own on the axis, the next to be due at the right', () => {
  const cases = Array.from({ length: 60 }, (_, index) => open(`c${index}`, (index % 12) * 4 + 0.5))
  const { cells, size } = ageingOf(cases, now, 120, 24)
  expect(new Set(cells.map(({ x, y }) => `${x}/${y}`)).size).toBe(60)
  for (const { x, y } of cells) {
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + size).toBeLessThanOrEqual(120)
    expect(y).toBeGreaterThanOrEqual(0)
    expect(y + size).toBeLessThanOrEqual(24)
  }
  const at = (id: string) => cells.find((cell) => cell.id === id)?.x ?? 0
  expect(at('c0')).toBeGreaterThan(at('c11'))
})

it('keeps what is past its time apart, the longest first, and counts what has no time yet', () => {
  const { overdue, undated, cells } = ageingOf(
    [open('a', -2), open('b', 3), open('c', -26), open('d', null)],
    now,
    120,
    24,
  )
  expect(overdue.map(({ id }) => id)).toEqual(['c', 'a'])
  expect(undated).toBe(1)
  expect(cells.map(({ id }) => id)).toEqual(['b'])
})

it('numbers the hours from the most to the least, also while nothing is open', () => {
  expect(ageingOf([open('a', 40)], now, 120, 24).ticks.map(({ label }) => label)).toEqual([
    48, 40, 32, 24, 16, 8,
  ])
  const empty = ageingOf([], now, 120, 24)
  expect(empty.cells).toEqual([])
  expect(empty.ticks[0]?.label).toBe(6)
})
