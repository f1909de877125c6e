/**
 * What stands beside each other and means something else is told apart by its form alone, whatever eyes lack: colours near each other to some of
 * them, such as the cloth's and that of a warning, need no more to be apart. Forms that letters give (印) need no test, and colours of one form are
 * held by the theme's.
 */
import type { CDPSession, Locator, Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { openGallery, showWall, walls } from '../support/gallery.ts'
import { share } from '../support/share.ts'
import { readPicture } from './look.ts'

/** Of the pixels that either of two marks inks, those that both do: from there on they are one form. */
const mostAlike = 0.7
/** Levels by which ink differs from its ground. */
const leastInk = 24

/** Px of a picture to one of the page, so that a form has pixels. */
const scale = 3

const shared = share()
let page: Page
let session: CDPSession
beforeAll(async () => {
  page = await openGallery(shared.browser, [1920, 1080])
  session = await page.context().newCDPSession(page)
})

async function show(name: string, state: string): Promise<void> {
  const wall = walls.find((each) => each.name === name)
  if (wall === undefined) throw new Error(`there is no wall ${name}`)
  await showWall(page, shared.relay.url, wall, state)
}

/** Which pixels of a square of so many px around its middle are inked, by its colourless light. */
async function formOf(mark: Locator, side: number): Promise<readonly boolean[]> {
  const box = await mark.boundingBox()
  if (box === null) throw new Error('a mark has no box')
  const [x, y] = [box.x + (box.width - side) / 2, box.y + (box.height - side) / 2]
  const clip = { x: Math.round(x), y: Math.round(y), width: side, height: side, scale }
  const shot = await session.send('Page.captureScreenshot', { format: 'png', clip })
  const { data } = await readPicture(Buffer.from(shot.data, 'base64'))
  const light = (at: number) => ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3
  return Array.from(
    { length: data.length / 4 },
    (_, at) => Math.abs(light(at * 4) - light(0)) > leastInk,
  )
}

function alike(forms: Readonly<Record<string, readonly boolean[]>>): readonly string[] {
  const all = Object.entries(forms)
  return all.flatMap(([one, a], at) =>
    all.slice(at + 1).flatMap(([two, b]) => {
      const either = a.filter((inked, pixel) => inked || b[pixel]).length
      const both = a.filter((inked, pixel) => inked && b[pixel]).length
      const share = both / either
      return share < mostAlike ? [] : [`${one}, ${two}: ${share.toFixed(2)}`]
    }),
  )
}

it('tells the marks of the map by their form', async () => {
  await show('overview', 'live')
  const forms: Record<string, readonly boolean[]> = {}
  for (const item of await page.locator('.map-legend li').all())
    forms[await item.innerText()] = await formOf(item.locator('canvas'), 19)
  await show('overview', 'unknown')
  forms['unknown'] = await formOf(page.locator('.map-legend canvas').first(), 19)
  expect(Object.keys(forms)).toHaveLength(7)
  expect(alike(forms)).toEqual([])
})

it('tells how old data are by the form of their mark', async () => {
  const forms: Record<string, readonly boolean[]> = {}
  for (const [state, age] of [
    ['live', 'ok'],
    ['stale', 'late'],
    ['error', 'broken'],
    ['blank', 'none'],
  ] as const) {
    await show('overview', state)
    forms[age] = await formOf(page.locator(`.panel .age-${age}`).first(), 11)
  }
  expect(alike(forms)).toEqual([])
})

it('tells the levels of warnings by their form', async () => {
  const forms: Record<string, readonly boolean[]> = {}
  const look = async (level: string) => {
    forms[level] = await formOf(page.locator(`.warning-mark[aria-label=${level}]`).first(), 20)
  }
  await show('learning', 'live')
  await look('关注')
  await show('warnings', 'live')
  for (const level of ['黄色预警', '橙色预警', '红色预警']) await look(level)
  expect(alike(forms)).toEqual([])
})
