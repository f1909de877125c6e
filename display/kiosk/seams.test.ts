import { expect, it } from 'vitest'
import { crosses, seamsOf, stepAside, type Letters, type Piece } from './seams.ts'

const seams = seamsOf({ columns: 3, rows: 3 }, 240, 135, 0)
const piece = (left: number, right: number, top = 20, gaps: readonly number[] = []): Piece => ({
  lines: [{ left, right, top, bottom: top + 2 }],
  gaps,
})
const after = (pieces: readonly Piece[]): readonly { readonly lines: readonly Letters[] }[] => {
  const shifts = stepAside(pieces, seams)
  return pieces.map(({ lines }, at) => ({
    lines: lines.map(({ left, right, top, bottom }) => {
      const { dx, dy } = shifts[at] ?? { dx: 0, dy: 0 }
      return { left: left + dx, right: right + dx, top: top + dy, bottom: bottom + dy }
    }),
  }))
}

it('knows where panels of one size meet, and how wide their frames are', () => {
  expect(seams.x.map(({ from, to }) => (from + to) / 2)).toEqual([80, 160])
  expect(seams.y.map(({ from, to }) => (from + to) / 2)).toEqual([45, 90])
  const framed = seamsOf({ columns: 2, rows: 1 }, 242, 135, 2)
  expect(framed.x).toEqual([{ from: 119.75, to: 122.25 }])
})

it('leaves a text where it is that no seam meets', () => {
  expect(stepAside([piece(4, 60), piece(82, 90)], seams)).toEqual([
    { dx: 0, dy: 0 },
    { dx: 0, dy: 0 },
  ])
})

it('moves a text to the nearer side of a seam, and what stood there makes room', () => {
  const [one] = after([piece(78, 90)])
  expect(one?.lines[0]?.left).toBeCloseTo(80.25)
  const both = after([piece(78, 90), piece(91, 100)])
  expect(both.some((each) => crosses(each, seams))).toBe(false)
  expect(both[1]?.lines[0]?.left).toBeGreaterThan(both[0]?.lines[0]?.right ?? Infinity)
})

it('pushes what a text has come over wholly out of its way, and not by as much as they lap', () => {
  const [seal, line] = after([piece(70, 72), piece(73, 84)])
  expect(line?.lines[0]?.right).toBeCloseTo(79.75)
  expect(seal?.lines[0]?.right).toBeLessThan(line?.lines[0]?.left ?? 0)
})

it('moves a line of text that a seam runs through down, or up where it is nearer', () => {
  expect(after([piece(4, 20, 44.5)])[0]?.lines[0]?.top).toBeCloseTo(45.25)
  expect(after([piece(4, 20, 43.1)])[0]?.lines[0]?.bottom).toBeCloseTo(44.75)
})

it('lets a seam pass between two letters of a title that is too long to step aside', () => {
  // Seven letters of 6 u around the middle of three panels' second seam.
  const title: Piece = piece(139, 181, 20, [145, 151, 157, 163, 169, 175])
  expect(Math.abs(stepAside([title], seams)[0]?.dx ?? 0)).toBeCloseTo(3)
})
