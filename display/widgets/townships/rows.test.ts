import { expect, test } from 'vitest'
import { apply, emptyBoard } from '../../../protocol/apply.ts'
import { fixtureTables } from '../../gallery/fixtures.ts'
import { linesOf } from './rows.ts'

test('every branch is counted in one line, the best mean first', () => {
  const lines = linesOf(apply(emptyBoard(), fixtureTables()))
  expect(lines).toHaveLength(16)
  expect(lines.reduce((sum, { organizations }) => sum + organizations, 0)).toBe(852)
  expect(lines.find(({ name }) => name === '金陵镇')).toMatchObject({
    organizations: 62,
    online: 52,
  })
  for (const [index, { mean }] of lines.entries())
    expect(mean).toBeLessThanOrEqual(lines[index - 1]?.mean ?? Infinity)
})
