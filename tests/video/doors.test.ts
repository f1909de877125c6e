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
import { PairOffer } from '../../protocol/screens.ts'
import { startPublisher, type Publisher } from '../../mock-feeds/footage/publisher.ts'
import { drawForTest, stripes } from '../cameras/loops.ts'
import { branchA, branchB, smallCounty } from '../support/events.ts'
import { ffmpegProgram, makeLoop } from '../support/loop.ts'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { townshipWall } from '../support/screen-settings.ts'
import { signed, writeStreams } from '../support/streams.ts'
import { openVideo, type VideoScreen } from '../support/video-screen.ts'

const callers = ['public', 'township', 'wall', 'county'] as const
type Caller = (typeof callers)[number]
const token = 'whep-token-of-the-camera'
const offer = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n'

const dir = mkdtempSync(join(tmpdir(), 'flagwall-doors-'))
const loop = join(dir, 'loop.mp4')
let relay: Relay
/** Where the pictures of the WHEP cameras are, and what was asked of it. */
let media: Server
let mediaUrl = ''
let asked: string[] = []
let publisher: Publisher

/** What each may watch while `open` and `talk` are cleared. */
const mayWatch: Readonly<Record<Caller, readonly string[]>> = {
  public: ['open', 'talk'],
  township: ['open', 'own', 'talk', 'mine'],
  wall: ['open', 'shut', 'own', 'talk', 'hush', 'mine', 'wide'],
  county: ['open', 'shut', 'own', 'talk', 'hush', 'mine', 'wide'],
}
const talking = ['talk', 'hush', 'mine'] as const
/** Bytes of playlists, parts, stills, answers and frames that somebody was given, by caller and camera. */
const given = new Map<string, number>()
function count(caller: Caller, camera: string, bytes: number): void {
  const key = `${caller} ${camera}`
  given.set(key, (given.get(key) ?? 0) + bytes)
}

/** `open` and `talk` are cleared as long as it is said so, the others never are; `own` and `mine` are of the township, and `wide` has two pictures. */
function write(isCleared: boolean): void {
  const sign = isCleared ? signed : {}
  writeStreams(relay.dataDir, [
    { id: 'open', kind: 'file', url: loop, ...sign },
    { id: 'shut', kind: 'file', url: loop, organization: branchB },
    { id: 'own', kind: 'file', url: loop, organization: branchA },
    { id: 'talk', kind: 'whep', url: `${mediaUrl}/whep/talk`, secret: token, ...sign },
    {
      id: 'hush',
      kind: 'whep',
      url: `${mediaUrl}/whep/hush`,
      secret: token,
      organization: branchB,
    },
    {
      id: 'mine',
      kind: 'whep',
      url: `${mediaUrl}/whep/mine`,
      secret: token,
      organization: branchA,
    },
    {
      id: 'wide',
      kind: 'http-flv',
      url: publisher.url('large'),
      sub: publisher.url('small'),
      organization: branchB,
    },
  ])
}

const afar = { 'x-forwarded-for': '203.0.113.7' } as const
let cookie = ''
const headersOf = (caller: Caller): Record<string, string> => {
  if (caller === 'public') return afar
  if (caller === 'township') return { ...afar, cookie }
  if (caller === 'wall') return {}
  const operator = readFileSync(join(relay.dataDir, 'operator.token'), 'utf8').trim()
  return { authorization: `Bearer ${operator}` }
}

/** Lets a screen of the township's office in, and keeps what it shows for it. */
async function pair(): Promise<void> {
  const post = (path: string, headers: Record<string, string>, body: unknown) =>
    fetch(`${relay.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const begun = await post('/v1/pair', afar, { profile: 'wall', engine: 'Chromium 120' })
  const { userCode, deviceCode } = Value.Parse(PairOffer, await begun.json())
  const settings = townshipWall
  await post(`/v1/fleet/pairings/${userCode}`, headersOf('county'), { settings })
  const answer = await post('/v1/pair/token', afar, { deviceCode })
  cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect(cookie).not.toBe('')
}

async function screen(caller: Caller, ...sources: readonly string[]): Promise<VideoScreen> {
  const seen = await openVideo(relay.url, headersOf(caller))
  seen.socket.on('close', () => {
    for (const [source, bytes] of seen.bytes) count(caller, source, bytes)
  })
  seen.watch(...sources)
  return seen
}

async function get(caller: Caller, path: string): Promise<Response> {
  const answer = await fetch(`${relay.url}/v1/video/${path}`, { headers: headersOf(caller) })
  if (answer.ok)
    count(caller, path.split('/')[0] ?? '', (await answer.clone().arrayBuffer()).byteLength)
  return answer
}

async function call(caller: Caller, camera: string): Promise<Response> {
  const answer = await fetch(`${relay.url}/v1/video/${camera}/whep`, {
    method: 'POST',
    headers: { ...headersOf(caller), 'content-type': 'application/sdp' },
    body: offer,
  })
  if (answer.ok) count(caller, camera, (await answer.clone().arrayBuffer()).byteLength)
  return answer
}

const firstPart = async (caller: Caller, camera: string): Promise<string> => {
  const text = await (await get(caller, `${camera}/index.m3u8`)).text()
  return /^\d+\.m4s$/m.exec(text)?.[0] ?? 'none'
}

beforeAll(async () => {
  makeLoop(loop)
  const film = await drawForTest(stripes)
  const films = ['large', 'small'].map((id) => ({ id, words: id, loop: () => film }))
  publisher = await startPublisher({ cameras: films, port: 0 })
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
  expect((await relay.post(smallCounty())).status).toBe(202)
  await pair()
  await until('the cameras', async () => (await get('public', 'open/index.m3u8')).ok)
})
afterAll(async () => {
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
  media?.close()
  await publisher?.stop()
  rmSync(dir, { recursive: true, force: true })
})

describe.each(callers)('as %s', (caller) => {
  const cameras = mayWatch[caller]
  const may = (camera: string) => cameras.includes(camera)
  const pulled = ['open', 'shut', 'own'] as const

  it('lists exactly the cameras that may be watched, and nothing of where they are', async () => {
    const { socket, messages } = await screen(caller)
    await until('the list', () => messages.length > 0)
    socket.close()
    const [list] = messages
    if (list?.type !== 'cameras') throw new Error('the list does not come first')
    expect(list.rows.map(({ id }) => id)).toEqual(cameras)
    expect(list.rows.map(({ play }) => play)).toEqual(
      cameras.map((id) => (talking.some((each) => each === id) ? 'whep' : 'relay')),
    )
    expect(JSON.stringify(list)).not.toMatch(/loop\.mp4|http:|whep-token/)
  })

  it('gives pictures on the socket by the same rule', async () => {
    const seen = await screen(caller, ...pulled, 'none')
    const allowed = pulled.filter(may)
    await until('pictures of what may be watched', () =>
      allowed.every((camera) => (seen.bytes.get(camera) ?? 0) > 20_000),
    )
    seen.close()
    const refused = seen.messages.flatMap((each) => (each.type === 'refused' ? [each.source] : []))
    expect(refused).toEqual([...pulled.filter((camera) => !may(camera)), 'none'])
    expect([...seen.bytes.keys()].toSorted()).toEqual(allowed.toSorted())
  })

  it('gives the large of two pictures by the same rule as the small one', async () => {
    const both = ['wide', 'wide@main'] as const
    const seen = await screen(caller, ...both)
    if (may('wide'))
      await until('both pictures', () =>
        both.every((source) => (seen.bytes.get(source) ?? 0) > 20_000),
      )
    else
      await until('both refusals', () =>
        both.every((source) =>
          seen.messages.some((each) => each.type === 'refused' && each.source === source),
        ),
      )
    seen.close()
    expect([...seen.bytes.keys()].toSorted()).toEqual(may('wide') ? [...both] : [])
    for (const source of both)
      expect((await get(caller, `${source}/index.m3u8`)).status).toBe(may('wide') ? 200 : 403)
  })

  it('gives playlists and their parts by the same rule', async () => {
    for (const camera of pulled) {
      const part = await firstPart('wall', camera)
      for (const path of [`${camera}/index.m3u8`, `${camera}/${part}`, `${camera}/init-1.mp4`]) {
        const answer = await get(caller, path)
        expect([path, answer.status]).toEqual([path, may(camera) ? 200 : 403])
        if (!may(camera)) expect(await answer.json()).toMatchObject({ detail: '无权观看此信号' })
        else if (path.endsWith('m3u8'))
          expect(answer.headers.get('content-type')).toContain('mpegurl')
        else expect(answer.headers.get('cache-control')).toBe('private, no-store')
      }
    }
    expect((await get(caller, 'none/index.m3u8')).status).toBe(403)
  })

  it('gives stills by the same rule, and again only where they changed', async () => {
    for (const camera of pulled) {
      const path = `${camera}/still.jpg`
      await until('a still', async () => (await get('wall', path)).status === 200)
      const answer = await get(caller, path)
      expect([path, answer.status]).toEqual([path, may(camera) ? 200 : 403])
      if (!may(camera)) {
        expect(answer.headers.get('content-type')).toContain('problem+json')
        continue
      }
      const etag = answer.headers.get('etag') ?? ''
      expect(answer.headers.get('content-type')).toBe('image/jpeg')
      expect(Buffer.from(await answer.arrayBuffer()).toString('hex', 0, 3)).toBe('ffd8ff')
      const again = await fetch(`${relay.url}/v1/video/${path}`, {
        headers: { ...headersOf(caller), 'if-none-match': etag },
      })
      expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0])
    }
    expect((await get(caller, 'none/still.jpg')).status).toBe(403)
    expect((await get(caller, 'talk/still.jpg')).status).toBe(404)
  })

  it('hands offers on by the same rule, with the token that stays here', async () => {
    for (const camera of [...talking, 'none']) {
      asked = []
      const answer = await call(caller, camera)
      const text = await answer.text()
      expect([camera, answer.status]).toEqual([camera, may(camera) ? 201 : 403])
      expect(asked).toEqual(may(camera) ? [`POST /whep/${camera} Bearer ${token}`] : [])
      expect(`${JSON.stringify([...answer.headers])} ${text}`).not.toMatch(/whep-token|session\/1/)
      if (!may(camera)) continue
      const place = answer.headers.get('location') ?? ''
      const end = () => fetch(`${relay.url}${place}`, { method: 'DELETE' })
      expect([(await end()).status, (await end()).status]).toEqual([200, 404])
      await until('the end to be told', () => asked.includes(`DELETE /session/1 Bearer ${token}`))
    }
  })

  it('has been given bytes of exactly those cameras, by all of these doors together', () => {
    const of = [...given].flatMap(([key, bytes]) => (bytes > 0 ? [key.split(' ')] : []))
    const cameras = new Set(
      of.flatMap(([who, source = '']) => (who === caller ? [source.replace('@main', '')] : [])),
    )
    expect([...cameras].toSorted()).toEqual(mayWatch[caller].toSorted())
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
    expect(seen.lastAt('open') - since).toBeLessThan(1_000)
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
    seen.watch('open')
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
