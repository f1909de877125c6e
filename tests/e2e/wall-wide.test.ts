/** A wall of 21:9: what is drawn has the width of its panel, as on 16:9. */
import { expect, it } from 'vitest'
import { openGallery, showWall, walls } from '../support/gallery.ts'
import { share } from '../support/share.ts'
import { crowded, textsOf } from '../support/texts.ts'

const shared = share()

/** Panels of which a tenth of the width or more is empty at the right, beside a chart or pictures. */
function halfEmpty(): readonly string[] {
  return [...document.querySelectorAll('.body .panel')].flatMap((panel) => {
    const { right, width } = panel.getBoundingClientRect()
    const body = panel.querySelector('.panel-body')
    const drawn = [...(body?.querySelectorAll('svg, canvas, .tile') ?? [])]
      .map((each) => each.getBoundingClientRect())
      .filter((rect) => rect.width > width / 3)
    if (body === null || drawn.length === 0) return []
    const texts = document.createRange()
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
    const ends = drawn.map((rect) => rect.right)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      texts.selectNodeContents(node)
      ends.push(texts.getBoundingClientRect().right)
    }
    return Math.max(...ends) < right - width / 10 ? [panel.getAttribute('aria-label') ?? ''] : []
  })
}

const scenes = walls.filter(({ name }) =>
  ['floating', 'governance', 'learning', 'video'].includes(name),
)

it('fills the panels of every such scene', async () => {
  const page = await openGallery(shared.browser, [2560, 1080])
  for (const wall of scenes) {
    await showWall(page, shared.relay.url, wall, 'live')
    expect(await page.evaluate(halfEmpty), wall.name).toEqual([])
    expect(crowded(await textsOf(page)), wall.name).toEqual([])
  }
})
