/** The wall in a real Chromium against a real relay: what a person in front of it would notice. */
import { chromium, type Browser, type Page } from 'playwright-core'
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { branchA, branchB, cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'

const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)
const hostile = '\u202E积分<img src=x onerror="document.title=1">村党支部'

let relay: Relay
let browser: Browser
let page: Page
const complaints: string[] = []

async function openWall(width: number, height: number): Promise<Page> {
  const opened = await browser.newPage({ viewport: { width, height } })
  opened.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  opened.on('pageerror', (error) => complaints.push(String(error)))
  await opened.goto(relay.url)
  await opened.getByTestId('feed').waitFor()
  return opened
}

const report = (feed: string): Record<string, unknown> =>
  cloudEvent('source.reported', 'xintian', { feed, cadenceSeconds: 3600 } as never)

beforeAll(async () => {
  if (executablePath === undefined) throw new Error('No Chromium: run "bash .ci/install --tests".')
  relay = await startRelay()
  const feeds = ['organizations', 'activities', 'video', 'points', 'study', 'cases', 'term', 'dues']
  const answer = await relay.post([...smallCounty(hostile), ...feeds.map(report)])
  expect(answer.status, await answer.clone().text()).toBe(202)
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  })
  page = await openWall(1920, 1080)
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

/** Pixels of the flag's red inside the map. */
async function redPixels(): Promise<number> {
  const box = await page.locator('.leaflet-container').boundingBox()
  if (box === null) throw new Error('no map')
  const shot = await page.screenshot({ clip: box })
  return await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d')
    if (context === null) return 0
    context.drawImage(bitmap, 0, 0)
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    let red = 0
    for (let at = 0; at < data.length; at += 4) {
      if ((data[at] ?? 0) > 200 && (data[at + 1] ?? 0) < 110 && (data[at + 2] ?? 0) < 100) red += 1
    }
    return red
  }, shot.toString('base64'))
}

const number = async (testid: string): Promise<number> =>
  Number(await page.getByTestId(testid).first().getAttribute('data-value'))

describe('the wall', () => {
  it('shows the organisations of the log as red flags', async () => {
    await until('red pixels on the map', async () => (await redPixels()) > 40)
    expect(await number('kpi-online')).toBe(3)
    expect(await number('kpi-members')).toBe(120)
  })

  it('shows a posted activity in the feed and counts it', async () => {
    const before = await number('kpi-activities')
    await relay.post([
      cloudEvent('activity.started', branchA, {
        activity: 'wall-1',
        form: 'theme-day',
        title: '向金陵中学捐赠课桌椅 260 套',
      }),
    ])
    await page.getByTestId('feed-row').filter({ hasText: '向金陵中学捐赠课桌椅' }).waitFor()
    await until('the counter', async () => (await number('kpi-activities')) === before + 1)
  })

  it('moves a branch to the top of the ranking when it earns points', async () => {
    await relay.post([cloudEvent('points.awarded', branchA, { points: 90, reason: 'activity' })])
    await until('the first row', async () => {
      const text = await page.getByTestId('rank-row').first().textContent()
      return text?.includes('乐大晚村党支部') === true && text.includes('90')
    })
    await relay.post([cloudEvent('points.awarded', branchB, { points: 200, reason: 'study' })])
    await until('the other branch on top', async () =>
      (await page.getByTestId('rank-row').first().textContent())?.includes('200'),
    )
  })

  it('renders a hostile name as harmless text, its direction override gone', async () => {
    await until('the name in the ranking', async () =>
      (await page.getByTestId('rank-row').first().textContent())?.includes('<img'),
    )
    expect(await page.locator('img[src="x"]').count()).toBe(0)
    expect(await page.title()).not.toBe('1')
    expect(await page.content()).not.toContain('\u202E')
  })

  it('says at once that the relay is gone, and comes back by itself with new figures', async () => {
    const port = Number(new URL(relay.url).port)
    await relay.end('SIGKILL')
    await page
      .getByText('汇聚中心')
      .filter({ hasText: '中断' })
      .first()
      .waitFor({ timeout: 20_000 })
    relay = await startRelay({ dataDir: relay.dataDir, port })
    const before = await number('kpi-activities')
    await relay.post([
      cloudEvent('activity.started', branchB, {
        activity: 'wall-2',
        form: 'lecture',
        title: '恢复后的党课',
      }),
    ])
    await page
      .getByTestId('feed-row')
      .filter({ hasText: '恢复后的党课' })
      .waitFor({ timeout: 30_000 })
    await until(
      'the counter after the return',
      async () => (await number('kpi-activities')) === before + 1,
    )
  })

  it('has no console errors while the relay is there', () => {
    const own = complaints.filter(
      (text) => !/ERR_CONNECTION_REFUSED|WebSocket connection/.test(text),
    )
    expect(own).toEqual([])
  })
})

for (const [width, height] of [
  [1920, 1080],
  [3840, 2160],
] as const) {
  it(`has no text that overlaps or overflows at ${width}×${height}`, async () => {
    const opened = await openWall(width, height)
    await opened.evaluate(() => document.fonts.ready)
    const faults = await opened.evaluate(() => {
      const boxes: { text: string; rect: DOMRect; element: Element }[] = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const text = node.textContent?.trim() ?? ''
        const element = node.parentElement
        if (text === '' || element === null) continue
        const style = getComputedStyle(element)
        if (style.visibility === 'hidden' || Number(style.opacity) === 0) continue
        if (element.closest('[aria-hidden=true], script, style, .digits') !== null) continue
        const range = document.createRange()
        range.selectNodeContents(node)
        const rect = range.getBoundingClientRect()
        if (rect.width > 0 && rect.height > 0) boxes.push({ text, rect, element })
      }
      const found: string[] = []
      for (const { text, rect } of boxes) {
        if (rect.right > innerWidth + 1 || rect.bottom > innerHeight + 1 || rect.left < -1) {
          found.push(`outside: ${text}`)
        }
      }
      for (let a = 0; a < boxes.length; a += 1) {
        for (let b = a + 1; b < boxes.length; b += 1) {
          const one = boxes[a]
          const two = boxes[b]
          if (one === undefined || two === undefined) continue
          const wide =
            Math.min(one.rect.right, two.rect.right) - Math.max(one.rect.left, two.rect.left)
          const high =
            Math.min(one.rect.bottom, two.rect.bottom) - Math.max(one.rect.top, two.rect.top)
          const least = Math.min(one.rect.height, two.rect.height)
          // Line boxes of neighbouring rows may touch; letters may not.
          if (wide > 2 && high > least * 0.3) found.push(`${one.text} × ${two.text}`)
        }
      }
      return found
    })
    expect(faults).toEqual([])
    await opened.close()
  })
}
