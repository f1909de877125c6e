/** CPU of one delivered message with 1,000 screens, against bare ws that sends the same bytes and hears the same. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { openClients } from './clients.ts'
import { alternate, count, micro, type Bench, type Part } from './measure.ts'

/** `cpu`: seconds used since the last patches were asked for. */
export type FanoutOrder = 'cpu' | { readonly patches: number }

export interface Server {
  readonly process: ChildProcess
  readonly url: string
  /** Sends so many patches, ten a second; resolves after the last. */
  send(patches: number): Promise<void>
  cpu(): Promise<number>
}

export async function openServer(
  bench: Bench,
  kind: 'ws' | 'relay',
  bytes: number,
): Promise<Server> {
  const child = bench.own(fork(join(import.meta.dirname, 'fanout-child.ts'), [kind, String(bytes)]))
  const [port] = (await once(child, 'message')) as [number]
  const ask = async (order: FanoutOrder): Promise<unknown> => {
    const answer = once(child, 'message')
    child.send(order)
    return ((await answer) as [unknown])[0]
  }
  return {
    process: child,
    url: `http://127.0.0.1:${port}`,
    async send(patches) {
      await ask({ patches })
    },
    cpu: async () => Number(await ask('cpu')),
  }
}

const screens = 1_000
const patches = 20
const rounds = 4
const bytes = 300

export const benchFanout: Part = async (bench) => {
  const side = async (kind: 'ws' | 'relay') => {
    const server = await openServer(bench, kind, bytes)
    const clients = await openClients(bench, { url: server.url, count: screens, kind })
    return async (): Promise<number> => {
      const before = (await clients.report()).received
      await server.send(patches)
      const { received, lost } = await clients.received(before, screens * patches)
      const seconds = await server.cpu()
      if (lost > 0) throw new Error(`${lost} screens lost their connection`)
      return seconds / (received - before)
    }
  }
  bench.say(`opening ${count(screens)} screens on each side`)
  const bare = await side('ws')
  const relay = await side('relay')
  bench.say(`${rounds} rounds of ${patches} patches, ${bytes} bytes each`)
  const { limit, ours, ratio } = await alternate(bench, rounds, bare, relay)
  return [
    {
      name: `fan-out to ${count(screens)} screens, CPU a delivered message`,
      value: micro(ours),
      limit: `bare ws, same frames: ${micro(limit)}`,
      ratio,
      target: { atMost: 1.05 },
    },
  ]
}
