/** The product in a process of its own, on the soak's clock. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { startRelay, type Relay } from '../support/relay.ts'
import type { Pace } from './clock.ts'

export interface SoakRelay {
  readonly url: string
  setPace(pace: Pace): Promise<void>
  /** As leaders see it; `at` an instant, or now. */
  figures(scope: string, at?: string): Promise<Readonly<Record<string, unknown>>>
  rssMb(): number
  /** By SIGTERM unless told. */
  end(signal?: NodeJS.Signals): Promise<void>
}

/** JSON by GET; once more where the relay closed an idle connection at the very moment. Throws with the status. */
export async function ask(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const response = await fetch(url, { headers }).catch(() => fetch(url, { headers }))
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.json()
}

const preload = join(import.meta.dirname, 'clock-child.ts')

/** On a free port unless told. */
export async function startSoakRelay(dataDir: string, pace: Pace, port = 0): Promise<SoakRelay> {
  const relay: Relay = await startRelay({
    dataDir,
    port,
    hasChannel: true,
    env: {
      NODE_OPTIONS: `--max-old-space-size=5000 --import ${preload}`,
      SOAK_PACE: JSON.stringify(pace),
    },
  })
  const { url, process: child } = relay
  const token = readFileSync(join(dataDir, 'operator.token'), 'utf8').trim()
  return {
    url,
    setPace: (next) =>
      new Promise((resolve) => {
        const done = (): void => {
          child.off('message', hear)
          child.off('exit', done)
          resolve()
        }
        const hear = (message: unknown): void => {
          if (typeof message === 'object' && message !== null && 'paced' in message) done()
        }
        child.on('message', hear)
        // A relay that was killed says nothing more.
        child.on('exit', done)
        child.send({ pace: next })
      }),
    async figures(scope, at) {
      const query = at === undefined ? '' : `?at=${encodeURIComponent(at)}`
      const headers = { authorization: `Bearer ${token}` }
      const answer = await ask(`${url}/v1/figures/${scope}${query}`, headers)
      return answer as Readonly<Record<string, unknown>>
    },
    rssMb() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
    },
    end: (signal) => relay.end(signal),
  }
}

/** The log stays: the next start has to make everything from it. */
export function forgetStates(dataDir: string): number {
  const db = new DatabaseSync(join(dataDir, 'journal.sqlite'))
  const { changes } = db.prepare('DELETE FROM snapshots').run()
  db.close()
  return Number(changes)
}
