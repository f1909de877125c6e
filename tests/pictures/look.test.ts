import { expect, test } from 'vitest'
import { differences, lookOf, lowGrey, meanLight, type Picture } from './look.ts'

const [width, height] = [480, 270]
/** Of the level that each pixel has. */
function grey(levelOf: (x: number, y: number) => number): Picture {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let at = 0; at < width * height; at += 1)
    data.set(
      [0, 1, 2].map(() => levelOf(at % width, Math.floor(at / width))),
      at * 4,
    )
  return { width, height, data }
}
/** A block of two cells by one on a dark ground. */
const block = (left: number, level = 200) =>
  lookOf(grey((x, y) => (x >= left && x < left + 20 && y >= 100 && y < 110 ? level : 8)))

test('edges drawn a little lighter are no difference', () => {
  expect(differences(block(100), block(100, 208))).toEqual([])
})

test('what has moved, vanished or changed its colour is one, where it was and where it is', () => {
  expect(differences(block(100), block(110))).toEqual([
    { row: 10, column: 10 },
    { row: 10, column: 12 },
  ])
  expect(differences(block(100), block(-20))).toHaveLength(2)
  expect(differences(block(100), block(100, 160))).toHaveLength(2)
})

test('what is written is told from what is filled to the same mean', () => {
  const filled = lookOf(grey(() => 30))
  const written = lookOf(grey((x) => (x % 4 === 0 ? 120 : 0)))
  expect(differences(filled, written)).toHaveLength(27 * 48)
})

test('a picture that is not kept differs everywhere', () => {
  expect(differences(block(100), [])).toHaveLength(27 * 48)
})

test('half of the pixels white is half of the light; black and white are no low grey', () => {
  const half = grey((x) => (x % 2 === 0 ? 255 : 0))
  expect(meanLight(half)).toBeCloseTo(0.5)
  expect(lowGrey(half)).toBe(0)
  expect(lowGrey(grey((x) => (x % 4 === 0 ? 19 : 20)))).toBeCloseTo(0.25)
})
