/**
 * Every door to a camera's pictures, as everybody who may knock: what is not cleared costs the public not one byte of
 * picture, and what is cleared no longer ends within a second.
 */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { VideoMessage } from '../../protocol/video.ts'
import { ffmpegProgram, makeLoop } from '../support/loop.ts'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { signed, writeStreams } from '../support/streams.ts'

type Caller = 'public' | 'wall' | 'county'
const callers: readonly Caller[] = ['public', 'wall', 'county']
const token = 'whep-token-of-the-camera'
const offer = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n'

const dir = mkdtempSync(join(tmpdir(), 'flagwall-doors-'))
const loop = join(dir, 'loop.mp4')
let relay: Relay
/** Where the pictures of the WHEP cameras are, and what was asked of it. */
let media: Server
let mediaUrl = ''
let asked: string[] = []

/** `open` and `talk` are cleared as long as it is said so; `shut` and `hush` never are. */
function write(isCleared: boolean): void {
  const sign = isCleared ? signed : {}
  writeStreams(relay.dataDir, [
    { id: 'open', kind: 'file', url: loop, ...sign },
    { id: 'shut', kind: 'file', url: loop },
    { id: 'talk', kind: 'whep', url: `${mediaUrl}/whep/talk`, secret: token, ...sign },
    { id: 'hush', kind: 'whep', url: `${mediaUrl}/whep/hush`, secret: token },
  ])
}

const headersOf = (caller: Caller): Record<string, string> => {
  if (caller === 'public') return { 'x-forwarded-for': '203.0.113.7' }
  if (caller === 'wall') return {}
  const operator = readFileSync(join(relay.dataDir, 'operator.token'), 'utf8').trim()
  return { authorization: `Bearer ${operator}` }
}

interface Screen {
  readonly socket: WebSocket
  readonly messages: VideoMessage[]
  /** Bytes of pictures, by source, and when the last of them came. */
  readonly bytes: Map<string, number>
  lastAt: number
}

async function screen(caller: Caller, ...sources: readonly string[]): Promise<Screen> {
  const socket = new WebSocket(`${relay.url.replace('http', 'ws')}/v1/video`, {
    headers: headersOf(caller),
  })
  const seen: Screen = { socket, messages: [], bytes: new Map(), lastAt: 0 }
  const names = new Map<number, string>()
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) {
      const source = names.get(data.readUInt16BE(1)) ?? 'untold'
      seen.bytes.set(source, (seen.bytes.get(source) ?? 0) + data.length)
      seen.lastAt = performance.now()
      return
    }
    const message = Value.Parse(VideoMessage, JSON.parse(data.toString()))
    seen.messages.push(message)
    if (message.type === 'state') names.set(message.index, message.source)
  })
  await once(socket, 'open')
  for (const source of sources) socket.send(JSON.stringify({ type: 'watch', source }))
  return seen
}

const get = (caller: Caller, path: string): Promise<Response> =>
  fetch(`${relay.url}/v1/video/${path}`, { headers: headersOf(caller) })

const call = (caller: Caller, camera: string): Promise<Response> =>
  fetch(`${relay.url}/v1/video/${camera}/whep`, {
    method: 'POST',
    headers: { ...headersOf(caller), 'content-type': 'application/sdp' },
    body: offer,
  })

const firstPart = async (caller: Caller, camera: string): Promise<string> => {
  const text = await (await get(caller, `${camera}/index.m3u8`)).text()
  return /^\d+\.m4s$/m.exec(text)?.[0] ?? 'none'
}

beforeAll(async () => {
  makeLoop(loop)
  media = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    if (request.method === 'POST') response.writeHead(201, { location: '/session/1' }).end(offer)
    else response.end()
  }).listen(0, '127.0.0.1')
  await once(media, 'listening')
  const address = media.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  mediaUrl = `http://127.0.0.1:${address.port}`
  relay = await startRelay({ dataDir: makeDataDir() })
  write(true)
  await until('the cameras', async () => (await get('public', 'open/index.m3u8')).ok)
})
afterAll(async () => {
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
  media?.close()
  rmSync(dir, { recursive: true, force: true })
})

describe.each(callers)('as %s', (caller) => {
  const isInside = caller !== 'public'
  const cameras = isInside ? ['open', 'shut', 'talk', 'hush'] : ['open', 'talk']

  it('lists exactly the cameras that may be watched, and nothing of where they are', async () => {
    const { socket, messages } = await screen(caller)
    await until('the list', () => messages.length > 0)
    socket.close()
    const [list] = messages
    if (list?.type !== 'cameras') throw new Error('the list does not come first')
    expect(list.rows.map(({ id }) => id)).toEqual(cameras)
    expect(list.rows.map(({ play }) => play)).toEqual(
      cameras.map((id) => (id === 'talk' || id === 'hush' ? 'whep' : 'relay')),
    )
    expect(JSON.stringify(list)).not.toMatch(/loop\.mp4|http|whep-token/)
  })

  it('gives pictures on the socket by the same rule', async () => {
    const seen = await screen(caller, 'open', 'shut', 'none')
    await until('pictures of what is cleared', () => (seen.bytes.get('open') ?? 0) > 20_000)
    if (isInside) await until('pictures of the other', () => (seen.bytes.get('shut') ?? 0) > 20_000)
    seen.socket.close()
    const refused = seen.messages.flatMap((each) => (each.type === 'refused' ? [each.source] : []))
    expect(refused).toEqual(isInside ? ['none'] : ['shut', 'none'])
    expect([...seen.bytes.keys()].toSorted()).toEqual(isInside ? ['open', 'shut'] : ['open'])
  })

  it('gives playlists and their parts by the same rule', async () => {
    expect((await get(caller, 'open/index.m3u8')).headers.get('content-type')).toContain('mpegurl')
    const part = await get(caller, `open/${await firstPart(caller, 'open')}`)
    expect([part.status, part.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    expect((await part.arrayBuffer()).byteLength).toBeGreaterThan(1_000)
    const shut = await firstPart('wall', 'shut')
    for (const path of ['shut/index.m3u8', `shut/${shut}`, 'shut/init-1.mp4']) {
      const answer = await get(caller, path)
      expect([path, answer.status]).toEqual([path, isInside ? 200 : 403])
      if (!isInside) expect(await answer.json()).toMatchObject({ detail: '无权观看此信号' })
    }
    expect((await get(caller, 'none/index.m3u8')).status).toBe(403)
  })

  it('gives stills by the same rule, and again only where they changed', async () => {
    const still = () => get(caller, 'open/still.jpg')
    await until('a still', async () => (await still()).status === 200)
    const answer = await still()
    const etag = answer.headers.get('etag') ?? ''
    expect(answer.headers.get('content-type')).toBe('image/jpeg')
    expect(Buffer.from(await answer.arrayBuffer()).toString('hex', 0, 3)).toBe('ffd8ff')
    const again = await fetch(`${relay.url}/v1/video/open/still.jpg`, {
      headers: { ...headersOf(caller), 'if-none-match': etag },
    })
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0])
    await until('the other', async () => (await get('wall', 'shut/still.jpg')).status === 200)
    const other = await get(caller, 'shut/still.jpg')
    expect(other.status).toBe(isInside ? 200 : 403)
    if (!isInside) expect(other.headers.get('content-type')).toContain('problem+json')
    expect((await get(caller, 'none/still.jpg')).status).toBe(403)
    expect((await get(caller, 'talk/still.jpg')).status).toBe(404)
  })

  it('hands offers on by the same rule, with the token that stays here', async () => {
    for (const camera of ['talk', 'hush', 'none']) {
      asked = []
      const may = camera === 'talk' || (camera === 'hush' && isInside)
      const answer = await call(caller, camera)
      const text = await answer.text()
      expect([camera, answer.status]).toEqual([camera, may ? 201 : 403])
      expect(asked).toEqual(may ? [`POST /whep/${camera} Bearer ${token}`] : [])
      expect(`${JSON.stringify([...answer.headers])} ${text}`).not.toMatch(/whep-token|session\/1/)
      if (!may) continue
      const place = answer.headers.get('location') ?? ''
      const end = () => fetch(`${relay.url}${place}`, { method: 'DELETE' })
      expect([(await end()).status, (await end()).status]).toEqual([200, 404])
      await until('the end to be told', () => asked.includes(`DELETE /session/1 Bearer ${token}`))
    }
  })
})

describe('a clearance that is taken back', () => {
  it('ends socket, playlist, parts and WHEP within a second, and says so', async () => {
    const seen = await screen('public', 'open')
    await until('pictures', () => (seen.bytes.get('open') ?? 0) > 20_000)
    expect((await call('public', 'talk')).status).toBe(201)
    const part = await firstPart('public', 'open')
    expect((await get('public', `open/${part}`)).status).toBe(200)
    asked = []
    const since = performance.now()
    write(false)
    await until('the word', () => seen.messages.find(({ type }) => type === 'closed'), 1_000)
    await until('the end of WHEP', () => asked.some((line) => line.startsWith('DELETE')), 1_000)
    for (const path of ['open/index.m3u8', `open/${part}`, 'open/init-1.mp4', 'open/still.jpg'])
      expect((await get('public', path)).status).toBe(403)
    expect((await call('public', 'talk')).status).toBe(403)
    expect(performance.now() - since).toBeLessThan(1_000)
    await until('the list', () =>
      seen.messages.some((each) => each.type === 'cameras' && each.gone.includes('open')),
    )
    // Those inside go on, so pictures are still fetched; none of them goes out to the public.
    const inside = await screen('wall', 'open')
    await until('pictures inside', () => (inside.bytes.get('open') ?? 0) > 20_000)
    expect(seen.lastAt - since).toBeLessThan(1_000)
    expect(seen.messages.find(({ type }) => type === 'closed')).toEqual({
      type: 'closed',
      source: 'open',
      reason: '此信号已停止公开',
    })
    seen.socket.close()
    inside.socket.close()
    const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7)
    const audit = readFileSync(join(relay.dataDir, 'audit', `${month}.jsonl`), 'utf8')
    expect(audit).toMatch(/stream\.cleared.*县委组织部.*open/)
    expect(audit).toMatch(/stream\.closed.*open/)
  })

  it('opens again by itself where somebody signs anew', async () => {
    write(true)
    const seen = await screen('public')
    await until('the list', () =>
      seen.messages.some(
        (each) => each.type === 'cameras' && each.rows.some(({ id }) => id === 'open'),
      ),
    )
    seen.socket.send(JSON.stringify({ type: 'watch', source: 'open' }))
    await until('pictures', () => (seen.bytes.get('open') ?? 0) > 20_000)
    seen.socket.close()
  })
})

it('is played by a player of HLS', () => {
  const played = spawnSync(
    ffmpegProgram(),
    `-loglevel error -i ${relay.url}/v1/video/open/index.m3u8 -t 4 -f framemd5 pipe:1`.split(' '),
    { encoding: 'utf8', timeout: 30_000 },
  )
  expect([played.status, played.stderr]).toEqual([0, ''])
  expect(played.stdout.trim().split('\n').length).toBeGreaterThan(50)
})

it('names no address and no token in the log', () => {
  expect(relay.logs()).not.toMatch(/whep-token|loop\.mp4|\/whep\//)
})
