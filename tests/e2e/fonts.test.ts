/** The faces of the wall; that no text is in another is seen by the pictures. */
import { expect, it } from 'vitest'
import { share } from '../support/share.ts'
import { openPage, settled } from '../support/wall.ts'

const shared = share()

it('loads every face from its own relay, and nothing from anywhere else', async () => {
  const page = await openPage(shared.browser, [1920, 1080])
  const asked: URL[] = []
  page.on('request', (request) => asked.push(new URL(request.url())))
  await page.goto(`${shared.relay.url}/gallery?view=wall`)
  await page.getByTestId('feed-row').first().waitFor()
  await settled(page)
  const { host } = new URL(shared.relay.url)
  expect(asked.filter((url) => url.host !== host).map(String)).toEqual([])
  expect(asked.filter(({ pathname }) => pathname.endsWith('.woff2')).length).toBeGreaterThan(10)
  const failed = await page.evaluate(() =>
    [...document.fonts].filter(({ status }) => status === 'error').map(({ family }) => family),
  )
  expect(failed).toEqual([])
  await page.close()
})

it('draws the rare characters of names with a glyph in every face, not with the box for none', async () => {
  const page = await openPage(shared.browser, [1920, 1080])
  await page.goto(`${shared.relay.url}/gallery?view=wall`)
  await page.getByTestId('feed-row').first().waitFor()
  await settled(page)
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
