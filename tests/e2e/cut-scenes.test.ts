/** Every scene ten minutes after its relay was lost; that no number looks live from the sixtieth second on is seen by the pictures. */
import { expect, it } from 'vitest'
import { openGallery, showWall, walls } from '../support/gallery.ts'
import { until } from '../support/relay.ts'
import { share } from '../support/share.ts'
import { pixels } from '../support/wall.ts'

/** Cloth, at rest or not; the question mark of what is unknown is orange. */
const redderThanWarnings = [200, 256, 0, 98, 0, 90] as const
/** Bars of points are as red as ever: they tell a month, not who is there now. */
const flown = ['overview', 'floating', 'township', 'province', 'prefecture']
const flags = '.leaflet-container, .rack-flags, .destination-flags, .floaters, .province-tile svg'

const shared = share()

it('no flag flies ten minutes after the relay was lost', async () => {
  const page = await openGallery(shared.browser, [1920, 1080])
  for (const wall of walls.filter(({ name }) => flown.includes(name))) {
    await showWall(page, shared.relay.url, wall, 'unknown')
    const parts = page.locator(flags)
    expect(await parts.count(), wall.name).toBeGreaterThan(0)
    await until(`no cloth in ${wall.name}`, async () => {
      for (const part of await parts.all())
        if ((await pixels(page, part, redderThanWarnings)) > 10) return false
      return true
    })
  }
}, 120_000)
