import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSlices } from './slices.ts'

/** Jobs take as many steps of one millisecond as they still weigh. */
interface Job {
  readonly name: string
  left: number
}
let nowMs: number
let done: string[]
/** Milliseconds of work in one go, and of rest after it. */
let slices: (readonly [work: number, rest: number])[]

function start(then: (job: Job) => void = () => undefined) {
  return createSlices<Job>({
    weigh: (job) => job.left,
    step(job) {
      nowMs += 1
      job.left -= 1
      return job.left === 0
    },
    finish(job) {
      done.push(job.name)
      then(job)
    },
    sliceMs: 10,
    clock: () => nowMs,
  })
}

/** Turns the loop until it stands still. */
async function turn(): Promise<void> {
  while (vi.getTimerCount() > 0) {
    const from = nowMs
    const before = Date.now()
    await vi.advanceTimersToNextTimerAsync()
    slices.push([nowMs - from, Date.now() - before])
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  nowMs = 0
  done = []
  slices = []
})
afterEach(() => void vi.useRealTimers())

test('a long job is done in slices, with as long a rest after each', async () => {
  start().add({ name: 'a', left: 35 })
  await turn()
  expect(slices.map(([work]) => work)).toEqual([10, 10, 10, 5])
  expect(slices.map(([, rest]) => rest)).toEqual([0, 10, 10, 10])
  expect(done).toEqual(['a'])
})

test('the lightest job goes first, and one that was begun is not left half done', async () => {
  const { add, has } = start()
  const province = { name: 'province', left: 100 }
  for (const job of [province, { name: 'county', left: 20 }, { name: 'town', left: 3 }]) add(job)
  await vi.advanceTimersToNextTimerAsync()
  expect(done).toEqual(['town'])
  expect(has(province)).toBe(true)
  await vi.advanceTimersToNextTimerAsync()
  add({ name: 'village', left: 1 })
  await turn()
  expect(done).toEqual(['town', 'county', 'village', 'province'])
  expect(has(province)).toBe(false)
})

test('it is calm when no job is left, also none that the end of another began', async () => {
  const again = { name: 'again', left: 25 }
  const { add, calm } = start(({ name }) => {
    if (name === 'one') add(again)
  })
  await calm()
  const one = { name: 'one', left: 15 }
  add(one)
  const left = calm().then(() => [one.left, again.left])
  await turn()
  expect(await left).toEqual([0, 0])
  expect(slices.map(([work]) => work)).toEqual([10, 5, 10, 10, 5])
  expect(slices.map(([, rest]) => rest)).toEqual([0, 10, 5, 10, 10])
})
