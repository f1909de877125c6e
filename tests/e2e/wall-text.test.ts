/** Every text of a full county and of a province, at the sizes and in the states in which walls are seen. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openGallery, resizeWall, showWall, walls } from '../support/gallery.ts'
import { removeDataDir, startRelay, type Relay } from '../support/relay.ts'
import { crowding, openBrowser, smallPrint } from '../support/wall.ts'

const plain = [1920, 1080] as const
/** Each scene is laid out anew for them; twice as large is the same layout, and asked of the overview alone. */
const others = [
  [5760, 1620],
  [1280, 720],
] as const
const doubled = [
  [3840, 2160],
  [7680, 2160],
] as const
/** States that lengthen texts are looked at where there is least or most room. */
const troubled = [
  [3840, 2160, 'lost'],
  [1280, 720, 'error'],
  [2560, 1080, 'lost'],
  [5760, 1620, 'error'],
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

describe.each(walls)('text of $name', (wall) => {
  it.each(['live', 'empty', 'error', 'lost'])(
    'is large enough, apart and on the screen: %s',
    async (state) => {
      const complaints: string[] = []
      const page = await openGallery(browser, plain, complaints)
      await showWall(page, relay.url, wall, state)
      const sizes = wall.name === 'overview' ? [plain, ...others, ...doubled] : [plain, ...others]
      for (const [width, height] of state === 'live' ? sizes : [plain]) {
        await resizeWall(page, [width, height])
        expect(await page.evaluate(crowding), `${width}×${height}`).toEqual([])
        expect(await page.evaluate(smallPrint, floor), `${width}×${height}`).toEqual([])
      }
      expect(complaints).toEqual([])
      await page.close()
    },
    120_000,
  )
})

it.each(troubled)('text of the overview at %i×%i, %s', async (width, height, state) => {
  const [overview] = walls
  if (overview === undefined) throw new Error('there are no walls')
  const page = await openGallery(browser, [width, height])
  await showWall(page, relay.url, overview, state)
  expect(await page.evaluate(crowding)).toEqual([])
  expect(await page.evaluate(smallPrint, floor)).toEqual([])
  await page.close()
})

it('draws the rare characters of names with a glyph in every face, not with the box for none', async () => {
  const page = await openGallery(browser, plain)
  const [overview] = walls
  if (overview === undefined) throw new Error('there are no walls')
  await showWall(page, relay.url, overview, 'live')
  const boxes = await page.evaluate(() => {
    const style = getComputedStyle(document.documentElement)
    const inkOf = (text: string, face: string) => {
      const context = new OffscreenCanvas(64, 64).getContext('2d')
      if (context === null) return ''
      context.font = `40px ${style.getPropertyValue(face)}`
      context.fillText(text, 8, 48)
      return context.getImageData(0, 0, 64, 64).data.join()
    }
    return ['--f-sans', '--f-serif', '--f-display', '--f-table'].flatMap((face) => {
      // No font has a glyph for what is no character.
      const none = [inkOf('\u{10FFFF}', face), inkOf(' ', face)]
      return ['㙟', '𠮷', '䶮']
        .filter((name) => none.includes(inkOf(name, face)))
        .map((name) => face + name)
    })
  })
  expect(boxes).toEqual([])
  await page.close()
})
