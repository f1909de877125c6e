import { expect, it } from 'vitest'
import { standing } from './layers.ts'

const first = { on: 'overview', all: [{ path: 'overview', come: 'first', fromMs: null }] } as const
const there = (path: string) => ({ path, come: 'there', fromMs: null })
const coming = { scene: 'ranking', fromMs: 5_000 }

it('keeps the scene that is on under one that draws itself, and under it while it fades in', () => {
  const drawn = standing(first, 'overview', coming)
  expect(drawn.all).toEqual([there('overview'), { path: 'ranking', come: 'over', fromMs: 5_000 }])
  expect(standing(drawn, 'overview', coming)).toBe(drawn)
  expect(standing(drawn, 'ranking', null)).toEqual({ ...drawn, on: 'ranking' })
})

it('never puts what was not seen yet in the place of what is', () => {
  const drawn = standing(first, 'overview', coming)
  const instead = { scene: 'warnings', fromMs: 5_300 }
  expect(standing(drawn, 'overview', instead).all.map(({ path }) => path)).toEqual([
    'overview',
    'warnings',
  ])
  expect(standing(drawn, 'overview', null).all).toEqual([there('overview')])
})

it('fades in again what is left and comes back before it has gone', () => {
  const left = standing(first, 'ranking', null)
  expect(standing(left, 'overview', null).all).toEqual([
    there('ranking'),
    { path: 'overview', come: 'over', fromMs: null },
  ])
})

it('moves the fade of a scene that comes at another instant than it was to', () => {
  const drawn = standing(first, 'overview', coming)
  const later = standing(drawn, 'overview', { ...coming, fromMs: 5_200 })
  expect(later.all.map(({ fromMs }) => fromMs)).toEqual([null, 5_200])
})
