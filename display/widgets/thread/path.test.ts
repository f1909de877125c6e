import { expect, test } from 'vitest'
import { layLabels, labelX } from '../map-stage/label-layout.ts'
import { threadPath, type Point } from './path.ts'

const card = { x: 161.2, y: 14.4, w: 17.8, h: 11 }

/** Points along the curve from the card to the flag. */
function course(flag: Point): Point[] {
  const numbers = /C([-\d. ]+)$/.exec(threadPath({ row: null, card, flag, middleX: 120 }))?.[1]
  const [ax = 0, ay = 0, bx = 0, by = 0, x = 0, y = 0] = numbers?.split(' ').map(Number) ?? []
  const start = { x: card.x, y: card.y + card.h / 2 }
  return Array.from({ length: 101 }, (_, i) => {
    const t = i / 100
    const [p, q, r, s] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t ** 3]
    return {
      x: p * start.x + q * ax + r * bx + s * x,
      y: p * start.y + q * ay + r * by + s * y,
    }
  })
}

const seats = Array.from({ length: 13 }, (_, i) => ({ code: `t${i}`, x: i, y: i }))
const rightLabels = layLabels(seats).filter((label) => label.side === 'right')
const leftLabels = layLabels(seats).filter((label) => label.side === 'left')

test('the thread runs from the row through the gutter to the card and ends at the flag', () => {
  const path = threadPath({ row: 73, card, flag: { x: 130, y: 60 }, middleX: 120 })
  expect(path).toMatch(/^M180\.6 73H180\.4V/)
  expect(path).toMatch(/ 130 60$/)
  // One stroke: a second M would draw both halves at once.
  expect(path.match(/M/g)).toHaveLength(1)
})

test('a branch without a place on the stage has a thread to its card only', () => {
  expect(threadPath({ row: 73, card, flag: null, middleX: 120 })).toMatch(/H179$/)
})

test('the thread crosses no township label, wherever the flag stands', () => {
  const flags: Point[] = []
  for (let x = 100; x <= 147; x += 3) for (let y = 18; y <= 96; y += 3) flags.push({ x, y })
  // The racks, left and right.
  for (let x = 81; x <= 99; x += 3) flags.push({ x, y: 97 })
  for (let x = 144; x <= 155; x += 3) flags.push({ x, y: 96 })
  const touches = (label: { readonly y: number }, at: Point, from: number, to: number) =>
    at.x > from && at.x < to && Math.abs(at.y - label.y) < 1.3
  const crossed = flags.filter((flag) =>
    course(flag).some(
      (at) =>
        rightLabels.some((label) => touches(label, at, labelX.right - 9, labelX.right)) ||
        leftLabels.some((label) => touches(label, at, labelX.left, labelX.left + 15)),
    ),
  )
  expect(crossed).toEqual([])
})
