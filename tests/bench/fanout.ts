/** CPU of one delivered message with 1,000 screens, against raw ws sending the same bytes. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { until } from '../support/relay.ts'
import { openClients } from './clients.ts'
import { atMost, cpuSeconds, type BenchRow } from './measure.ts'

const clients = 1_000
const messages = 60

async function side(mode: 'ws' | 'relay'): Promise<number> {
  const child = fork(join(import.meta.dirname, 'fanout-child.ts'), [mode])
  const [port] = (await once(child, 'message')) as [number]
  const screens = await openClients({
    url: `http://127.0.0.1:${port}`,
    count: clients,
    isRelay: mode === 'relay',
  })
  const pid = child.pid ?? 0
  const before = cpuSeconds(pid)
  const startedAt = screens.received()
  child.send(messages)
  await once(child, 'message')
  await until('the last frame', () => screens.received() - startedAt >= clients * messages)
  const used = cpuSeconds(pid) - before
  screens.close()
  child.kill()
  return used / (clients * messages)
}

export async function benchFanout(): Promise<readonly BenchRow[]> {
  const bare = await side('ws')
  const ours = await side('relay')
  return [
    atMost(
      `fan-out to ${clients.toLocaleString('en')} screens, CPU a message`,
      'raw ws, same frames',
      `${(ours * 1e6).toFixed(1)} µs`,
      ours / bare,
      1.05,
    ),
  ]
}
