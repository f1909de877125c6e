/** A real relay over real HTTP and sockets: what a platform sends is what a screen receives. */
import { HTTP, CloudEvent } from 'cloudevents'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apply, boardOf } from '../../protocol/apply.ts'
import type { Board } from '../../protocol/board.ts'
import type { Patch, Snapshot, Subscribed, ToRelay, ToScreen } from '../../protocol/frames.ts'
import { branchA, branchB, cloudEvent, smallCounty } from '../support/events.ts'
import {
  makeDataDir,
  removeDataDir,
  sign,
  startRelay,
  until,
  type Relay,
} from '../support/relay.ts'

type ScreenSocket = Socket<ToScreen, ToRelay>

let relay: Relay
const county = '431128'

beforeAll(async () => {
  relay = await startRelay()
  expect((await relay.post(smallCounty())).status).toBe(202)
})
afterAll(async () => {
  await relay.end()
  removeDataDir(relay.dataDir)
})

async function figures(query = '', token?: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${relay.url}/v1/figures/${county}${query}`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  })
  return (await response.json()) as Record<string, unknown>
}

async function connect(): Promise<ScreenSocket> {
  const socket: ScreenSocket = io(relay.url, { transports: ['websocket'], reconnection: false })
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', () => resolve())
    socket.on('connect_error', reject)
  })
  return socket
}
const subscribe = (socket: ScreenSocket, epoch?: string, version?: number): Promise<Subscribed> =>
  new Promise((resolve) =>
    socket.emit(
      'subscribe',
      {
        scope: county,
        ...(epoch === undefined ? {} : { epoch }),
        ...(version === undefined ? {} : { version }),
      },
      resolve,
    ),
  )
async function freshSnapshot(): Promise<Snapshot> {
  return (await (await fetch(`${relay.url}/v1/snapshot/${county}`)).json()) as Snapshot
}
/** Rows by table, for comparing boards whatever the order of their rows. */
const sorted = (board: Board): unknown =>
  Object.entries(board).map(([name, rows]) => [
    name,
    [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  ])

describe('from a POST to a screen', () => {
  it('moves a figure, a flag and a feed row with one signed CloudEvent', async () => {
    const before = await figures()
    const socket = await connect()
    const reply = await subscribe(socket)
    expect(reply.mode).toBe('snapshot')
    const patches: Patch[] = []
    socket.on('patch', (patch) => patches.push(patch))

    const event = cloudEvent('activity.started', branchB, {
      activity: 'spine-1',
      form: 'theme-day',
      title: '向金陵中学捐赠课桌椅 260 套',
    })
    const answer = await relay.post(event, { type: 'application/cloudevents+json' })
    expect(answer.status).toBe(202)

    await until('the feed row on the socket', () =>
      patches.some((patch) => patch.puts.feed?.some((row) => row.title.includes('260 套'))),
    )
    const flag = patches
      .flatMap((patch) => patch.puts.branches ?? [])
      .find((row) => row.id === branchB)
    expect(flag?.activeToday).toBe(true)
    expect((await figures())['activities.today']).toBe(Number(before['activities.today']) + 1)
    socket.disconnect()
  })

  it('counts a repeated delivery once and says so', async () => {
    const event = cloudEvent('points.awarded', branchA, { points: 5, reason: 'sign-in' })
    const first = (await (await relay.post([event])).json()) as Record<string, unknown>
    const again = (await (await relay.post([event])).json()) as Record<string, unknown>
    expect(first).toMatchObject({ accepted: 1, duplicate: 0, rejected: 0 })
    expect(again).toMatchObject({ accepted: 0, duplicate: 1, rejected: 0 })
  })

  it('takes what the CloudEvents SDK sends in structured, binary and batch mode', async () => {
    const make = (id: string): CloudEvent<unknown> =>
      new CloudEvent({
        ...cloudEvent('points.awarded', branchA, { points: 1, reason: 'quiz' }),
        id,
      } as never)
    for (const message of [HTTP.structured(make('sdk-1')), HTTP.binary(make('sdk-2'))]) {
      const headers = message.headers as Record<string, string>
      const body = typeof message.body === 'string' ? message.body : JSON.stringify(message.body)
      const id = headers['ce-id'] ?? crypto.randomUUID()
      const response = await relay.post(body, {
        type: headers['content-type'] ?? 'application/json',
        headers: { ...headers, ...sign(relay.dataDir, 'xintian', body, id) },
      })
      expect(response.status, await response.clone().text()).toBe(202)
    }
  })

  it('accepts the good events of a batch and names the bad one', async () => {
    const response = await relay.post([
      cloudEvent('points.awarded', branchA, { points: 1, reason: 'quiz' }),
      cloudEvent(
        'points.awarded',
        branchA,
        { points: 1, reason: 'quiz' },
        { time: '2026-02-30T09:00:00+08:00' },
      ),
    ])
    expect(response.status).toBe(202)
    const answer = (await response.json()) as { accepted: number; rejected: number }
    expect(answer).toMatchObject({ accepted: 1, rejected: 1 })
  })

  it('refuses an unsigned delivery with a sentence that says what to do', async () => {
    const response = await fetch(`${relay.url}/v1/platforms/xintian/events`, {
      method: 'POST',
      body: '[]',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
    })
    expect(response.status).toBe(401)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(((await response.json()) as { detail: string }).detail).toMatch(/webhook-/)
  })
})

describe('a screen that was away', () => {
  it('resumes by version with only the rows that changed', async () => {
    const snapshot = await freshSnapshot()
    await relay.post([cloudEvent('points.awarded', branchA, { points: 7, reason: 'study' })])
    const socket = await connect()
    const reply = await subscribe(socket, snapshot.epoch, snapshot.version)
    expect(reply.mode).toBe('patch')
    if (reply.mode !== 'patch') return
    const caughtUp = apply(boardOf(snapshot), reply.patch.puts, reply.patch.deletes)
    expect(sorted(caughtUp)).toEqual(sorted(boardOf(await freshSnapshot())))
    socket.disconnect()
  })

  it('gets a snapshot when it comes from another log', async () => {
    const socket = await connect()
    expect((await subscribe(socket, 'r0-other', 3)).mode).toBe('snapshot')
    socket.disconnect()
  })

  it('is refused a county that this relay does not serve', async () => {
    const socket = await connect()
    const reply = await new Promise<Subscribed>((resolve) =>
      socket.emit('subscribe', { scope: '999999' }, resolve),
    )
    expect(reply.mode).toBe('refused')
    socket.disconnect()
  })
})

describe('what the public may see', () => {
  it('answers an anonymous caller without named warnings, and the past as it was', async () => {
    const now = await figures()
    expect(now['organizations']).toBe(3)
    expect(now['members']).toBe(120)
    expect(typeof now['asOf']).toBe('string')
    const past = await figures('?at=2026-01-04T00:00:00%2B08:00')
    expect(past['organizations']).toBe(0)
    const response = await fetch(`${relay.url}/v1/figures/${county}?at=2026-02-30T00:00:00Z`)
    expect(response.status).toBe(400)
  })

  it('keeps refused events for the operator only', async () => {
    expect((await fetch(`${relay.url}/v1/refusals`)).status).toBe(401)
  })
})

describe('the files of the wall', () => {
  async function get(path: string, encoding: string): Promise<Response> {
    return fetch(relay.url + path, { headers: { 'accept-encoding': encoding } })
  }

  it('come compressed to who can read that, and are kept for good where their name changes with them', async () => {
    const page = await (await get('/', 'identity')).text()
    const script = /"(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? ''
    const plain = await get(script, 'identity')
    expect(plain.headers.get('content-encoding')).toBeNull()
    const text = await plain.text()
    for (const [accepted, sent] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
    ] as const) {
      const packed = await get(script, accepted)
      expect(packed.headers.get('content-encoding')).toBe(sent)
      expect(packed.headers.get('content-type')).toContain('javascript')
      expect(packed.headers.get('vary')).toContain('Accept-Encoding')
      expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(await packed.text()).toBe(text)
    }
    const outline = await get('/geo/xintian/county.geojson', 'br')
    expect(outline.headers.get('content-encoding')).toBe('br')
    expect(outline.headers.get('cache-control')).not.toContain('immutable')
    expect(await outline.json()).toHaveProperty('features')
  })
})

describe('a relay that is stopped and started', () => {
  it('comes back with the same board', async () => {
    const before = await freshSnapshot()
    await relay.end()
    relay = await startRelay({ dataDir: relay.dataDir })
    const after = await freshSnapshot()
    expect(sorted(boardOf(after))).toEqual(sorted(boardOf(before)))
  })

  it('ends with one sentence when the port, the data folder or the display is not there', async () => {
    const port = Number(new URL(relay.url).port)
    const dataDir = makeDataDir()
    await expect(startRelay({ dataDir, port })).rejects.toThrow(/PORT|port/)
    await expect(startRelay({ dataDir: '/proc/nowhere' })).rejects.toThrow(/DATA_DIR/)
    await expect(startRelay({ dataDir, env: { DISPLAY_DIR: '/nowhere' } })).rejects.toThrow(
      /npm run build/,
    )
    removeDataDir(dataDir)
  })
})
