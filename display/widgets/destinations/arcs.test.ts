import { expect, it } from 'vitest'
import type { Row } from '../../../protocol/board.ts'
import { arcsOf, dotsOf, gridOf, perDotOf, roomOf, shownOf } from './arcs.ts'

const room = roomOf(172, 77.6)
/** What readers far away see, and what a wall of 21:9 has. */
const others = [roomOf(136, 64), roomOf(231, 77.6)]
const to = (city: string, members: number, attached = 0, joined = 0): Row<'destinations'> => ({
  id: city,
  city,
  members,
  branches: attached > 0 ? 1 : 0,
  attached,
  joined,
  origins: 3,
  hosts: 0,
})
const county = [
  to('广州', 641, 100, 80),
  to('东莞', 1_127, 169, 140),
  to('深圳', 586, 108, 90),
  to('佛山', 214, 40, 40),
  to('长沙', 168, 30, 28),
  to('惠州', 96, 41, 33),
  to('中山', 72),
  to('珠海', 48),
  to('永州', 34),
]

/** Points of the path M x y C …, at `t`. */
function pointOf(path: string, t: number): readonly [number, number] {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = path
    .slice(1)
    .split(/[ C]/)
    .map(Number)
  const mix = (a: number, b: number, c: number, d: number) =>
    (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d
  return [mix(x0, x1, x2, x3), mix(y0, y1, y2, y3)]
}
const samples = Array.from({ length: 201 }, (_, at) => at / 200)

it.each([room, ...others])(
  'lets no arc cross another, and keeps all of them below the title',
  (room) => {
    const { arcs } = arcsOf(county, room)
    /** Height at which an arc stands over a place, on its way. */
    const heightAt = (path: string, x: number) => {
      const t = samples.find((each) => pointOf(path, each)[0] >= x)
      return t === undefined ? Infinity : pointOf(path, t)[1]
    }
    for (const [at, near] of arcs.entries())
      for (const far of arcs.slice(at + 1))
        for (let x = room.start.x + 1; x < near.x - 1; x += 1)
          expect(heightAt(far.path, x), `${far.city} over ${near.city} at ${x}`).toBeLessThan(
            heightAt(near.path, x) + 0.2,
          )
    for (const { path, stroke } of arcs)
      for (const t of samples) expect(pointOf(path, t)[1] - stroke / 2).toBeGreaterThan(0.3)
  },
)

it('stands the largest in the middle, and gathers the tenth city and further ones', () => {
  expect(arcsOf(county, room).arcs.findIndex(({ isWidest }) => isWidest)).toBe(4)
  const shown = shownOf([...county, to('上海', 20), to('杭州', 9, 5, 4)], 9)
  expect(shown).toHaveLength(9)
  expect(shown.at(-1)).toMatchObject({ city: '其他', members: 63, attached: 5, joined: 4 })
})

it.each([room, ...others])('keeps columns apart and within their room', (room) => {
  const { arcs, pitch } = arcsOf(county, room)
  let left = room.from - 0.01
  for (const { x, width, dots } of arcs) {
    expect(x - width / 2).toBeGreaterThanOrEqual(left - 0.01)
    expect(dots.columns * pitch).toBeLessThanOrEqual(width)
    left = x + width / 2
  }
  expect(left).toBeLessThanOrEqual(room.to + 0.01)
})

it('draws one dot for ten members, more for a province, and one at least for a city', () => {
  expect([perDotOf(140), perDotOf(2_986), perDotOf(120_000)]).toEqual([1, 10, 1_000])
  expect(dotsOf(to('东莞', 1_127, 169, 140), 10, 8)).toEqual({
    columns: 15,
    joined: 14,
    attached: 3,
    home: 96,
  })
  expect(dotsOf(to('永州', 2), 10, 8)).toMatchObject({ columns: 1, home: 1 })
})

it('fills the dots of those who took part first', () => {
  const grid = gridOf({ columns: 3, joined: 2, attached: 1, home: 1 })
  expect(grid.map(({ kind }) => kind)).toEqual(['joined', 'joined', 'attached', 'home'])
  expect(grid[3]).toMatchObject({ column: 0, row: 1 })
})
