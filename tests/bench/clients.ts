import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { until } from '../support/relay.ts'
import type { Bench } from './measure.ts'

/** What a process of clients is asked to open. `ws` receives the same frames from a bare server. */
export interface ClientsOrder {
  readonly url: string
  readonly count: number
  readonly kind: 'ws' | 'relay'
}
export interface ClientsReport {
  /** Frames of all clients together. */
  readonly received: number
  readonly lost: number
  /** Of the first clients: [version, ms of the machine's monotonic clock]. */
  readonly arrivals: readonly (readonly [version: number, atMs: number])[]
}
export interface Clients {
  readonly process: ChildProcess
  report(): Promise<ClientsReport>
  /** Resolves when this many frames more have arrived than `before`, or none came for 5 s. */
  received(before: number, frames: number): Promise<ClientsReport>
}

/** Resolves when every client follows. */
export async function openClients(bench: Bench, order: ClientsOrder): Promise<Clients> {
  const child = bench.own(fork(join(import.meta.dirname, 'clients-child.ts')))
  const ready = once(child, 'message')
  child.send(order)
  await ready
  const report = async (): Promise<ClientsReport> => {
    const answer = once(child, 'message')
    child.send('report')
    const [told] = (await answer) as [ClientsReport]
    return told
  }
  return {
    process: child,
    report,
    async received(before, frames) {
      let last = await report()
      let changedAt = performance.now()
      return until(
        'the last frame',
        async () => {
          const next = await report()
          if (next.received > last.received) changedAt = performance.now()
          last = next
          const isStalled = performance.now() - changedAt > 5_000
          return (next.received - before >= frames || isStalled) && next
        },
        30_000,
      )
    },
  }
}
