/** CPU of one POST, and of one event in a batch of 100, against a bare node:http server that only parses. */
import { spawn } from 'node:child_process'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { branchA, cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, sign, startRelay } from '../support/relay.ts'
import { atMost, cpuSeconds, type BenchRow } from './measure.ts'

interface Load {
  readonly url: string
  readonly bodies: readonly string[]
  readonly headers: (body: string) => Record<string, string>
}

/** Posts every body over 64 kept connections; resolves when the last is answered. */
function drive({ url, bodies, headers }: Load): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  let next = 0
  return new Promise((resolve, reject) => {
    let running = 0
    const more = (): void => {
      const body = bodies[next]
      if (body === undefined) {
        if (running === 0) {
          agent.destroy()
          resolve()
        }
        return
      }
      next += 1
      running += 1
      const length = Buffer.byteLength(body)
      const sent = request(
        url,
        { agent, method: 'POST', headers: { 'content-length': length, ...headers(body) } },
        (res) => {
          if (res.statusCode !== 202) reject(new Error(`answered ${res.statusCode}`))
          res.resume()
          res.on('end', () => {
            running -= 1
            more()
          })
        },
      )
      sent.on('error', reject)
      sent.end(body)
    }
    for (let worker = 0; worker < 64; worker += 1) more()
  })
}

const points = (): Record<string, unknown> =>
  cloudEvent('points.awarded', branchA, { points: 1, reason: 'quiz' })

export async function benchIngest(): Promise<readonly BenchRow[]> {
  const bare = spawn(process.execPath, [join(import.meta.dirname, 'bare-http.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const bareUrl = await new Promise<string>((resolve) =>
    createInterface({ input: bare.stdout }).once('line', (line) =>
      resolve((JSON.parse(line) as { url: string }).url),
    ),
  )
  const relay = await startRelay({ env: { LOG_LEVEL: 'info' } })
  await relay.post(smallCounty())
  const pid = relay.process.pid ?? 0
  const barePid = bare.pid ?? 0

  const rows: BenchRow[] = []
  for (const [name, size, count, target] of [
    ['single POST', 1, 8_000, 1.15],
    ['batch of 100', 100, 150, 1.1],
  ] as const) {
    const type = size === 1 ? 'application/cloudevents+json' : 'application/cloudevents-batch+json'
    const make = (): string =>
      size === 1 ? JSON.stringify(points()) : JSON.stringify(Array.from({ length: size }, points))
    const load = (url: string, bodies: readonly string[]): Load => ({
      url,
      bodies,
      headers: (body) => ({ 'content-type': type, ...sign(relay.dataDir, 'xintian', body) }),
    })
    const url = `${relay.url}/v1/platforms/xintian/events`
    const warm = Math.ceil(count / 10)
    await drive(load(bareUrl, Array.from({ length: warm }, make)))
    await drive(load(url, Array.from({ length: warm }, make)))
    const bodies = Array.from({ length: count }, make)
    const bareBefore = cpuSeconds(barePid)
    await drive(load(bareUrl, bodies))
    const bareCpu = cpuSeconds(barePid) - bareBefore
    const before = cpuSeconds(pid)
    await drive(load(url, bodies))
    const cpu = cpuSeconds(pid) - before
    rows.push(
      atMost(
        `${name}, CPU`,
        'bare node:http that parses JSON',
        `${((cpu / count / size) * 1e6).toFixed(0)} µs an event`,
        cpu / bareCpu,
        target,
      ),
    )
  }
  await relay.end()
  removeDataDir(relay.dataDir)
  bare.kill()
  return rows
}
