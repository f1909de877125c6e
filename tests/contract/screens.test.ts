/** Screens of a real relay process: what they may say, and what each end notices when the other falls silent. */
import { connect, createServer, type AddressInfo, type Server, type Socket as Pipe } from 'node:net'
import { io } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createWall, type Wall } from '../../display/board.ts'
import { followRelay, type Socket } from '../../display/link.ts'
import { boardOf } from '../../protocol/apply.ts'
import type { Board } from '../../protocol/board.ts'
import type { Heartbeat, Patch, Snapshot, Subscribed } from '../../protocol/frames.ts'
import { branchA, cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'

const county = '431128'
let relay: Relay
const closing: (() => void)[] = []

beforeAll(async () => {
  relay = await startRelay()
  expect((await relay.post(smallCounty())).status).toBe(202)
})
afterAll(async () => {
  await relay.end()
  removeDataDir(relay.dataDir)
})
afterEach(() => {
  for (const close of closing.splice(0).reverse()) close()
})

async function gauge(name: 'screens' | 'screens_behind'): Promise<number> {
  const text = await (await fetch(`${relay.url}/metrics`)).text()
  return Number(new RegExp(`^flagwall_${name} (\\d+)$`, 'm').exec(text)?.[1])
}
const snapshot = async (): Promise<Snapshot> =>
  (await (await fetch(`${relay.url}/v1/snapshot/${county}`)).json()) as Snapshot
async function award(points: number): Promise<void> {
  const event = cloudEvent('points.awarded', branchA, { points, reason: 'quiz' })
  expect((await relay.post([event])).status).toBe(202)
}
/** Rows by table, whatever their order. */
const sorted = (board: Board): string =>
  JSON.stringify(
    Object.entries(board).map(([name, rows]) => [
      name,
      [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    ]),
  )

/** A subscription, a phone, or a part of a wall that the relay does not take. */
const isRefusal = (answer: unknown): boolean =>
  /^false$|"(mode|state)":"refused"/.test(JSON.stringify(answer))

interface Raw {
  readonly ws: WebSocket
  readonly patches: Patch[]
  readonly beats: Heartbeat[]
  /** Answers to questions by their number. */
  readonly answers: Map<number, Subscribed>
  /** Everything that came, as it came. */
  readonly said: string[]
}

/** A screen that speaks Socket.IO by hand, so that it can say and leave out what a library would not. */
async function rawScreen(headers: Readonly<Record<string, string>> = {}): Promise<Raw> {
  const address = `${relay.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  const ws = new WebSocket(address, { headers })
  closing.push(() => ws.terminate())
  const raw: Raw = { ws, patches: [], beats: [], answers: new Map(), said: [] }
  await new Promise<void>((resolve, reject) => {
    ws.on('error', reject)
    ws.on('message', (bytes: Buffer) => {
      const text = bytes.toString()
      raw.said.push(text)
      if (text.startsWith('0')) ws.send('40')
      else if (text === '2') ws.send('3')
      else if (text.startsWith('40{')) resolve()
      else if (text.startsWith('42["patch"')) raw.patches.push(JSON.parse(text.slice(2))[1])
      else if (text.startsWith('42["heartbeat"')) raw.beats.push(JSON.parse(text.slice(2))[1])
      else if (text.startsWith('43')) {
        const [, number, answer = ''] = /^43(\d+)(.*)$/.exec(text) ?? []
        raw.answers.set(Number(number), JSON.parse(answer)[0])
      }
    })
  })
  return raw
}

async function subscribe(raw: Raw, request: object = { scope: county }): Promise<Subscribed> {
  const number = raw.answers.size + 1
  raw.ws.send(`42${number}${JSON.stringify(['subscribe', request])}`)
  return until('an answer to the subscription', () => raw.answers.get(number))
}
const see = ({ ws }: Raw, version: number): void =>
  ws.send(`42${JSON.stringify(['seen', { version }])}`)

/** The wall's own link and store. */
function openWall(url = relay.url): Wall {
  const socket = io(url, {
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
    forceNew: true,
  })
  const wall = createWall()
  const stop = followRelay(wall, {
    scope: county,
    socket: socket as unknown as Socket,
    fetchJson: async (path) => (await fetch(`${relay.url}${path}`)).json(),
    clock: Date.now,
    random: Math.random,
  })
  closing.push(stop)
  return wall
}

interface Line {
  readonly url: string
  /** From now on neither end hears the other, and neither is told. */
  cut(): void
}
/** A line to the relay that can die as when a cable is pulled: both connections stay open. */
async function layLine(): Promise<Line> {
  const pipes: Pipe[] = []
  let isCut = false
  const server: Server = createServer((near) => {
    const far = connect(Number(new URL(relay.url).port), '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      pipes.push(from)
      from.on('data', (bytes) => void (isCut || to.write(bytes)))
      from.on('close', () => void (isCut || to.destroy()))
      from.on('error', () => from.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    for (const pipe of pipes) pipe.destroy()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true
    },
  }
}

describe('what a screen may say', () => {
  it('is nothing at all when the page that opened it is of another site', async () => {
    for (const origin of ['http://evil.example', `${relay.url}.evil.example`, 'null'])
      await expect(rawScreen({ origin })).rejects.toThrow(/40[03]/)
    await rawScreen({ origin: relay.url })
  })

  it('is what is agreed; whatever else it says changes nothing and breaks nothing', async () => {
    const before = await snapshot()
    const honest = await rawScreen()
    await subscribe(honest)
    const words = [
      '42["publish",{"kind":"points.awarded","points":99}]',
      '42["patch",{"version":9}]',
      '42["disconnect"]',
      '42["subscribe",{"scope":"431128"}]',
      '42["subscribe"]',
      '42["seen","far"]',
      '42["seen",{"version":-1}]',
      '42["seen",{"version":1e99}]',
      '42["seen"]',
      '42["clock"]',
      '42["join",{"wall":"431128/hall"}]',
      '42["propose",{"after":0,"from":1,"show":{"scene":"ranking"}}]',
      '42["drawn",{"scene":"ranking"}]',
      '42["drawn",{"scene":"../ranking"}]',
      '42["drawn"]',
      '424["join",{"wall":"../hall"}]',
      '42["remote-open",{"scenes":[]}]',
      '42["remote-end"]',
      '42["remote-join",{"code":"BCDFGHJK"}]',
      '425["remote-join",{"code":"bcdfghjk"}]',
      '425["remote-join",null]',
      '42["steer",{"do":"hold"}]',
      '42["steer"]',
      '429["seen",{"version":1}]',
      '427["subscribe",{"scope":"431128","__proto__":{"version":1}}]',
      '428["subscribe",{"scope":["431128"]}]',
      '428["subscribe",null]',
      '428["subscribe",{"scope":"431128","audience":"county"}]',
      '40/admin,',
      '42/admin,["subscribe",{}]',
      '451-["seen",{"_placeholder":true,"num":0}]',
      '42[',
      '42{}',
      '9',
      '',
      `42["seen","${'旗'.repeat(4_000)}"]`,
    ]
    // The same in binary ends the connection at once, so it has one of its own.
    for (const word of words.flatMap((text) => [text, Buffer.from(text)])) {
      const rude = await rawScreen()
      rude.ws.on('error', () => undefined)
      rude.ws.send(word)
      rude.ws.send('42999["subscribe",{"scope":"none"}]')
      await until(
        `the relay to answer or let go after ${word.toString().slice(0, 60)}`,
        () => rude.answers.has(999) || rude.ws.readyState === WebSocket.CLOSED,
      )
      for (const answer of rude.answers.values())
        expect([word, isRefusal(answer)]).toEqual([word, true])
      rude.ws.terminate()
    }
    expect((await snapshot()).version).toBe(before.version)
    expect(await gauge('screens')).toBe(1)
    await award(1)
    await until('the patch at the honest screen', () => honest.patches.at(-1))
    expect(relay.process.exitCode).toBeNull()
  })
})

describe('a screen that comes back', () => {
  it('gets a patch for a version that the relay knows, and else the address of a snapshot', async () => {
    const { epoch, version } = await snapshot()
    await award(2)
    const raw = await rawScreen()
    const answer = await subscribe(raw, { scope: county, epoch, version })
    expect(answer).toMatchObject({ mode: 'patch', patch: { epoch, base: version } })
    const whole = { mode: 'snapshot', url: `/v1/snapshot/${county}` }
    for (const other of [
      { epoch: 'r0-other', version },
      { epoch, version: version + 1_000 },
      { epoch, version: 0 },
      { epoch },
    ])
      expect(await subscribe(raw, { scope: county, ...other })).toEqual(whole)
  })
})

describe('silence', () => {
  it('is filled with heartbeats', async () => {
    const raw = await rawScreen()
    await subscribe(raw)
    const beats = await until('two heartbeats', () => raw.beats.length > 1 && raw.beats)
    expect(raw.patches).toEqual([])
    const [first, second] = beats.map((beat) => Date.parse(beat.at))
    expect(Number(second) - Number(first)).toBeLessThanOrEqual(5_000)
    const { epoch, version } = await snapshot()
    expect(beats.at(-1)).toMatchObject({ epoch, version })
  })

  it('on a dead line is noticed within 10 s at both ends', async () => {
    const line = await layLine()
    const wall = openWall(line.url)
    await until('the wall to be live', () => wall.store.getState().connection === 'live')
    await until('the relay to count the screen', async () => (await gauge('screens')) === 1)
    line.cut()
    await Promise.all([
      until('the wall to notice', () => wall.store.getState().connection === 'lost', 10_000),
      until('the relay to notice', async () => (await gauge('screens')) === 0, 10_000),
    ])
  })
})

describe('a screen that does not keep up', () => {
  it('leaves the stream when it stops reading, costs nothing more, and is level once it reads again', async () => {
    const slow = await rawScreen()
    await subscribe(slow)
    await award(3)
    const first = await until('a patch', () => slow.patches.at(-1))
    see(slow, first.version)
    slow.ws.pause()
    await award(4)
    await until('the relay to find it behind', async () => (await gauge('screens_behind')) === 1)
    const left = (await snapshot()).version
    // Each is published by itself, since the snapshot asks for what is pending.
    for (let points = 5; points < 30; points += 1) {
      await award(points)
      await snapshot()
    }
    slow.ws.resume()
    see(slow, first.version)
    const { version } = await snapshot()
    await until('it to be level', () => slow.patches.some((patch) => patch.version === version))
    const after = slow.patches.filter((patch) => patch.version > left)
    expect(after.map((patch) => [patch.base, patch.version])).toEqual([[first.version, version]])
    see(slow, version)
    await award(30)
    await until('the next patch', () => slow.patches.some((patch) => patch.base === version))
    expect(await gauge('screens_behind')).toBe(0)
  })

  it('leaves the stream when it reads but never says how far it has come', async () => {
    const mute = await rawScreen()
    await subscribe(mute)
    await award(31)
    await until('the relay to find it behind', async () => (await gauge('screens_behind')) === 1)
    const heard = mute.patches.length
    await award(32)
    const { version } = await snapshot()
    await until('a heartbeat that is ahead', () => mute.beats.some((b) => b.version === version))
    expect(mute.patches).toHaveLength(heard)
  })
})

it('fifty walls hold the right board again after the relay was killed and started', async () => {
  const walls = Array.from({ length: 50 }, () => openWall())
  const areLive = (): boolean => walls.every((wall) => wall.store.getState().connection === 'live')
  await until('fifty live walls', areLive)
  const port = Number(new URL(relay.url).port)
  await relay.end('SIGKILL')
  await until('all walls to say that they are lost', () =>
    walls.every((wall) => wall.store.getState().connection === 'lost'),
  )
  relay = await startRelay({ dataDir: relay.dataDir, port })
  const startedAt = performance.now()
  await award(40)
  const right = sorted(boardOf(await snapshot()))
  await until(
    'fifty right boards',
    () => areLive() && walls.every((wall) => sorted(wall.store.getState().board) === right),
    30_000,
  )
  console.info(`50 walls right ${Math.round(performance.now() - startedAt)} ms after the restart`)
})
