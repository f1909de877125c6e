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
const named = (...names: readonly string[]) => scenes.filter(({ name }) => names.includes(name))
const grids = [
  ['3x3', [3, 3], [1920, 1080], scenes],
  ['4x4', [4, 4], [1920, 1080], scenes],
  // Modules stand beside the scene: what there is of them is the same in each.
  ['6x3', [6, 3], [5760, 1620], named('overview', 'ranking', 'floating', 'governance')],
] as const

const shared = share()
let page: Page
beforeAll(async () => {
  page = await openGallery(shared.browser, [1920, 1080])
})

describe.each(grids)('a wall of %s panels', (seams, counts, size, looked) => {
  const [width, height] = size
  beforeAll(() => page.setViewportSize({ width, height }))

  it.each(looked)('cuts no letter of the scene $name', async (wall) => {
    await showWall(page, shared.relay.url, wall, 'live', `seams=${seams}`)
    // Once a second the wall looks at what has come meanwhile.
    await expect
      .poll(() => page.evaluate(cutLetters, counts), { timeout: 10_000, interval: 500 })
      .toEqual([])
    expect(crowded(await textsOf(page))).toEqual([])
  })
})
