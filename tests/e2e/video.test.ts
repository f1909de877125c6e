/** Live video the whole way: cameras, the relay that pulls them, and a wall that shows moving pictures. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Loop } from '../../mock-feeds/footage/loops.ts'
import { startPublisher, type Publisher } from '../../mock-feeds/footage/publisher.ts'
import { drawForTest, stripes } from '../cameras/loops.ts'
import { openBrowser } from '../support/wall.ts'
import { branchA, branchB, branchC, cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { signed, writeStreams } from '../support/streams.ts'

const cameras = ['cam-1', 'cam-2', 'cam-3', 'cam-4'] as const
type Camera = (typeof cameras)[number]

const publishers = new Map<Camera, Publisher>()
let loop: Loop
let relay: Relay
let browser: Browser
let page: Page
const complaints: string[] = []
/** Codecs that the relay names, and connections that the page opens for all its tiles. */
const codecs = new Set<string>()
let sockets = 0

async function switchOn(camera: Camera, port = 0): Promise<Publisher> {
  const films = [{ id: camera, words: camera, loop: () => loop }]
  const publisher = await startPublisher({ cameras: films, port })
  publishers.set(camera, publisher)
  return publisher
}

function publisherOf(camera: Camera): Publisher {
  const publisher = publishers.get(camera)
  if (publisher === undefined) throw new Error(`${camera} is off`)
  return publisher
}

function writeRegistry(): void {
  const isPublic = (id: Camera) => id === 'cam-2'
  writeStreams(
    relay.dataDir,
    cameras.map((id) => ({
      id,
      kind: 'http-flv',
      url: publisherOf(id).url(id),
      ...(isPublic(id) && signed),
    })),
    // Programs are counted here, and none runs but for the wall.
    { look: { minutes: 0 } },
  )
}

const tile = (camera: Camera) => page.locator(`[data-testid=tile][data-source=${camera}]`)

const decodedFrames = (camera: Camera): Promise<number> =>
  tile(camera)
    .locator('video')
    .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames)

/** What a person sees of the picture: the middle of the tile, clear of badge, clock and caption. */
async function middleOf(camera: Camera): Promise<Buffer> {
  const box = await tile(camera).boundingBox()
  if (box === null) throw new Error(`${camera} is not on the wall`)
  const clip = {
    x: box.x + box.width * 0.25,
    y: box.y + box.height * 0.35,
    width: box.width * 0.5,
    height: box.height * 0.2,
  }
  return await page.screenshot({ clip })
}

async function moves(camera: Camera): Promise<void> {
  const frames = await decodedFrames(camera)
  await until(`${camera} to decode 15 more frames`, async () => {
    return (await decodedFrames(camera)) > frames + 15
  })
  const before = await middleOf(camera)
  await until(`the pixels of ${camera} to change`, async () => {
    return !before.equals(await middleOf(camera))
  })
}

async function says(camera: Camera, words: RegExp): Promise<void> {
  await tile(camera).getByText(words).waitFor({ timeout: 30_000 })
}

async function isLive(camera: Camera): Promise<void> {
  await page
    .locator(`[data-testid=tile][data-source=${camera}][data-state=live]`)
    .waitFor({ timeout: 30_000 })
}

async function processes(): Promise<number> {
  const text = await (await fetch(`${relay.url}/metrics`)).text()
  return Number(/^flagwall_video_processes (\d+)$/m.exec(text)?.[1] ?? Number.NaN)
}

beforeAll(async () => {
  loop = await drawForTest(stripes)
  for (const camera of cameras) await switchOn(camera)
  relay = await startRelay()
  writeRegistry()
  const branches = [branchA, branchB, branchC, branchA]
  const answer = await relay.post([
    ...smallCounty('谈文溪村党支部'),
    cloudEvent('source.reported', 'xintian', { feed: 'video', cadenceSeconds: 3600 }),
    ...cameras.map((stream, index) =>
      cloudEvent('stream.up', branches[index] ?? branchA, { stream, title: '主题党日' }),
    ),
  ])
  expect(answer.status, await answer.clone().text()).toBe(202)
  browser = await openBrowser()
  page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/v1/video?')) return
    sockets += 1
    socket.on('framereceived', ({ payload }) => {
      const codec = typeof payload === 'string' ? /"codec":"([^"]+)"/.exec(payload)?.[1] : undefined
      if (codec !== undefined) codecs.add(codec)
    })
  })
  await page.goto(`${relay.url}/?rotation=off`)
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
  for (const publisher of publishers.values()) await publisher.stop()
})

describe('live video on the wall', () => {
  it('plays four cameras in H.264 over one connection, and the pictures move', async () => {
    await Promise.all(cameras.map(isLive))
    await Promise.all(cameras.map(moves))
    expect([...codecs].every((codec) => codec.startsWith('avc1.')) && codecs.size > 0).toBe(true)
    expect(sockets).toBe(1)
    expect(await processes()).toBe(4)
  })

  it('says that a picture stands still when a camera hangs, and goes on with it', async () => {
    publisherOf('cam-3').hold('cam-3')
    try {
      await says('cam-3', /画面停留 \d+ 秒/)
    } finally {
      publisherOf('cam-3').resume('cam-3')
    }
    await isLive('cam-3')
    await moves('cam-3')
  })

  it('says by words that a camera is gone while the others play on, and plays again by itself when it is back', async () => {
    const { port } = publisherOf('cam-4')
    await publisherOf('cam-4').stop()
    await says('cam-4', /信号中断/)
    const blank = await middleOf('cam-4')
    await Promise.all((['cam-1', 'cam-2', 'cam-3'] as const).map(moves))
    expect(await tile('cam-4').getAttribute('data-state')).toBe('lost')
    expect(blank.equals(await middleOf('cam-4'))).toBe(true)
    await switchOn('cam-4', port)
    await isLive('cam-4')
    await moves('cam-4')
  })

  it('gives the public no video but what is cleared for it', async () => {
    const socket = new WebSocket(`${relay.url.replace('http', 'ws')}/v1/video`, {
      headers: { 'x-forwarded-for': '203.0.113.7' },
    })
    const heard: string[] = []
    const pictures: number[] = []
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) pictures.push(data.readUInt16BE(1))
      else heard.push(data.toString())
    })
    socket.on('open', () => {
      for (const source of cameras) socket.send(JSON.stringify({ type: 'watch', source }))
    })
    await until('a picture of the cleared camera', () => pictures.length > 20)
    const refused = heard.filter((text) => text.includes('"refused"'))
    expect(refused.map((text) => JSON.parse(text) as unknown)).toEqual(
      ['cam-1', 'cam-3', 'cam-4'].map((source) => ({
        type: 'refused',
        source,
        reason: '无权观看此信号',
      })),
    )
    expect(new Set(pictures).size).toBe(1)
    socket.close()
  })

  it('shows a public wall what is cleared, and goes dark within a second once that ends', async () => {
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
    try {
      await context.addCookies([{ name: 'flagwall-as', value: 'public', url: relay.url }])
      const wall = await context.newPage()
      await wall.goto(`${relay.url}/?rotation=off#/video`)
      const live = (id: string) =>
        wall.locator(`[data-testid=tile][data-source=${id}][data-state=live]`)
      await live('cam-2').first().waitFor({ timeout: 30_000 })
      expect(await wall.locator('[data-testid=tile][data-source^=cam]').count()).toBe(1)
      const withdraw = await fetch(`${relay.url}/v1/console/cameras/cam-2/clearance`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${readFileSync(join(relay.dataDir, 'operator.token'), 'utf8').trim()}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ isPublic: false, by: '张三', reason: '不再公开' }),
      })
      expect(withdraw.status, await withdraw.clone().text()).toBe(200)
      await live('cam-2').waitFor({ state: 'detached', timeout: 1_000 })
      await wall.getByText('视频轮巡').first().waitFor()
    } finally {
      await context.close()
    }
  })

  it('leaves no process behind when the page closes', async () => {
    expect(await processes()).toBe(4)
    await page.close()
    await until('the last ffmpeg to end', async () => (await processes()) === 0, 20_000)
  })

  it('has no console errors', () => expect(complaints).toEqual([]))
})
