import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Problem } from '../http/problem.ts'
import { Trouble, type Outcome, type Parcel, type Pulled } from './connector.ts'
import { createHealth } from './health.ts'
import { openMarks } from './marks.ts'
import { runLoop } from './pull-loop.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flagwall-loop-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const stored: Outcome = { accepted: 1, duplicate: 0, refused: [] }

/** Starts a loop over the steps of a source; `finished` when no step is left. */
function start(
  pulls: readonly (() => Pulled)[],
  take: (parcels: readonly Parcel[]) => Promise<readonly Outcome[]>,
) {
  const health = createHealth(
    { name: 'grid', platform: 'p', kind: 'table' },
    () => 0,
    (text) => text.replaceAll('geheim', '•••'),
  )
  const logged: string[] = []
  const marks: unknown[] = []
  let step = 0
  let finish: () => void = () => undefined
  const finished = new Promise<void>((resolve) => (finish = resolve))
  let closed = 0
  const loop = runLoop({
    source: {
      pull(mark) {
        marks.push(mark)
        const next = pulls[step++]
        if (next !== undefined) return Promise.resolve().then(next)
        finish()
        return new Promise(() => undefined)
      },
      close: () => Promise.resolve(void (closed += 1)),
    },
    marks: openMarks(folder, 'grid', 'outbox'),
    take,
    health,
    everyMs: 1,
    log: { error: (_fields, message) => logged.push(message) },
  })
  return { loop, health, marks, logged, finished, closed: () => closed }
}

async function run(...steps: Parameters<typeof start>) {
  const started = start(...steps)
  await started.finished
  return started
}

const pulledOf = (id: number): Pulled => ({
  parcels: [{ where: `id ${id}`, body: id }],
  settle: () => ({ id }),
  isMore: true,
})

test('the mark is saved after the rows are on disk, and never when they are not', async () => {
  const saved: string[] = []
  const markNow = () => {
    try {
      return readFileSync(join(folder, 'marks', 'grid.json'), 'utf8')
    } catch {
      return 'none'
    }
  }
  let tries = 0
  const { marks, health } = await run([() => pulledOf(1), () => pulledOf(2)], () => {
    saved.push(markNow())
    tries += 1
    // The disk is full once: the same rows are tried again, and the source is not asked for others.
    if (tries === 2) return Promise.reject(new Problem(503, 'full', { retryAfterSeconds: 0.001 }))
    return Promise.resolve([stored])
  })
  expect(saved.map((text) => /"id":(\d)/.exec(text)?.[1])).toEqual([undefined, '1', '1'])
  expect(marks).toEqual([undefined, { id: 1 }, { id: 2 }])
  expect(health.read()).toMatchObject({
    state: 'running',
    lastError: expect.stringMatching(/^汇聚中心暂时不能入库.*full$/) as string,
  })
})

test('a failure that no one foresaw goes to the log, and the source is tried again', async () => {
  const { health, logged } = await run(
    [
      () => {
        throw new TypeError('geheim is not a function')
      },
      () => pulledOf(1),
    ],
    () => Promise.resolve([stored]),
  )
  expect(logged).toHaveLength(1)
  expect(health.read().lastError).toMatch(/^接入出现意外错误\(••• is not a function\)/)
  expect(health.read().state).toBe('running')
})

test('trouble is told until the source answers again', async () => {
  const { health, marks } = await run(
    [
      () => {
        throw new Trouble('misconfigured', 'no such table', { waitMs: 1 })
      },
    ],
    () => Promise.resolve([stored]),
  )
  expect(health.read()).toMatchObject({ state: 'misconfigured', lastError: 'no such table' })
  expect(marks).toEqual([undefined, undefined])
})

test('stopping does not wait for a source that has gone silent, and lets it go', async () => {
  const { loop, health, closed } = await run([], () => Promise.resolve([]))
  await loop.stop()
  expect([health.read().state, closed()]).toEqual(['stopped', 1])
})

test('stopping waits until what was taken is on disk and marked', async () => {
  let store: (outcomes: readonly Outcome[]) => void = () => undefined
  let isTaken: () => void = () => undefined
  const taken = new Promise<void>((resolve) => (isTaken = resolve))
  const { loop } = start([() => pulledOf(1)], () => {
    isTaken()
    return new Promise((keep) => (store = keep))
  })
  await taken
  const stopped = loop.stop()
  store([stored])
  await stopped
  expect(await openMarks(folder, 'grid', 'outbox').read()).toEqual({ id: 1 })
})
