/** The wall in a real Chromium against a real relay: what a person in front of it would notice. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { branchA, branchB, cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'

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
  relay = await startRelay()
  const feeds = ['organizations', 'activities', 'video', 'points', 'study', 'cases', 'term', 'dues']
  const answer = await relay.post([...smallCounty(hostile), ...feeds.map(report)])
  expect(answer.status, await answer.clone().text()).toBe(202)
  browser = await launchBrowser()
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

/** Pairs of texts whose letters touch, and texts that leave the screen; what a parent clips does not count. */
function crowding(): readonly string[] {
  interface Box {
    readonly node: Node
    readonly text: string
    readonly left: number
    readonly right: number
    readonly top: number
    readonly bottom: number
  }
  const boxes: Box[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? ''
    const element = node.parentElement
    if (text === '' || element === null || element.closest('script, style, .digits') !== null)
      continue
    const style = getComputedStyle(element)
    if (style.visibility === 'hidden' || Number(style.opacity) === 0) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const rect of range.getClientRects()) {
      // Letters fill the font size in the middle of a line box that may be taller.
      const middle = (rect.top + rect.bottom) / 2
      const half = Math.min(rect.height, Number.parseFloat(style.fontSize)) * 0.45
      const box = { left: rect.left, right: rect.right, top: middle - half, bottom: middle + half }
      for (let up: Element | null = element; up !== null; up = up.parentElement) {
        if (getComputedStyle(up).overflowX === 'visible') continue
        const clip = up.getBoundingClientRect()
        box.left = Math.max(box.left, clip.left)
        box.right = Math.min(box.right, clip.right)
        box.top = Math.max(box.top, clip.top)
        box.bottom = Math.min(box.bottom, clip.bottom)
      }
      if (box.right > box.left && box.bottom > box.top) boxes.push({ node, text, ...box })
    }
  }
  const found: string[] = []
  for (const [index, one] of boxes.entries()) {
    if (
      one.right > innerWidth + 1 ||
      one.bottom > innerHeight + 1 ||
      one.left < -1 ||
      one.top < -1
    ) {
      found.push(`outside: ${one.text}`)
    }
    for (const two of boxes.slice(index + 1)) {
      // A text that ends in an ellipsis has two boxes of its own.
      if (one.node === two.node) continue
      const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left)
      const high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top)
      if (wide > 1 && high > 1) found.push(`${one.text} × ${two.text}`)
    }
  }
  return found
}

const sizes = [
  [1920, 1080],
  [3840, 2160],
] as const
const states = ['live', 'error', 'lost'] as const

describe.each(sizes)('text at %i×%i', (width, height) => {
  it('does not overlap or leave the screen, whatever a branch is called', async () => {
    const opened = await openWall(width, height)
    await opened.evaluate(() => document.fonts.ready)
    expect(await opened.evaluate(crowding)).toEqual([])
    await opened.close()
  })

  it.each(states)('does not overlap or leave the screen on a full county, %s', async (state) => {
    const opened = await browser.newPage({ viewport: { width, height } })
    await opened.goto(`${relay.url}/gallery?view=wall&state=${state}`)
    await opened.getByTestId('feed').waitFor()
    await opened.locator('.leaflet-container').waitFor()
    await opened.evaluate(() => document.fonts.ready)
    expect(await opened.evaluate(crowding)).toEqual([])
    await opened.close()
  })
})
