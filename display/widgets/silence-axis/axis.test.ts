import { expect, it } from 'vitest'
import { axisOf, scaleOf, ticksOf, zonesOf, type Quiet } from './axis.ts'

const room = { width: 232, lanes: 8, nameWidth: 17 }
const quiet = (index: number, days: number): Quiet => ({
  id: `b${index}`,
  days,
  level: days >= 90 ? 4 : days >= 60 ? 3 : days >= 30 ? 2 : 0,
})

it('lets no two names touch, with sixty silent branches', () => {
  const branches = Array.from({ length: 60 }, (_, index) => quiet(index, 30 + ((index * 17) % 70)))
  const { marks } = axisOf(branches, [30, 60, 90], room)
  expect(marks).toHaveLength(60)
  const named = marks.filter(({ isNamed }) => isNamed)
  expect(named.length).toBeGreaterThan(40)
  for (const a of named)
    for (const b of named) {
      if (a.id >= b.id || a.lane !== b.lane) continue
      const spanOf = ({ x, isLeft }: typeof a) =>
        isLeft ? [x - room.nameWidth, x + 1.6] : [x - 1.6, x + room.nameWidth]
      const [a0 = 0, a1 = 0] = spanOf(a)
      const [b0 = 0, b1 = 0] = spanOf(b)
      expect(a1 <= b0 || b1 <= a0, `${a.id} and ${b.id}`).toBe(true)
    }
})

it('stays light with 750 silent branches, and counts every one of them', () => {
  const branches = Array.from({ length: 750 }, (_, index) => quiet(index, 30 + (index % 330)))
  const { marks, counts } = axisOf(branches, [30, 60, 90], room)
  expect(counts).toEqual({ 2: 90, 3: 90, 4: 570 })
  expect(marks.length).toBeLessThan(330)
  const covering = marks.filter(({ isNamed }) => !isNamed).map(({ x }) => x)
  expect(covering.length).toBeGreaterThan(100)
  for (const [at, x] of covering.slice(1).entries())
    expect((covering[at] ?? 0) - x).toBeGreaterThanOrEqual(0.5)
  expect(new Set(marks.map(({ level }) => level))).toEqual(new Set([2, 3, 4]))
})

it('counts every calm branch on its day, and shows also the branch of three hundred silent days', () => {
  const { columns, marks, last } = axisOf(
    [quiet(1, 0), quiet(2, 29), quiet(3, 300)],
    [30, 60, 90],
    room,
  )
  expect([columns[0], columns[29], columns.length]).toEqual([1, 1, 30])
  expect(last).toBe(304)
  expect(marks[0]?.x).toBeLessThan(232)
})

it('puts the first silent day at the line', () => {
  const x = scaleOf(30, 100, 232)
  expect([x(0), x(30), x(100)].map(Math.round)).toEqual([0, 70, 232])
})

it('draws the zones where the county’s rules begin, whether or not a branch is in them', () => {
  expect(zonesOf([30, 45, 120], 200)).toEqual([
    { level: 2, from: 30, to: 45 },
    { level: 3, from: 45, to: 120 },
    { level: 4, from: 120, to: 200 },
  ])
  expect(zonesOf([31, 31, 120], 100)).toEqual([{ level: 3, from: 31, to: 100 }])
  expect(zonesOf([], 100)).toEqual([])
})

it('keeps a name within its own zone where there is room on one side', () => {
  const { marks } = axisOf([quiet(1, 57), quiet(2, 62)], [30, 60, 90], room)
  expect(marks.map(({ id, isLeft }) => [id, isLeft])).toEqual([
    ['b2', false],
    ['b1', true],
  ])
})

it('numbers round days and the first day of each level, none beside another', () => {
  expect(ticksOf([31, 60, 90], 104)).toEqual([0, 10, 20, 31, 40, 50, 60, 70, 80, 90, 100])
  expect(ticksOf([46, 60, 92], 104)).toEqual([0, 10, 20, 30, 46, 60, 70, 80, 92, 100])
  expect(ticksOf([31, 60, 90], 304)).toEqual([0, 31, 60, 90, 120, 150, 180, 210, 240, 270, 300])
  expect(ticksOf([31, 60, 90], 5_100)).toEqual([0, 31, 1_000, 2_000, 3_000, 4_000, 5_000])
  for (const last of [104, 191, 400, 2_000, 9_500, 40_000])
    expect(ticksOf([31, 60, 90], last).length, `${last} days`).toBeLessThan(24)
})
