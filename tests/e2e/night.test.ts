/**
 * A wall through an evening, a night and a morning, by a clock that is put forward: without its relay, which would
 * tell it what time it is.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { openBrowser, openPage } from '../support/wall.ts'

let relay: Relay
let browser: Browser
let page: Page
/** Where somebody works at night. */
let awake: Page
const dayMs = 86_400_000

/** What lies between now and the next time that it is so late at the wall. */
const msUntil = (clock: string, now: number) => {
  const today = new Date(now + 8 * 3_600_000).toISOString().slice(0, 10)
  const at = Date.parse(`${today}T${clock}:00+08:00`)
  return at > now ? at - now : at + dayMs - now
}
/** The wall's clock shows it, and its scene has had its time. */
async function comeTo(clock: string, from = page): Promise<void> {
  await from.clock.fastForward(msUntil(clock, await from.evaluate(() => Date.now())))
  await from.clock.runFor(125_000)
}
const shows = (scene: string, on = page) =>
  until(
    scene,
    async () => (await on.getByTestId('wall').getAttribute('data-scene')) === scene,
    30_000,
  )

beforeAll(async () => {
  relay = await startRelay()
  await relay.post(smallCounty())
  browser = await openBrowser()
  const open = async (query: string) => {
    const opened = await openPage(browser, [1280, 720])
    await opened.clock.install()
    await opened.goto(`${relay.url}/${query}`)
    await opened.getByTestId('wall').waitFor()
    return opened
  }
  page = await open('')
  awake = await open('?night=off')
  await relay.end('SIGKILL')
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

it('shows from 23:00 nothing but the time, at another place every minute', async () => {
  await comeTo('23:00')
  await shows('night')
  await until('the night alone', async () => (await page.locator('[data-layer]').count()) === 1)
  expect(await page.getByTestId('header').count()).toBe(0)
  expect(await page.getByTestId('footer').count()).toBe(0)
  const clock = page.locator('.night-time')
  expect(await clock.textContent()).toMatch(/^23:0\d$/)
  const [before, at] = [await clock.boundingBox(), await clock.textContent()]
  await page.clock.runFor(60_000)
  expect(await clock.textContent()).not.toBe(at)
  const after = await clock.boundingBox()
  expect(Math.abs((after?.x ?? 0) - (before?.x ?? 0))).toBeGreaterThan(100)
})

it.each(['a key', 'a touch'])('is woken by %s for two minutes, and by nothing else', async (by) => {
  // The space bar holds a scene by day: whatever wakes the wall only wakes it.
  await (by === 'a key' ? page.keyboard.press('Space') : page.mouse.click(640, 30))
  await shows('overview')
  expect(await page.getByTestId('header').textContent()).toContain('静屏已唤醒')
  await page.clock.runFor(100_000)
  await shows('overview')
  await page.clock.runFor(25_000)
  await shows('night')
})

it('shows the day again from 06:00', async () => {
  await comeTo('06:00')
  await until('a scene of the day', async () => (await page.getByTestId('header').count()) === 1)
})

it('goes on all night where the address says so', async () => {
  await comeTo('23:00', awake)
  expect(await awake.getByTestId('night').count()).toBe(0)
  expect(await awake.getByTestId('header').count()).toBe(1)
})
