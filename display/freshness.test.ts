import { expect, test } from 'vitest'
import { emptyBoard } from '../protocol/apply.ts'
import { ageOf, freshnessOf } from './freshness.ts'
import { fixtureNow as now, sourcesAt } from './gallery/fixtures.ts'

const table = (times: number) => new Map(sourcesAt(now, times).map((row) => [row.id, row]))

test('a feed is fresh up to twice its cadence, late up to ten times, then broken', () => {
  expect(ageOf(table(2), 'dues', now)).toMatchObject({ status: 'ok', text: '10 分钟前' })
  expect(ageOf(table(2.8), 'dues', now)).toMatchObject({ status: 'late', text: '14 分钟前 · 延迟' })
  expect(ageOf(table(10.1), 'dues', now).status).toBe('broken')
  expect(ageOf(new Map(), 'dues', now).status).toBe('none')
})

test('under a relay lost for a minute every figure says until when it held', () => {
  const board = { ...emptyBoard(), sources: table(1) }
  const lost = { board, now, connection: 'lost', lostAt: now - 60_000, isPast: false } as const
  expect(freshnessOf(lost, 'activities')).toMatchObject({
    phase: 'stale',
    isCut: true,
    until: '截至 09:40',
  })
  expect(freshnessOf({ ...lost, lostAt: now - 30_000 }, 'dues').phase).toBe('live')
})

test('of the past every figure says of when it is, whatever was heard of its source since', () => {
  const past = { connection: 'live', lostAt: null, now, isPast: true } as const
  for (const sources of [table(1), table(11), new Map()])
    expect(
      freshnessOf({ ...past, board: { ...emptyBoard(), sources } }, 'dues').mark,
    ).toMatchObject({
      status: 'past',
      text: '数据截至 09:41',
    })
})
