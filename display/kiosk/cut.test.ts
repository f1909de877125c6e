import { expect, it } from 'vitest'
import { windowOf } from './cut.ts'
import { canvasOf } from './screen.ts'

it('lays four windows and the frames between them out as one picture', () => {
  const cut = { columns: 2, rows: 2, column: 2, row: 1, bezel: 20 }
  const picture = windowOf(cut, 1920, 1080)
  expect(picture).toEqual({ width: 3860, height: 2180, x: 1940, y: 0 })
  expect(canvasOf(picture.width, picture.height).widthU).toBeCloseTo(240)
})

it('makes of two windows beside each other a picture of 32:9', () => {
  const cut = { columns: 2, rows: 1, column: 1, row: 1, bezel: 0 }
  const { width, height } = windowOf(cut, 1920, 1080)
  expect(canvasOf(width, height)).toEqual({ u: 8, widthU: 480 })
})
