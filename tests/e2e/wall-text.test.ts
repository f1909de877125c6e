/** Every text of a full county, at the sizes and in the states in which walls are seen. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeDataDir, startRelay, type Relay } from '../support/relay.ts'
import { crowding, openBrowser, openPage, settled, smallPrint } from '../support/wall.ts'

const states = ['live', 'error', 'lost'] as const
const sizes = [
  [1920, 1080, states],
  [3840, 2160, ['live', 'lost']],
  [1280, 720, ['live', 'error']],
  [2560, 1080, ['live', 'lost']],
  [5760, 1620, ['live', 'error']],
  [7680, 2160, ['live']],
] as const
/** DESIGN: nothing under 1.75 units. */
const floor = 1.75

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

describe.each(sizes)('text at %i×%i', (width, height, looked) => {
  it.each(looked)('is large enough, apart and on the screen: %s', async (state) => {
    const complaints: string[] = []
    const page = await openPage(browser, [width, height], complaints)
    await page.goto(`${relay.url}/gallery?view=wall&state=${state}`)
    await page.locator('.leaflet-container').waitFor()
    await page.locator('.map-leader').first().waitFor({ state: 'attached' })
    await settled(page)
    expect(await page.evaluate(crowding)).toEqual([])
    expect(await page.evaluate(smallPrint, floor)).toEqual([])
    expect(complaints).toEqual([])
    await page.close()
  })
})

describe.each([
  'ranking',
  'warnings',
  'floating',
  'governance',
  'learning',
  'services',
  'video',
  'platforms',
  'night',
  'township/431128101',
])('text of the scene %s', (scene) => {
  it.each(['live', 'empty', 'error', 'lost'] as const)(
    'is large enough, apart and on the screen: %s',
    async (state) => {
      const complaints: string[] = []
      const page = await openPage(browser, [1920, 1080], complaints)
      await page.goto(`${relay.url}/gallery?view=wall&state=${state}#/${scene}`)
      await page.locator(`[data-layer="${scene.split('/')[0]}"]`).waitFor()
      await settled(page)
      expect(await page.evaluate(crowding)).toEqual([])
      expect(await page.evaluate(smallPrint, floor)).toEqual([])
      expect(complaints).toEqual([])
      await page.close()
    },
  )
})

describe.each(['530000', '530100'])('text of the tiles of %s', (code) => {
  it.each(['live', 'empty', 'error', 'lost'] as const)(
    'is large enough, apart and on the screen: %s',
    async (state) => {
      const complaints: string[] = []
      const page = await openPage(browser, [1920, 1080], complaints)
      await page.goto(`${relay.url}/gallery?view=wall&county=${code}&state=${state}`)
      await page.locator('[data-testid=tile]').first().waitFor()
      await settled(page)
      expect(await page.evaluate(crowding)).toEqual([])
      expect(await page.evaluate(smallPrint, floor)).toEqual([])
      expect(complaints).toEqual([])
      await page.close()
    },
  )
})

describe('text of the card of a branch', () => {
  it.each(['live', 'empty', 'error', 'lost'] as const)(
    'is large enough, apart and on the screen: %s',
    async (state) => {
      const complaints: string[] = []
      const page = await openPage(browser, [1920, 1080], complaints)
      await page.goto(`${relay.url}/gallery?view=wall&state=${state}#/branch/431128101-1`)
      await page.getByTestId('branch-card').getByText('天地山村党支部').first().waitFor()
      await settled(page)
      expect(await page.evaluate(crowding)).toEqual([])
      expect(await page.evaluate(smallPrint, floor)).toEqual([])
      expect(complaints).toEqual([])
      await page.close()
    },
  )
})
