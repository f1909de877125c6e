import { setTimeout as wait } from 'node:timers/promises'
import { Problem } from '../http/problem.ts'
import { createBackOff, pause } from './back-off.ts'
import { Trouble, type Pulled, type Running, type Source, type Take } from './connector.ts'
import type { HealthBook } from './health.ts'
import type { Marks } from './marks.ts'

const closeMostMs = 3_000

interface Loop {
  readonly source: Source
  readonly marks: Marks
  readonly take: Take
  readonly health: HealthBook
  readonly everyMs: number
  readonly log: { error(fields: object, message: string): void }
}

/** Asks a source again and again: rows → disk → mark, in this order, so that a crash repeats rows and never skips any. */
export function runLoop(loop: Loop): Running {
  const { source, marks, take, health, everyMs } = loop
  const stopping = new AbortController()
  const { signal } = stopping
  const backOff = createBackOff()

  async function run(): Promise<void> {
    let mark: { readonly value: unknown } | undefined
    /** Pulled and not on disk yet: after a failure the same rows are tried again, since not every source can go back. */
    let pulled: Pulled | undefined
    while (!signal.aborted) {
      try {
        mark ??= { value: await marks.read() }
        pulled ??= await unlessAborted(source.pull(mark.value, signal), signal)
        const outcomes = pulled.parcels.length === 0 ? [] : await take(pulled.parcels)
        const next: unknown = await pulled.settle(outcomes)
        if (next !== mark.value) await marks.save(next)
        mark = { value: next }
        const { lag, isMore } = pulled
        pulled = undefined
        health.ok(lag)
        backOff.reset()
        if (!isMore) await pause(everyMs, signal)
      } catch (error) {
        if (signal.aborted) break
        const { state, message, waitMs } = troubleOf(error, loop.log)
        health.trouble(state, message)
        await pause(waitMs ?? backOff.next(), signal)
      }
    }
    health.stopped()
  }
  const ended = run()

  return {
    async stop() {
      stopping.abort()
      await ended
      // A source that has gone silent does not hold up the end of the relay.
      await Promise.race([source.close(), wait(closeMostMs, undefined, { ref: false })])
    },
  }
}

/** What is pulled and not stored yet may be dropped: the mark has not moved. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new Error('stopping'))
    signal.addEventListener('abort', onAbort, { once: true })
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/** What to tell of a failure; what no one foresaw goes to the log with its stack. */
export function troubleOf(error: unknown, log: Loop['log']): Trouble {
  if (error instanceof Trouble) return error
  if (error instanceof Problem)
    return new Trouble('backing-off', `汇聚中心暂时不能入库,稍后自动重试。${error.message}`, {
      cause: error,
      ...(error.retryAfterSeconds === undefined ? {} : { waitMs: error.retryAfterSeconds * 1000 }),
    })
  log.error({ err: error }, 'a connector failed in a way that no one foresaw')
  return new Trouble(
    'backing-off',
    `接入出现意外错误(${error instanceof Error ? error.message : String(error)}),稍后自动重试;详情见日志。`,
    { cause: error },
  )
}
