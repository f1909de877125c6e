/** A wall for readers from 7 m on; that its texts are large enough and apart is seen by the pictures. */
import { expect, it } from 'vitest'
import { share } from '../support/share.ts'
import { crowded, textsOf } from '../support/texts.ts'
import { openPage, settled } from '../support/wall.ts'

const shared = share()

it('shows six ranks and five rows of the feed, and of captions only the ages', async () => {
  const page = await openPage(shared.browser, [1920, 1080])
  await page.goto(`${shared.relay.url}/gallery?view=wall&density=far`)
  await page.getByTestId('rank-row').first().waitFor()
  await page.getByTestId('feed-row').first().waitFor()
  await settled(page)
  expect(await page.getByTestId('rank-row').count()).toBe(6)
  expect(await page.getByTestId('feed-row').count()).toBe(5)
  expect(await page.locator('.panel-note:visible, .legend:visible').count()).toBe(0)
  expect(await page.getByTestId('source-age').first().isVisible()).toBe(true)
  await page.close()
})

it('keeps what the header of a wall opens apart', async () => {
  const page = await openPage(shared.browser, [1920, 1080])
  await page.goto(`${shared.relay.url}/?density=far&rotation=off`)
  await page.locator('.to-remote').waitFor()
  await page.locator('.header').hover()
  await settled(page)
  expect(crowded(await textsOf(page))).toEqual([])
  await page.close()
})
