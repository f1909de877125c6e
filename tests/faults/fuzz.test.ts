import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { branchA, cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, type Relay } from '../support/relay.ts'
import { badRequest, rawRequests, type BadRequest } from './bad-requests.ts'
import { seeded } from './plan.ts'

const count = Number(process.env['FUZZ'] ?? 2_000)
const seed = Number(process.env['SEED'] ?? 20260301)
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** The status, or undefined when the relay hung up. */
function send(
  url: string,
  { method, path, headers, body }: BadRequest,
): Promise<number | undefined> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const bodyless = method === 'GET' || method === 'HEAD'
    const all = bodyless ? headers : { ...headers, 'content-length': String(body.length) }
    const sent = request({ hostname, port, method, path, headers: all, agent }, (response) => {
      response.resume()
      response.on('close', () => resolve(response.statusCode))
    })
    sent.on('upgrade', (_response, socket) => {
      socket.destroy()
      resolve(101)
    })
    sent.on('error', () => resolve(undefined))
    sent.end(body)
  })
}

/** The answer's first line, or what there was of it within a second. */
function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    let answer = ''
    const finish = (): void => {
      socket.destroy()
      resolve(answer.split('\r\n')[0] ?? '')
    }
    socket.setTimeout(1_000, finish)
    socket.on('data', (bytes) => (answer += bytes.toString('latin1')))
    socket.on('close', finish).on('error', finish)
    socket.write(text, 'latin1')
  })
}

/** A body that begins and never ends. */
function stall(url: string): () => void {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.write(
    'POST /v1/platforms/xintian/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/cloudevents+json\r\nContent-Length: 1000\r\n\r\n{',
  )
  return () => socket.destroy()
}

function secretOf({ dataDir }: Relay): Buffer {
  const { keys } = JSON.parse(readFileSync(join(dataDir, 'keys.json'), 'utf8')) as {
    keys: readonly { platform: string; secret: string }[]
  }
  const secret = keys.find(({ platform }) => platform === 'xintian')?.secret ?? ''
  return Buffer.from(secret.replace('whsec_', ''), 'base64')
}

it(
  `answers ${count} bad requests, never as its own fault, and serves on (seed ${seed})`,
  async () => {
    let relay = await startRelay()
    const secret = secretOf(relay)
    const random = seeded(seed)
    const statuses = new Map<string, number>()
    const faults: string[] = []
    expect((await relay.post(smallCounty())).status).toBe(202)

    const stalled = Array.from({ length: 20 }, () => stall(relay.url))
    let next = 0
    async function sendSome(): Promise<void> {
      while (next < count) {
        next += 1
        const bad = badRequest(random, next, secret, Date.now())
        const status = await send(relay.url, bad)
        const key = String(status ?? 'hung up')
        statuses.set(key, (statuses.get(key) ?? 0) + 1)
        if (status !== undefined && status >= 500)
          faults.push(`${status} for ${bad.name}: ${bad.path} ${bad.body.toString().slice(0, 300)}`)
      }
    }
    await Promise.all(Array.from({ length: 64 }, sendSome))
    for (const text of rawRequests) {
      const line = await sendRaw(relay.url, text)
      if (/^HTTP\/1.1 5/.test(line)) faults.push(`${line} for ${text.slice(0, 80)}`)
    }
    for (const end of stalled) end()

    expect(faults.slice(0, 5)).toEqual([])
    expect(relay.process.exitCode).toBeNull()
    // Bad requests of every sort were among them, and most got as far as the event itself.
    for (const status of ['400', '401', '404', '405', '413', '415', '422', '202'])
      expect([status, statuses.get(status) ?? 0]).not.toEqual([status, 0])
    expect(statuses.get('422')).toBeGreaterThan(count / 5)
    expect(statuses.get('hung up') ?? 0).toBeLessThan(count / 50)
    console.log(`${count} bad requests by answer:`, Object.fromEntries(statuses))

    // What was kept of them can be read, what was accepted can be replayed, and a good event still counts.
    const token = readFileSync(join(relay.dataDir, 'operator.token'), 'utf8').trim()
    const authorization = `Bearer ${token}`
    const listed = await fetch(`${relay.url}/v1/refusals?limit=500`, { headers: { authorization } })
    expect(listed.status).toBe(200)
    expect(((await listed.json()) as { refusals: unknown[] }).refusals).toHaveLength(500)
    await relay.end('SIGKILL')
    relay = await startRelay({ dataDir: relay.dataDir })
    const good = cloudEvent('points.awarded', branchA, { points: 1, reason: 'quiz' })
    expect((await relay.post([good])).status).toBe(202)
    await relay.end()
    removeDataDir(relay.dataDir)
  },
  60_000 + count * 10,
)
