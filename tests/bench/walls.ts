/** Four browsers, each a process of its own, that are one wall: how far apart a scene is seen to come in them. */
import type { Page } from 'playwright-core'
import { eventsBetween } from '../../mock-feeds/platforms/xintian-day.ts'
import { makeCounty } from '../../mock-feeds/platforms/xintian-county.ts'
import { localDay } from '../../protocol/time.ts'
import { until } from '../support/relay.ts'
import { openBrowser } from './browser.ts'
import { asCloudEvent } from './history.ts'
import { startCounty } from './load.ts'
import { percentile, type Part } from './measure.ts'
import { fadeIn, witness } from './witness.ts'

const switches = 40
/** One frame of a screen. */
const apartMs = 16
const places = ['1,1', '2,1', '1,2', '2,2'] as const
const dayMs = 86_400_000
const batch = 500

/** What a county did in two days: scenes without anything to show would come too easily. */
function twoDays(): readonly Record<string, unknown>[] {
  const now = Date.now()
  const county = makeCounty({ asOf: localDay(now) })
  return [...eventsBetween(county, now - 2 * dayMs, now - 60_000, 1)].map(asCloudEvent)
}

const apart = (instants: readonly number[]): number => Math.max(...instants) - Math.min(...instants)
const told = (samples: readonly number[]): string =>
  `p50 ${percentile(samples, 0.5).toFixed(1)} ms, p95 ${percentile(samples, 0.95).toFixed(1)} ms`

export const benchWalls: Part = async (bench) => {
  const events = twoDays()
  const relay = await startCounty(bench)
  for (let at = 0; at < events.length; at += batch) await relay.post(events.slice(at, at + batch))
  const pages: Page[] = []
  for (const at of places) {
    bench.say(`opening the browser at ${at}`)
    const browser = await openBrowser(bench)
    const page = await browser.newPage({ viewport: { width: 960, height: 540 } })
    await page.goto(`${relay.url}/?grid=2x2&part=${at}&bezel=12&rotation=off`)
    await page.getByTestId('kpi-online').waitFor()
    pages.push(page)
  }
  const witnesses = await Promise.all(pages.map(witness))
  const scenes = () =>
    Promise.all(
      pages.map((page) =>
        page
          .locator('[data-layer]')
          .evaluateAll((layers) => layers.map((layer) => layer.getAttribute('data-layer')).join()),
      ),
    )
  const [first] = pages
  const halves: number[] = []
  const begins: number[] = []
  const waits: number[] = []
  bench.say(`${switches} scenes`)
  for (let number = 0; number < switches && bench.leftMs() > 8_000; number += 1) {
    const [before] = await scenes()
    await Promise.all(witnesses.map((each) => each.start()))
    const pressedMs = Date.now()
    await first?.keyboard.press('ArrowRight')
    // The scene before has faded away; the next key is not in step with anybody's clock.
    await until('the next scene alone in all of them', async () => {
      const all = await scenes()
      return all.every((scene) => scene === all[0] && scene !== before && !scene.includes(','))
    })
    const fades = (await Promise.all(witnesses.map((each) => each.stop()))).flatMap(
      (frames) => fadeIn(frames) ?? [],
    )
    if (fades.length < 2) throw new Error('nothing was seen to change')
    halves.push(apart(fades.map(({ halfMs }) => halfMs)))
    begins.push(apart(fades.map(({ beginMs }) => beginMs)))
    waits.push(Math.max(...fades.map(({ halfMs }) => halfMs)) - pressedMs)
  }
  return [
    {
      name: `a scene fades in in four browsers of one wall, first to last by the frames that they present, half of it, p95 of ${halves.length}`,
      value: told(halves),
      limit: `${apartMs} ms`,
      ratio: percentile(halves, 0.95) / apartMs,
      target: { atMost: 1 },
    },
    {
      name: '… the first frame of it',
      value: told(begins),
      limit: `${apartMs} ms`,
      ratio: percentile(begins, 0.95) / apartMs,
    },
    {
      name: '… from the key until half of it is seen in the last of them',
      value: told(waits),
      limit: 'a second',
      ratio: percentile(waits, 0.95) / 1_000,
    },
  ]
}
