/** Four browsers that are one wall: they form one picture, change scenes together, and go on when the one that leads is gone. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { openBrowser, settled } from '../support/wall.ts'

const size = { width: 960, height: 540 }
const bezel = 20
const places = ['1,1', '2,1', '1,2', '2,2'] as const

let relay: Relay
let browser: Browser
let contexts: BrowserContext[]
let pages: Page[]
const complaints: string[] = []

async function open(place: string, more = ''): Promise<Page> {
  const context = await browser.newContext({ viewport: size })
  contexts.push(context)
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(
    `${relay.url}/?grid=2x2&part=${place}&bezel=${bezel}&wall=hall&rotation=off${more}`,
  )
  await page.getByTestId('wall').waitFor()
  return page
}
const sceneOf = (page: Page) => page.getByTestId('wall').getAttribute('data-scene')
const scenes = (those: readonly Page[]) => Promise.all(those.map(sceneOf))
const all = (those: readonly Page[], scene: string) =>
  until(`${scene} everywhere`, async () => (await scenes(those)).every((shown) => shown === scene))

beforeAll(async () => {
  relay = await startRelay()
  expect((await relay.post(smallCounty())).status).toBe(202)
  browser = await openBrowser()
  contexts = []
  pages = []
  for (const place of places) pages.push(await open(place))
  for (const page of pages) await page.getByTestId('kpi-online').waitFor()
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

describe('four browsers of one wall', () => {
  it('form one picture: what stands in one window continues in its neighbours', async () => {
    const titles = await Promise.all(
      pages.map(async (page, at) => {
        await settled(page)
        const dx = (at % 2) * (size.width + bezel)
        const dy = Math.floor(at / 2) * (size.height + bezel)
        return page.evaluate(
          ([x = 0, y = 0]) =>
            [...document.querySelectorAll('.panel-title, .kpi-label, .masthead h1')].map(
              (element) => {
                const box = element.getBoundingClientRect()
                return `${element.textContent} ${Math.round(box.x + x)} ${Math.round(box.y + y)}`
              },
            ),
          [dx, dy],
        )
      }),
    )
    expect(titles[0]?.length).toBeGreaterThan(8)
    for (const one of titles) expect(one).toEqual(titles[0])
    // The map is where the four meet; the masthead stands in the upper two, the spectrum in the lower.
    const [first] = pages
    const wall = await first?.getByTestId('wall').boundingBox()
    expect(wall?.width).toBeCloseTo(2 * size.width + bezel, 0)
  })

  it('change to the scene that somebody chooses at one of them', async () => {
    await pages[2]?.keyboard.press('2')
    await all(pages, 'ranking')
    await pages[0]?.keyboard.press('3')
    await all(pages, 'warnings')
  })

  it('begin to fade a scene in at one instant, whatever their pages are busy with then', async () => {
    const pressedMs = Date.now()
    await pages[0]?.keyboard.press('2')
    const instants = await Promise.all(
      pages.map((page) =>
        page.waitForFunction(() => {
          const scene = document.querySelector('[data-scene=ranking] [data-layer=ranking]')
          const fade = scene?.getAnimations()[0]
          const delayMs = Number(fade?.effect?.getTiming().delay)
          return fade && performance.timeOrigin + Number(fade.startTime) + delayMs
        }),
      ),
    )
    const times = (await Promise.all(instants.map((each) => each.jsonValue()))).map(Number)
    // Two seconds ahead at most, less where all have drawn it before; and as near as pages that have just loaded on a busy machine know the relay's clock.
    expect(Math.min(...times) - pressedMs).toBeGreaterThan(250)
    expect(Math.max(...times) - pressedMs).toBeLessThan(2_100)
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(50)
    await all(pages, 'ranking')
    await pages[0]?.keyboard.press('3')
    await all(pages, 'warnings')
  })

  it('are joined by one that comes later, whatever its own address asks for', async () => {
    await contexts.at(-1)?.close()
    pages[3] = await open('2,2', '#/learning')
    await all(pages, 'warnings')
  })

  it('go on together when the one that leads is closed', async () => {
    await contexts[0]?.close()
    const rest = pages.slice(1)
    await rest[0]?.keyboard.press(' ')
    // Let go, the rotation goes on by itself within its least time.
    await until(
      'the next scene everywhere',
      async () =>
        new Set(await scenes(rest)).size === 1 && (await sceneOf(rest[0] as Page)) !== 'warnings',
      30_000,
    )
  })

  it('says in a sentence what is wrong with an address, and shows no wall', async () => {
    const context = await browser.newContext({ viewport: size })
    const page = await context.newPage()
    await page.goto(`${relay.url}/?grid=2x2&part=3,1`)
    await page.getByText('part=3,1 不在 grid=2x2 之内').waitFor()
    expect(await page.getByTestId('wall').count()).toBe(0)
  })

  it('has no errors', () => {
    expect(complaints).toEqual([])
  })
})
