import { expect, it } from 'vitest'
import { placeNames, shortNameOf, type Flag } from './names.ts'

const room = { width: 400, height: 400 }
const flag = (id: string, x: number, y: number, weight = 0): Flag => ({
  id,
  name: '天地山村',
  foot: { x, y },
  height: 20,
  weight,
})

it('names a flag to its right, and to its left where the right is taken', () => {
  const [alone] = placeNames([flag('a', 100, 100)], 10, room)
  expect(alone?.x).toBeGreaterThan(100)
  const [beside] = placeNames([flag('a', 300, 100, 1), flag('b', 330, 100)], 10, room)
  expect(beside?.x).toBeLessThan(300)
})

it('names the heavier of two that have room for one, and lays no name over another', () => {
  const crowd = Array.from({ length: 40 }, (_, index) =>
    flag(
      `f${index}`,
      100 + (index % 8) * 22,
      100 + Math.floor(index / 8) * 20,
      index === 17 ? 9 : 0,
    ),
  )
  const names = placeNames(crowd, 10, room)
  expect(names.length).toBeLessThan(40)
  for (const a of names)
    for (const b of names)
      if (a !== b) expect(Math.abs(a.y - b.y) >= 11.6 || Math.abs(a.x - b.x) >= 40).toBe(true)
})

it('leaves out a name that would leave the map', () => {
  expect(placeNames([flag('a', 200, 10)], 10, { width: 210, height: 12 })).toEqual([])
})

it('says 天地山村 for 天地山村党支部 and leaves 支部 alone', () => {
  expect(shortNameOf('天地山村党支部')).toBe('天地山村')
  expect(shortNameOf('支部')).toBe('支部')
})
