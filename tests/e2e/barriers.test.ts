/** What keeps somebody from reading or working the wall and the gallery, by the rules of axe; the console's test asks it at every step. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { barriers } from '../support/barriers.ts'
import { cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { openBrowser, openPage } from '../support/wall.ts'

let relay: Relay
let browser: Browser
let page: Page
beforeAll(async () => {
  relay = await startRelay()
  const reports = ['organizations', 'activities', 'points', 'term', 'dues'].map((feed) =>
    cloudEvent('source.reported', 'xintian', { feed, cadenceSeconds: 3600 } as never),
  )
  await relay.post([...smallCounty(), ...reports])
  browser = await openBrowser()
  page = await openPage(browser, [1280, 720])
  page.setDefaultTimeout(120_000)
  page.setDefaultNavigationTimeout(120_000)
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

it('every scene is free of serious barriers', async () => {
  await page.goto(`${relay.url}/?rotation=off#/overview`)
  const tabs = page.getByTestId('tab')
  await tabs.first().waitFor()
  const layers = page.locator('[data-layer]')
  const found: Record<string, readonly string[]> = {}
  const count = await tabs.count()
  for (let index = 1; index <= count; index += 1) {
    await page.keyboard.press(String(index))
    const scene = await until(
      'the scene alone',
      async () => {
        const name = await page.getByTestId('wall').getAttribute('data-scene')
        const shown = await layers.evaluateAll((all) =>
          all.map((each) => each.getAttribute('data-layer')),
        )
        return shown.length === 1 && shown[0] === name && name !== null && !(name in found) && name
      },
      60_000,
    )
    found[scene] = await barriers(page, 'serious')
  }
  expect(Object.keys(found).length).toBeGreaterThan(5)
  expect(Object.entries(found).filter(([, broken]) => broken.length > 0)).toEqual([])
}, 300_000)

it.each(['', '?view=wall&state=lost'])(
  'the gallery%s has no serious barrier',
  async (query) => {
    await page.goto(`${relay.url}/gallery${query}`)
    await page.locator('.panel').first().waitFor()
    expect(await barriers(page, 'serious')).toEqual([])
  },
  300_000,
)
