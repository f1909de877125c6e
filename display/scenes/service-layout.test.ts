import { expect, it } from 'vitest'
import { boardOf } from '../../protocol/apply.ts'
import { fixtureSnapshot } from '../gallery/fixtures.ts'
import { layServices, serviceKinds, servicesOf } from './service-layout.ts'

const body = { w: 232, h: 115 }
/** Of a wall of 21:9, and for readers far away. */
const bodies = [body, { w: 312, h: 115 }, { w: 193.3, h: 95.8 }]
const cases = bodies.flatMap((room) =>
  serviceKinds.map((_, at) => ({ room, count: at + 1, of: `${room.w} × ${room.h}` })),
)

it.each(cases)(
  'lets $count services stand apart in one body of $of, and loses none',
  ({ room, count }) => {
    const places = layServices(serviceKinds.slice(0, count), room)
    expect(places.flatMap(({ kinds }) => kinds).toSorted()).toEqual(
      serviceKinds.slice(0, count).toSorted(),
    )
    for (const [at, { area }] of places.entries()) {
      const [x, y, w, h] = area
      expect(x + w).toBeLessThanOrEqual(room.w + 0.001)
      expect(y + h).toBeLessThanOrEqual(room.h + 0.001)
      expect(Math.min(w, h)).toBeGreaterThan(30)
      for (const other of places.slice(at + 1)) {
        const [ox, oy, ow, oh] = other.area
        const isApart = x + w < ox || ox + ow < x || y + h < oy || oy + oh < y
        expect(isApart, `${area.join()} and ${other.area.join()}`).toBe(true)
      }
    }
  },
)

it('gives the whole body to the one service that there is', () => {
  expect(layServices(['orders'], body)).toEqual([{ area: [0, 0, 232, 115], kinds: ['orders'] }])
  expect(layServices([], body)).toEqual([])
})

it('shows only what the division tells of', () => {
  const board = boardOf(fixtureSnapshot())
  const none = new Map()
  expect(servicesOf({ ...board, teams: none, goods: none })).not.toContain('teams')
  expect(servicesOf(board)[0]).toBe('coverage')
  expect(servicesOf({ ...board, stations: none })[0]).toBe('communities')
})
