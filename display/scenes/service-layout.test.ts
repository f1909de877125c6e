import { expect, it } from 'vitest'
import { boardOf } from '../../protocol/apply.ts'
import { fixtureSnapshot } from '../gallery/fixtures.ts'
import { layServices, serviceKinds, servicesOf } from './service-layout.ts'

it.each(serviceKinds.map((_, at) => at + 1))(
  'lets %i services stand apart in one body, and loses none',
  (count) => {
    const places = layServices(serviceKinds.slice(0, count))
    expect(places.flatMap(({ kinds }) => kinds).toSorted()).toEqual(
      serviceKinds.slice(0, count).toSorted(),
    )
    for (const [at, { area }] of places.entries()) {
      const [x, y, w, h] = area
      expect(x + w).toBeLessThanOrEqual(232.001)
      expect(y + h).toBeLessThanOrEqual(115.001)
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
  expect(layServices(['orders'])).toEqual([{ area: [0, 0, 232, 115], kinds: ['orders'] }])
  expect(layServices([])).toEqual([])
})

it('shows only what the division tells of', () => {
  const board = boardOf(fixtureSnapshot())
  const none = new Map()
  expect(servicesOf({ ...board, teams: none, goods: none })).not.toContain('teams')
  expect(servicesOf(board)[0]).toBe('coverage')
  expect(servicesOf({ ...board, stations: none })[0]).toBe('communities')
})
