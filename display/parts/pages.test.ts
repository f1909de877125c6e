import { expect, it } from 'vitest'
import { pageAt, pagesOf } from './pages.ts'

it('turns through all pages of a long list and begins again', () => {
  expect(pagesOf(17, 7)).toBe(3)
  expect([0, 9_999, 10_000, 20_000, 30_000].map((now) => pageAt(now, 3))).toEqual([0, 0, 1, 2, 0])
})

it('has one page for what fits, and for nothing', () => {
  expect([pagesOf(7, 7), pagesOf(0, 7)]).toEqual([1, 1])
  expect(pageAt(123_456_789, 1)).toBe(0)
})
