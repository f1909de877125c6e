import { expect, it } from 'vitest'
import { boardOf } from '../../../protocol/apply.ts'
import { fixtureSnapshot } from '../../gallery/fixtures.ts'
import { floatingRowsOf, lastWords } from './rows.ts'

it('lists the committees first, then the branches by points', () => {
  const rows = floatingRowsOf(boardOf(fixtureSnapshot()))
  expect(rows).toHaveLength(16)
  expect(rows.slice(0, 2).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['驻东莞流动党委', '驻广州流动党委']),
  )
  expect(rows[2]?.name).toBe('驻东莞第三流动党支部')
})

it('names today and yesterday, and says so where nothing was ever held', () => {
  expect(lastWords('2026-06-18', '2026-06-18')).toBe('今天')
  expect(lastWords('2026-05-31', '2026-06-01')).toBe('昨天')
  expect(lastWords('2026-05-30', '2026-06-01')).toBe('5 月 30 日')
  expect(lastWords(null, '2026-06-01')).toBe('尚无活动')
})
