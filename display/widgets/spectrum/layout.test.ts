import { expect, test } from 'vitest'
import { apply, emptyBoard } from '../../../protocol/apply.ts'
import { fixtureTables } from '../../gallery/fixtures.ts'
import { groupsOf, layoutSpectrum, shortName } from './layout.ts'

const board = apply(emptyBoard(), fixtureTables())

test('every branch has its line on the wall, at 4K and at 1080p', () => {
  for (const u of [16, 8]) {
    const { lines, each } = layoutSpectrum(board, 232 * u, u)
    expect(each).toBe(1)
    expect(lines).toHaveLength(852)
    const last = lines.at(-1)
    expect(last && last.x + last.width).toBeLessThanOrEqual(232 * u)
  }
})

test('where a line would be thinner than two pixels one stands for five', () => {
  expect(layoutSpectrum(board, 1_000, 4).each).toBe(5)
})

test('a township is sorted by points with its offline branches last', () => {
  for (const { branches } of groupsOf(board)) {
    const offline = branches.findIndex((branch) => branch.state === 'offline')
    const online = offline < 0 ? branches : branches.slice(0, offline)
    expect(
      online.every(
        (branch, index) => index === 0 || branch.points <= (online[index - 1]?.points ?? 0),
      ),
    ).toBe(true)
    if (offline >= 0)
      expect(branches.slice(offline).every((branch) => branch.state === 'offline')).toBe(true)
  }
})

test('a label shortens to a whole word or is left out', () => {
  expect(shortName('门楼下瑶族乡')).toBe('门楼下')
  const { labels } = layoutSpectrum(board, 232 * 16, 16)
  expect(labels.map((label) => label.text)).toContain('门楼下')
})
