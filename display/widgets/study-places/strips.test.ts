import { expect, it } from 'vitest'
import { stripsOf } from './strips.ts'

it('puts the township whose branches study most on top, and keeps every branch in its strip', () => {
  const strips = stripsOf([
    { id: 'a', place: '金陵镇', minutes: 100 },
    { id: 'b', place: '石羊镇', minutes: 300 },
    { id: 'c', place: '金陵镇', minutes: 200 },
  ])
  expect(strips).toEqual([
    { place: '石羊镇', mean: 300, minutes: [300] },
    { place: '金陵镇', mean: 150, minutes: [100, 200] },
  ])
  expect(stripsOf([])).toEqual([])
})
