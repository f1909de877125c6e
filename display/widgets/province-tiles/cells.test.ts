import { describe, expect, it } from 'vitest'
import { cellsOf, perRow, unitOf } from './cells.ts'

describe('the cells of a tile', () => {
  it('stand for 100 branches in a province and for fewer in a prefecture, and fit the largest part', () => {
    expect(unitOf(13_299)).toBe(100)
    expect(unitOf(1_009)).toBe(10)
    expect(unitOf(0)).toBe(1)
    expect(Math.ceil(13_299 / unitOf(13_299) / perRow)).toBeLessThanOrEqual(12)
  })

  it('add up to the branches, and show a handful of silent or offline ones', () => {
    expect(cellsOf({ organizations: 1_440, online: 1_430, silent: 20 }, 100)).toEqual({
      alive: 13,
      silent: 1,
      offline: 1,
    })
    expect(cellsOf({ organizations: 0, online: 0, silent: 0 }, 100)).toEqual({
      alive: 0,
      silent: 0,
      offline: 0,
    })
  })

  it('show offline branches before silent ones where all are both', () => {
    expect(cellsOf({ organizations: 200, online: 0, silent: 200 }, 100)).toEqual({
      alive: 0,
      silent: 0,
      offline: 2,
    })
  })
})
