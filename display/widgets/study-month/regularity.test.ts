import { expect, it } from 'vitest'
import { regularityOf } from './regularity.ts'

it('does not let a morning pull the mean of whole days down', () => {
  expect(regularityOf([100, 120, 110, 3])).toEqual({ mean: 110, most: 120, least: 100 })
})

it('is nothing where nobody studied', () => {
  expect(regularityOf([])).toBeNull()
  expect(regularityOf([0, 0, 0])).toBeNull()
})
