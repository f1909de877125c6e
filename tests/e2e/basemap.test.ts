/** A map of tiles under the county, fetched by the relay from a service that wants a key. */
import { createCanvas } from '@napi-rs/canvas'
import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { openBrowser, openPage } from '../support/wall.ts'

const key = 'feedfacefeedfacefeedfacefeedface'
let service: Server
let relay: Relay
let browser: Browser
let isUp = false
const asked: string[] = []

/** A pale map with a road through it. */
function tile(): Buffer {
  const canvas = createCanvas(256, 256)
  const context = canvas.getContext('2d')
  context.fillStyle = '#f4f1ea'
  context.fillRect(0, 0, 256, 256)
  context.strokeStyle = '#8aa'
  context.lineWidth = 5
  context.strokeRect(0, 0, 256, 256)
  return canvas.toBuffer('image/png')
}

beforeAll(async () => {
  const bytes = tile()
  service = createServer((req, res) => {
    asked.push(req.url ?? '')
    if (isUp) res.writeHead(200, { 'content-type': 'image/png' }).end(bytes)
    else res.writeHead(503).end()
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  const { port } = service.address() as AddressInfo
  const dataDir = makeDataDir()
  writeFileSync(
    join(dataDir, 'county.yaml'),
    `code: '431128'\nmasthead: 新田红旗\noffice: 指挥中心\nmap: xintian\napproval: null\nbasemap:\n  url: 'http://127.0.0.1:${port}/{z}/{x}/{y}?tk={key}'\n  credit: 天地图\n  look: drawn\n`,
  )
  writeFileSync(join(dataDir, 'basemap.key'), key)
  relay = await startRelay({ dataDir })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  service?.close()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

it('shows the outline alone while the service is down, and its tiles once it is up', async () => {
  const page = await openPage(browser, [1920, 1080])
  const seen: string[] = []
  page.on('request', (request) => seen.push(request.url()))
  const tiles = () => page.locator('.map-tiles image[href]').count()
  const all = () => page.locator('.map-tiles image').count()
  await page.goto(`${relay.url}/?rotation=off`)
  await page.locator('.map-label').first().waitFor()
  await until('tiles to be given up', async () => (await tiles()) === 0 && (await all()) > 0)
  expect(await page.locator('.map-source').textContent()).toContain('底图 天地图')

  isUp = true
  // The relay rests for half a minute of its own clock, so another one stands in for it.
  const again = await relayAgain()
  await page.goto(`${again.url}/?rotation=off`)
  await page.locator('.map-label').first().waitFor()
  await until('all tiles', async () => (await tiles()) === (await all()) && (await all()) > 0)
  const drawn = await page.evaluate(async () => {
    const first = document.querySelector('.map-tiles image')?.getAttribute('href') ?? ''
    return (await fetch(first)).headers.get('content-type')
  })
  expect(drawn).toBe('image/png')
  expect(asked.at(-1)).toContain(`tk=${key}`)
  expect(seen.join()).not.toContain(key)
  expect(await page.content()).not.toContain(key)
})

async function relayAgain(): Promise<Relay> {
  await relay.end()
  relay = await startRelay({ dataDir: relay.dataDir })
  return relay
}
