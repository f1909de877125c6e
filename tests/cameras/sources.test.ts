/** Every kind of source that a county has, from its camera or platform through one relay to a screen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Loop } from '../../mock-feeds/footage/loops.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { writeStreams } from '../support/streams.ts'
import { openVideo, type VideoScreen } from '../support/video-screen.ts'
import { startCamera, type CameraKind, type TestCamera } from './camera.ts'
import { startFilm, type Film } from './film.ts'
import { startHttpCamera, type HttpCamera } from './http-camera.ts'
import { drawForTest, stripes } from './loops.ts'
import { startPlatforms, type Platforms } from './platforms.ts'
import type { Program } from './program.ts'
import { freePort, startPhone } from './rtmp-camera.ts'
import { decodePictures } from './seen.ts'

const kinds = ['rtsp', 'rtmp', 'hls', 'http-flv', 'http-ts', 'ws-flv', 'ws-fmp4'] as const
const vias = {
  wvp: ['http-flv', 'http-ts', 'ws-flv', 'ws-fmp4'],
  zlm: ['http-flv', 'ws-fmp4'],
  srs: ['http-flv', 'http-ts'],
} as const
const viaIds = Object.entries(vias).flatMap(([platform, all]) =>
  all.map((via) => `${platform}-${via}`),
)
const key = 'a-key-that-the-phone-has'

let loop: Loop
let relay: Relay
let film: Film
let door: HttpCamera
let phone: Program
let platforms: Platforms
let screen: VideoScreen
const cameras = new Map<string, TestCamera>()

const channelOf = (via: string) =>
  `3402000000132000000${vias.wvp.findIndex((each) => each === via) + 1}`
const behind = (platform: keyof typeof vias, via: string) => ({
  id: `${platform}-${via}`,
  kind: 'gateway',
  gateway: platform,
  via,
  ...(platform === 'wvp'
    ? { device: '34020000001110000001', channel: channelOf(via) }
    : { app: 'live', stream: 'square' }),
})

async function start(id: string, plan: { kind: CameraKind; isH265?: boolean }): Promise<void> {
  const account = { user: 'admin', password: 'a b@c' }
  cameras.set(
    id,
    await startCamera({ ...plan, loop, hasBars: true, ...(plan.kind === 'rtsp' && { account }) }),
  )
}

beforeAll(async () => {
  loop = await drawForTest(stripes)
  film = startFilm({ loop, hasBars: true })
  door = await startHttpCamera({ film, port: 0 })
  platforms = await startPlatforms(film)
  const port = await freePort()
  const all = kinds.map((kind) => start(kind, { kind }))
  await Promise.all([...all, start('h265', { kind: 'http-ts', isH265: true })])
  relay = await startRelay()
  writeStreams(
    relay.dataDir,
    [
      ...[...cameras].map(([id, { entry }]) => ({ id, ...entry })),
      { id: 'phone', kind: 'rtmp-push', secret: key },
      ...(['wvp', 'zlm', 'srs'] as const).flatMap((platform) =>
        vias[platform].map((via) => behind(platform, via)),
      ),
      ...(['wvp', 'zlm', 'srs'] as const).map((platform) => ({
        ...behind(platform, 'whep'),
        id: `${platform}-talk`,
      })),
      { id: 'talk', kind: 'whep', url: platforms.whep.url, secret: platforms.whep.token },
    ],
    { gateways: platforms.gateways, push: { port }, look: { minutes: 0 } },
  )
  screen = await openVideo(relay.url)
  await until('the cameras', () => JSON.stringify(screen.messages).includes('"talk"'))
  screen.watch(...cameras.keys(), 'phone', ...viaIds)
  phone = startPhone(
    `http://127.0.0.1:${door.port}/own.flv`,
    `rtmp://127.0.0.1:${port}/live/${key}`,
  )
})
afterAll(async () => {
  screen?.close()
  await phone?.end()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
  await platforms?.stop()
  for (const camera of cameras.values()) await camera.stop()
  await door?.stop()
  film?.stop()
})

/** Pictures that were made after this was asked, in H.264, by the time that the camera writes into them. */
async function isLive(id: string): Promise<void> {
  screen.watch(id)
  const askedMs = Date.now()
  let looked = screen.pictures(id)
  await until(
    `new pictures of ${id}`,
    () => {
      if (screen.pictures(id) < looked + 5) return false
      looked = screen.pictures(id)
      return decodePictures(screen.film(id), Date.now()).some(
        ({ writtenMs = 0 }) => writtenMs >= askedMs,
      )
    },
    40_000,
  )
  const state = screen.state(id)
  expect(state?.state === 'live' && state.codec).toMatch(/^avc1\./)
}

const says = (id: string, words: RegExp): Promise<unknown> =>
  until(
    `${id} to say ${words}`,
    () => {
      const state = screen.state(id)
      return state !== undefined && 'error' in state && words.test(state.error)
    },
    30_000,
  )

describe('a source', { timeout: 90_000 }, () => {
  it.each(kinds)('is pulled by %s', async (kind) => isLive(kind))
  it('is pushed by a phone', async () => isLive('phone'))
  it('in H.265 is turned into H.264', async () => isLive('h265'))
  it.each(viaIds)('is read from a platform: %s', async (id) => isLive(id))
})

describe('a platform', { timeout: 90_000 }, () => {
  const [wvp, zlm, srs] = ['wvp-http-flv', 'zlm-http-flv', 'srs-http-flv'] as const
  const askedFor = (path: string) => platforms.asked.filter((line) => line.includes(path)).length
  /** Whoever reads is cut off, and asks again. */
  async function cut(): Promise<void> {
    platforms.set({ isOffline: true, refusesSecrets: true })
    await until('all readers to go', () => platforms.readers() === 0)
  }
  beforeAll(() => {
    const kept: readonly string[] = [wvp, zlm, srs]
    screen.unwatch(...cameras.keys(), 'phone', ...viaIds.filter((id) => !kept.includes(id)))
  })

  it('that has been restarted is signed in to again, and hands out addresses before the old ones end', async () => {
    platforms.forgetLogins()
    const logins = askedFor('/api/user/login')
    await cut()
    platforms.set({ addressMs: 5_000 })
    await isLive(wvp)
    expect(askedFor('/api/user/login')).toBeGreaterThan(logins)
    const addresses = () => askedFor(`/${channelOf('http-flv')}`)
    const [before, said] = [addresses(), screen.messages.length]
    await until('two more addresses', () => addresses() >= before + 2)
    await isLive(wvp)
    const told = screen.messages.slice(said)
    expect(told.filter((each) => each.type === 'state' && each.source === wvp)).toEqual([])
  })

  it('that refuses what it is told is named by words without a secret, and live once it takes it', async () => {
    platforms.forgetLogins()
    await cut()
    platforms.set({ refusesSecrets: true })
    await Promise.all([
      says(wvp, /^视频平台要求登录或口令不对$/),
      says(zlm, /^视频平台的密钥不对$/),
      says(srs, /^信号源要求登录或口令不对$/),
    ])
    platforms.set({})
    for (const id of [wvp, zlm, srs]) await isLive(id)
  })

  it('whose camera is off says so, and shows it once it is on', async () => {
    await cut()
    platforms.set({ isOffline: true })
    await Promise.all([
      says(wvp, /^视频平台打不开这路信号（100）$/),
      says(zlm, /^视频平台上没有这路信号$/),
      says(srs, /^视频平台上没有这路信号$/),
    ])
    platforms.set({})
    for (const id of [wvp, zlm, srs]) await isLive(id)
  })

  it('and a camera that speak WHEP take a browser’s offer, and never show it their token', async () => {
    const call = (source: string) =>
      fetch(`${relay.url}/v1/video/${source}/whep`, {
        method: 'POST',
        headers: { 'content-type': 'application/sdp' },
        body: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n',
      })
    for (const source of ['talk', 'wvp-talk', 'zlm-talk', 'srs-talk']) {
      const answer = await call(source)
      expect([source, answer.status]).toEqual([source, 201])
      const told = `${JSON.stringify([...answer.headers])} ${await answer.text()}`
      expect(told).toContain('o=- 2 1')
      expect(told).not.toContain(platforms.whep.token)
      const place = answer.headers.get('location') ?? ''
      expect((await fetch(`${relay.url}${place}`, { method: 'DELETE' })).status).toBe(200)
    }
    platforms.set({ refusesSecrets: true })
    const refused = await call('talk')
    expect([refused.status, await refused.json()]).toMatchObject([
      502,
      { detail: '信号源答复 401' },
    ])
    platforms.set({ isOffline: true })
    const off = await call('zlm-talk')
    expect([off.status, await off.json()]).toMatchObject([
      502,
      { detail: '视频平台上没有这路信号' },
    ])
    platforms.set({})
  })
})

it('names no password, key or address of a source to a screen or in the log', () => {
  const told = `${JSON.stringify(screen.messages)} ${relay.logs()}`
  expect(told).not.toMatch(
    /hunter2|035c73f7|41db3539|token-of-the-whep|a b@c|a-key-that|\/rtp\/|\/live\/camera/,
  )
})
