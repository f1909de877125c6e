import { expect, it } from 'vitest'
import { fixtureNow as now, sourcesAt } from '../../gallery/fixtures.ts'
import { brokenAt, inOrder, lateAt, shareOf } from './rows.ts'

const of = (times: number) => {
  const dues = sourcesAt(now, times).find(({ feed }) => feed === 'dues')
  if (dues === undefined) throw new Error('no dues')
  return shareOf(dues, now)
}

it('leaves the fresh part of the axis after two cadences, and the late one after ten', () => {
  expect([of(0), of(1), of(2)]).toEqual([0, lateAt / 2, lateAt])
  expect(of(2.1)).toBeGreaterThan(lateAt)
  expect(of(10)).toBe(brokenAt)
  expect(of(10.1)).toBeGreaterThan(brokenAt)
  expect(of(500)).toBe(1)
})

it('keeps its order whichever is late', () => {
  const rows = sourcesAt(now, null)
  const [first, second] = inOrder(new Map(rows.toReversed().map((row) => [row.id, row])))
  expect([first?.feed, second?.feed]).toEqual(['organizations', 'activities'])
})
