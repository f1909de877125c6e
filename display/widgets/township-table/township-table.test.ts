import { expect, it } from 'vitest'
import type { Row } from '../../../protocol/board.ts'
import { lastActive, perPageOf } from './TownshipTable.tsx'

const today = '2026-01-09'
const branch = (silentDays: number, activeToday = false) =>
  ({ silentDays, activeToday }) as Row<'branches'>

it('says when a branch last met, with the year where it was another', () => {
  expect(lastActive(branch(0, true), today)).toBe('今天')
  expect(lastActive(branch(1), today)).toBe('昨天')
  expect(lastActive(branch(6), today)).toBe('1月3日')
  expect(lastActive(branch(9), today)).toBe('2025年12月31日')
})

it('claims nothing where the audience is not told of silence', () => {
  expect(lastActive(branch(0), today)).toBeNull()
  expect(lastActive(undefined, today)).toBeNull()
})

it('shares the rows out evenly over the pages', () => {
  expect(perPageOf(62, 20)).toBe(16)
  expect(perPageOf(20, 20)).toBe(20)
  expect(perPageOf(21, 20)).toBe(11)
  expect(perPageOf(0, 20)).toBe(1)
})
