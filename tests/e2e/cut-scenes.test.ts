/** Every scene of a county's and a province's wall after its relay was lost: what is still true, and what only was. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { bannered, liveLooking, openBrowser, openPage, pixels } from '../support/wall.ts'

/** Cloth, at rest or not; the question mark of what is unknown is orange. */
const redderThanWarnings = [200, 256, 0, 98, 0, 90] as const

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

/** The names of the scenes with a tab, after each was looked at; `#/overview` first. */
async function walk(
  query: string,
  look: (page: Page, scene: string) => Promise<void>,
): Promise<readonly string[]> {
  const page = await openPage(browser, [1920, 1080])
  page.setDefaultTimeout(120_000)
  page.setDefaultNavigationTimeout(120_000)
  await page.goto(`${relay.url}/gallery?view=wall&motion=off&${query}#/overview`)
  const tabs = page.getByTestId('tab')
  await tabs.first().waitFor()
  const seen: string[] = []
  const one = async () => {
    const scene = await until('a scene alone', async () => {
      const name = await page.getByTestId('wall').getAttribute('data-scene')
      const layers = await page
        .locator('[data-layer]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-layer')))
      return layers.length === 1 && layers[0] === name && name !== null && !seen.includes(name)
        ? name
        : undefined
    })
    await page.locator('.place').first().waitFor()
    seen.push(scene)
    await look(page, scene)
  }
  await one()
  for (let at = 1; at < (await tabs.count()); at += 1) {
    await tabs.nth(at).click()
    await one()
  }
  if (!query.includes('county')) {
    await page.evaluate(() => (location.hash = '#/township/431128101'))
    await one()
  }
  await page.close()
  return seen
}

it.each([
  ['a county', '', 9],
  ['a province', '&county=530000', 3],
] as const)(
  'no number of %s looks live from the sixtieth second on, and the banner covers none',
  async (_, county, scenes) => {
    const found: [string, readonly string[]][] = []
    const seen = await walk(`state=lost${county}`, async (page, scene) => {
      found.push([scene, await page.evaluate(liveLooking)])
      found.push([scene, await page.evaluate(bannered)])
    })
    expect(seen.length).toBeGreaterThanOrEqual(scenes)
    expect(found.filter(([, texts]) => texts.length > 0)).toEqual([])
  },
  300_000,
)

it.each([
  ['a county', ''],
  ['a province', '&county=530000'],
])(
  'no flag of %s flies after ten minutes',
  async (_, county) => {
    await walk(`state=unknown${county}`, async (page, scene) => {
      // Bars of points are as red as ever: they tell a month, not who is there now.
      if (!['overview', 'floating', 'township'].includes(scene)) return
      const parts = page.locator(
        '.leaflet-container, .rack-flags, .destination-flags, .floaters, .province-tile svg',
      )
      await until(`no cloth in ${scene}`, async () => {
        for (const part of await parts.all())
          if ((await pixels(page, part, redderThanWarnings)) > 10) return false
        return (await parts.count()) > 0
      })
    })
  },
  300_000,
)
