/** A wall for readers from 7 m on: larger type, fewer rows, and still nothing that touches or is cut. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openGallery, resizeWall, showWall, walls } from '../support/gallery.ts'
import { removeDataDir, startRelay, type Relay } from '../support/relay.ts'
import { crowding, openBrowser, openPage, settled, smallPrint } from '../support/wall.ts'

/** DESIGN: nothing under 1.75 units, and from 7 m on 1.2 times as much. */
const floor = 1.75 * 1.2

/** Every scene where its places are narrowest, and on a wide wall. */
const sizes = [
  [1920, 1080],
  [5760, 1620],
] as const
/** What lengthens texts. */
const troubled = walls.flatMap((wall) =>
  ['overview', 'warnings', 'township', 'province'].includes(wall.name)
    ? ['error', 'lost'].map((state) => ({ ...wall, state }))
    : [],
)

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

it.each(walls.filter(({ name }) => name !== 'card'))(
  'the text of $name is large enough from afar, apart and on the screen',
  async (wall) => {
    const complaints: string[] = []
    const page = await openGallery(browser, sizes[0], complaints)
    await showWall(page, relay.url, wall, 'live', 'density=far')
    for (const [width, height] of sizes) {
      await resizeWall(page, [width, height])
      expect(await page.evaluate(crowding), `${width}×${height}`).toEqual([])
      expect(await page.evaluate(smallPrint, floor), `${width}×${height}`).toEqual([])
    }
    expect(complaints).toEqual([])
    await page.close()
  },
)

it.each(troubled)('so it is of $name in the state $state', async ({ state, ...wall }) => {
  const page = await openGallery(browser, sizes[0])
  await showWall(page, relay.url, wall, state, 'density=far')
  expect(await page.evaluate(crowding)).toEqual([])
  expect(await page.evaluate(smallPrint, floor)).toEqual([])
  await page.close()
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
