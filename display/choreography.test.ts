import { expect, test } from 'vitest'
import { advance, arrive, burst, emptyStage, type Arrival } from './choreography.ts'

const one = (id: string): Arrival => ({ id, organization: `o-${id}` })

test('fifty arrivals at once draw one thread that says +49', () => {
  const stage = arrive(
    emptyStage,
    Array.from({ length: 50 }, (_, index) => one(String(index))),
    1_000,
  )
  expect(stage.current).toMatchObject({ id: '0', more: 49, seq: 1 })
  expect(stage.waiting).toHaveLength(0)
})

test('an arrival after 600 ms waits until the thread has settled', () => {
  let stage = arrive(arrive(emptyStage, [one('a')], 0), [one('b')], 700)
  expect(stage.current?.id).toBe('a')
  stage = advance(stage, 4_900)
  expect(stage.current?.id).toBe('a')
  stage = advance(stage, 5_000)
  expect(stage.current?.id).toBe('b')
  expect(advance(stage, 12_200).current).toBeNull()
})

test('no more than twelve sequences start in a minute', () => {
  let stage = emptyStage
  for (let now = 0; now < 60_000; now += 700)
    stage = advance(arrive(stage, [one(String(now))], now), now)
  expect(stage.seq).toBeLessThanOrEqual(12)
})

test('more than sixty arrivals in a minute are shown as a number', () => {
  const stage = arrive(
    emptyStage,
    Array.from({ length: 61 }, (_, index) => one(String(index))),
    0,
  )
  expect(burst(stage, 1_000)).toBe(61)
  expect(burst(stage, 61_000)).toBeNull()
})
