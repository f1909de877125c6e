import { expect, it } from 'vitest'
import { sceneIds } from '../../protocol/county-file.ts'
import { everyDay, turnsAt } from '../director/plan.ts'
import { wholeWall } from '../kiosk/cut.ts'
import { planFor, shapeOf } from './obeyed.ts'

const asked = { cut: wholeWall, panels: null, wall: 'wall', mistake: null }
const size = { wall: 'hall', grid: [3, 2], part: [2, 1], bezel: 12, seams: null } as const
const rotation = [...sceneIds.map((id) => ({ id, seconds: 30 })), { id: 'night', seconds: 60 }]
const at = (clock: string): number => Date.parse(`2026-06-18T${clock}:00+08:00`)
const ids = (plan: ReturnType<typeof planFor>, clock: string) =>
  turnsAt(rotation, plan, at(clock)).map(({ id }) => id)

it('takes the part of the wall that it is set to, and its panels; else what the address says', () => {
  expect(shapeOf({ size: { ...size, grid: [3, 2], part: [2, 1] } }, asked)).toEqual({
    wall: 'hall',
    mistake: null,
    cut: { columns: 3, rows: 2, column: 2, row: 1, bezel: 12 },
    panels: { columns: 3, rows: 2 },
  })
  expect(
    shapeOf({ size: { ...size, grid: [1, 1], part: [1, 1], seams: [4, 4] } }, asked),
  ).toMatchObject({ cut: wholeWall, panels: { columns: 4, rows: 4 } })
  expect(shapeOf({ size: null }, asked)).toBe(asked)
  expect(shapeOf(null, asked)).toBe(asked)
})

it('shows the scenes that it is set to in their order, and rests from minute to minute', () => {
  const plan = planFor(
    { scenes: ['video', 'overview'], sleep: { from: '21:30', to: '06:30' } },
    everyDay,
  )
  expect(ids(plan, '21:29')).toEqual(['video', 'overview'])
  expect(ids(plan, '21:30')).toEqual(['night'])
  expect(ids(plan, '06:29')).toEqual(['night'])
  expect(ids(plan, '06:30')).toEqual(['video', 'overview'])
  expect(ids(planFor({ scenes: [], sleep: null }, everyDay), '12:00')).toEqual([...sceneIds])
  expect(ids(planFor({ scenes: [], sleep: null }, everyDay), '23:30')).toEqual(['night'])
})

it('goes on with everything where its scenes are none of this division', () => {
  const plan = planFor({ scenes: ['gone'], sleep: null }, everyDay)
  expect(ids(plan, '12:00')).toEqual([...sceneIds])
})
