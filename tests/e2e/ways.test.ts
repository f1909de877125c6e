/** The other ways to a camera's picture: HLS where a browser has no MSE, and WebRTC where a camera offers WHEP. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { branchA, branchB, cloudEvent, smallCounty } from '../support/events.ts'
import { makeLoop } from '../support/loop.ts'
import { until } from '../support/relay.ts'
import { share } from '../support/share.ts'
import { writeStreams } from '../support/streams.ts'
import { openPage } from '../support/wall.ts'

const dir = mkdtempSync(join(tmpdir(), 'flagwall-ways-'))
const shared = share()
/** The page that films for the WHEP camera. */
let studio: Page
let whep: Server
let asked: string[] = []
/** As a server that is being started again. */
let isRefusing = false

/** Browsers hide their addresses behind names that only multicast finds. */
function byNumber(sdp: string): string {
  const outer = Object.values(networkInterfaces())
    .flat()
    .find((each) => each?.family === 'IPv4' && !each.internal)
  return sdp.replaceAll(/[0-9a-f-]{36}\.local/g, outer?.address ?? '127.0.0.1')
}

async function answerTo(offer: string): Promise<string> {
  return await studio.evaluate(async (sdp) => {
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 180
    const brush = canvas.getContext('2d')
    let at = 0
    setInterval(() => {
      if (brush === null) return
      brush.fillStyle = `hsl(${(at += 7)} 80% 50%)`
      brush.fillRect(0, 0, 320, 180)
    }, 60)
    const peer = new RTCPeerConnection()
    const peers = ((globalThis as { peers?: RTCPeerConnection[] }).peers ??= [])
    peers.push(peer)
    for (const track of canvas.captureStream(15).getTracks()) peer.addTrack(track)
    await peer.setRemoteDescription({ type: 'offer', sdp })
    await peer.setLocalDescription(await peer.createAnswer())
    if (peer.iceGatheringState !== 'complete')
      await new Promise((done) => {
        peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && done(null)
      })
    return peer.localDescription?.sdp ?? ''
  }, byNumber(offer))
}

beforeAll(async () => {
  const { relay, browser } = shared
  studio = await openPage(browser, [320, 180])
  whep = createServer((request, response) => {
    asked.push(request.method ?? '')
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (request.method !== 'POST') return response.writeHead(200).end()
      if (isRefusing) return response.writeHead(503).end()
      void answerTo(Buffer.concat(parts).toString()).then((sdp) => {
        response.writeHead(201, { 'content-type': 'application/sdp', location: '/session/1' })
        response.end(byNumber(sdp))
      })
      return undefined
    })
  }).listen(0, '127.0.0.1')
  await until('the WHEP server', () => whep.listening)
  const address = whep.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const loop = join(dir, 'loop.mp4')
  makeLoop(loop)
  writeStreams(
    relay.dataDir,
    [
      { id: 'cam-file', organization: branchA, kind: 'file', url: loop },
      {
        id: 'cam-whep',
        organization: branchB,
        kind: 'whep',
        url: `http://127.0.0.1:${address.port}/whep`,
      },
    ],
    { look: { minutes: 0 } },
  )
  const answer = await relay.post([
    ...smallCounty('谈文溪村党支部'),
    cloudEvent('source.reported', 'xintian', { feed: 'video', cadenceSeconds: 3600 }),
    cloudEvent('stream.up', branchA, { stream: 'cam-file', title: '党群服务中心' }),
    cloudEvent('stream.up', branchB, { stream: 'cam-whep', title: '村口' }),
  ])
  expect(answer.status, await answer.clone().text()).toBe(202)
})
afterAll(() => {
  whep.close()
  rmSync(dir, { recursive: true, force: true })
})

const isLive = (page: Page, camera: string) =>
  page
    .locator(`[data-testid=tile][data-source=${camera}][data-state=live]`)
    .first()
    .waitFor({ timeout: 30_000 })

it('plays a camera by WHEP, and tells its server when nobody looks any more', async () => {
  const page = await openPage(shared.browser, [1280, 720])
  await page.goto(`${shared.relay.url}/?rotation=off#/overview`)
  await isLive(page, 'cam-whep')
  await isLive(page, 'cam-file')
  asked = []
  await page.evaluate(() => (location.hash = '#/ranking'))
  await until('the end to be told', () => asked.includes('DELETE'))
  await page.close()
})

it('says that a camera by WHEP is gone, and has it back by itself', async () => {
  const page = await openPage(shared.browser, [1280, 720])
  await page.goto(`${shared.relay.url}/?rotation=off#/overview`)
  await isLive(page, 'cam-whep')
  isRefusing = true
  await studio.evaluate(() => {
    for (const peer of (globalThis as { peers?: RTCPeerConnection[] }).peers ?? []) peer.close()
  })
  const tile = page.locator('[data-testid=tile][data-source=cam-whep]').first()
  await tile.getByText(/信号中断/).waitFor({ timeout: 30_000 })
  isRefusing = false
  await isLive(page, 'cam-whep')
  await page.close()
})

it('plays by HLS where the browser has no MSE', async () => {
  const page = await openPage(shared.browser, [1280, 720])
  await page.addInitScript(() => Reflect.deleteProperty(window, 'MediaSource'))
  await page.goto(`${shared.relay.url}/?rotation=off#/overview`)
  await isLive(page, 'cam-file')
  await page.close()
})
