/** Four browsers, each a process of its own, that are one wall: how far apart a scene comes in them. */
import type { Page } from 'playwright-core'
import { until } from '../support/relay.ts'
import { openBrowser } from './browser.ts'
import { startCounty } from './load.ts'
import { percentile, type Part } from './measure.ts'

const switches = 40
/** One frame of a screen. */
const apartMs = 16
const places = ['1,1', '2,1', '1,2', '2,2'] as const

interface Mark {
  readonly scene: unknown
  /** ms of the machine's clock, which is the relay's. */
  readonly atMs: number
}

const markOf = (page: Page): Promise<Mark | undefined> =>
  page.evaluate(() => {
    const mark = performance.getEntriesByName('scene').at(-1) as PerformanceMark | undefined
    return mark && { scene: mark.detail, atMs: performance.timeOrigin + mark.startTime }
  })

export const benchWalls: Part = async (bench) => {
  const relay = await startCounty(bench)
  const pages: Page[] = []
  for (const at of places) {
    bench.say(`opening the browser at ${at}`)
    const browser = await openBrowser(bench)
    const page = await browser.newPage({ viewport: { width: 960, height: 540 } })
    await page.goto(`${relay.url}/?grid=2x2&part=${at}&bezel=12&rotation=off`)
    await page.getByTestId('kpi-online').waitFor()
    pages.push(page)
  }
  const [first] = pages
  const apart: number[] = []
  let scene: unknown = 'overview'
  bench.say(`${switches} scenes`)
  while (apart.length < switches && bench.leftMs() > 8_000) {
    const before = scene
    await first?.keyboard.press('ArrowRight')
    const marks = await until('the next scene in all of them', async () => {
      const all = await Promise.all(pages.map(markOf))
      const [one] = all
      const isSame = all.every((mark) => mark?.scene === one?.scene && mark?.scene !== before)
      return isSame && all.flatMap((mark) => mark ?? [])
    })
    scene = marks[0]?.scene
    const times = marks.map(({ atMs }) => atMs)
    apart.push(Math.max(...times) - Math.min(...times))
    // The scene before has faded away; the next key is not in step with anybody's clock.
    await until('one scene alone', async () =>
      (await Promise.all(pages.map((page) => page.locator('[data-layer]').count()))).every(
        (count) => count === 1,
      ),
    )
  }
  const p95 = percentile(apart, 0.95)
  return [
    {
      name: `the same scene in four browsers of one wall, first to last, p95 of ${apart.length}`,
      value: `p50 ${percentile(apart, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`,
      limit: `${apartMs} ms`,
      ratio: p95 / apartMs,
      target: { atMost: 1 },
    },
  ]
}
