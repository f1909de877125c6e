import { expect, it } from 'vitest'
import { noTotals } from '../../../protocol/measures.ts'
import { resultsOf } from './results.ts'

it('says what came of the services, and nothing of what nobody told', () => {
  const totals = { ...noTotals('340104'), visits: 12_667, visitsFound: 3_716, visitsSolved: 3_345 }
  expect(resultsOf(totals)).toMatchObject([
    { id: 'visits', value: 12_667, note: '发现问题 3,716 件 · 解决 90.0%' },
  ])
  expect(resultsOf(noTotals('340104'))).toEqual([])
})

it('gives the mean of the ratings', () => {
  const [line] = resultsOf({ ...noTotals('530000'), ratings: 4, ratingScore: 19 })
  expect(line).toMatchObject({ id: 'score', value: 4.75, decimals: 2 })
})
