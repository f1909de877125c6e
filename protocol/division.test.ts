import { expect, it } from 'vitest'
import { above, covers, everywhere } from './division.ts'

it('a province stands above its prefectures and counties, and above no neighbour', () => {
  expect(covers('530000', '530102')).toBe(true)
  expect(covers('530000', '530100')).toBe(true)
  expect(covers('530000', '530000')).toBe(true)
  expect(covers('530000', '350000')).toBe(false)
  expect(covers('530100', '530202')).toBe(false)
  expect(covers('530102', '530100')).toBe(false)
})

it('a prefecture whose number ends in a zero is not taken for its province', () => {
  expect(covers('431000', '431002')).toBe(true)
  expect(covers('431000', '431128')).toBe(false)
  expect(above('431002')).toEqual(['431000', '430000'])
})

it('names what stands above a division, nearest first, and nothing above a province', () => {
  expect(above('530102')).toEqual(['530100', '530000'])
  expect(above('530100')).toEqual(['530000'])
  expect(above('530000')).toEqual([])
  expect(covers(everywhere, '431128')).toBe(true)
})
