/** A wall for readers from 7 m on: larger type, fewer rows, and still nothing that touches or is cut. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeDataDir, startRelay, type Relay } from '../support/relay.ts'
import { crowding, openBrowser, openPage, settled, smallPrint } from '../support/wall.ts'

/** DESIGN: nothing under 1.75 units, and from 7 m on 1.2 times as much. */
const floor = 1.75 * 1.2

const looks = [
  [1920, 1080, 'live'],
  [1920, 1080, 'error'],
  [3840, 2160, 'lost'],
  [5760, 1620, 'live'],
] as const

let relay: Relay
let browser: Browser
beforeAll(async () => {
  relay = await startRelay()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

describe.each(['overview', 'ranking', 'warnings'])('the scene %s from afar', (scene) => {
  it.each(looks)('is large enough, apart and on the screen: %i×%i %s', async (w, h, state) => {
    const complaints: string[] = []
    const page = await openPage(browser, [w, h], complaints)
    await page.goto(`${relay.url}/gallery?view=wall&density=far&state=${state}#/${scene}`)
    await page.locator(`[data-layer="${scene}"]`).waitFor()
    if (scene === 'overview')
      await page.locator('.map-leader').first().waitFor({ state: 'attached' })
    await settled(page)
    expect(await page.evaluate(crowding)).toEqual([])
    expect(await page.evaluate(smallPrint, floor)).toEqual([])
    expect(complaints).toEqual([])
    await page.close()
  })
})

it('shows six ranks and five rows of the feed, and of captions only the ages', async () => {
  const page = await openPage(browser, [1920, 1080])
  await page.goto(`${relay.url}/gallery?view=wall&density=far`)
  await page.getByTestId('rank-row').first().waitFor()
  await page.getByTestId('feed-row').first().waitFor()
  await settled(page)
  expect(await page.getByTestId('rank-row').count()).toBe(6)
  expect(await page.getByTestId('feed-row').count()).toBe(5)
  expect(await page.locator('.panel-note:visible, .legend:visible').count()).toBe(0)
  expect(await page.getByTestId('source-age').first().isVisible()).toBe(true)
  await page.close()
})

it('keeps what the header of a wall opens apart', async () => {
  const page = await openPage(browser, [1920, 1080])
  await page.goto(`${relay.url}/?density=far&rotation=off`)
  await page.locator('.to-remote').waitFor()
  await page.locator('.header').hover()
  await settled(page)
  expect(await page.evaluate(crowding)).toEqual([])
  await page.close()
})
