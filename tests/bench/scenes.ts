/** Frames and long tasks of every scene on a wall of 852 organisations in which a hundred things change a second. */
import type { Page } from 'playwright-core'
import { cloudEvent } from '../support/events.ts'
import { until, type Relay } from '../support/relay.ts'
import { openBrowser } from './browser.ts'
import { startCounty } from './load.ts'
import { percentile, type Bench, type BenchRow, type Part } from './measure.ts'

const perSecond = 100
const batch = 10
const settleMs = 1_500
const watchMs = 4_000
/** A task that holds the page longer is felt. */
const longMs = 50
/** 50 frames a second where an empty page has 60. */
const share = 50 / 60
/** Of a whole province under a moving pointer. */
const provinceShare = 30 / 60

interface Watched {
  readonly fps: number
  /** The longest task, ms; 0 while none held the page for 50 ms. */
  readonly longest: number
}

function watch(page: Page): Promise<Watched> {
  return page.evaluate(
    ({ settleMs, watchMs }) =>
      new Promise<Watched>((resolve) => {
        let longest = 0
        const observer = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
        })
        setTimeout(() => {
          observer.observe({ type: 'longtask' })
          let frames = 0
          const from = performance.now()
          const count = () => {
            frames += 1
            const ms = performance.now() - from
            if (ms < watchMs) requestAnimationFrame(count)
            else {
              observer.disconnect()
              resolve({ fps: (frames * 1_000) / ms, longest })
            }
          }
          requestAnimationFrame(count)
        }, settleMs)
      }),
    { settleMs, watchMs },
  )
}

/** Flags, points and sign-ins of branches in turn, until stopped. */
function change(relay: Relay & { readonly branches: readonly string[] }): () => Promise<void> {
  let number = 0
  let isOver = false
  const next = () => {
    number += 1
    const subject = relay.branches[(number * 37) % relay.branches.length] ?? ''
    if (number % 10 === 0) return cloudEvent('branch.online', subject, {})
    return cloudEvent('points.awarded', subject, { points: 1 + (number % 5), reason: 'sign-in' })
  }
  async function go(): Promise<void> {
    const startedAt = performance.now()
    while (!isOver) {
      const due = startedAt + (number * 1_000) / perSecond - performance.now()
      if (due > 0) await new Promise((resume) => setTimeout(resume, due))
      await relay.post(Array.from({ length: batch }, next))
    }
  }
  const going = go()
  return async () => {
    isOver = true
    await going
  }
}

const rowOf = (name: string, { fps, longest }: Watched, empty: number, atLeast: number) =>
  ({
    name: `${name}: frames a second`,
    value: `${fps.toFixed(0)} fps, ${longest > 0 ? `longest task ${longest.toFixed(0)} ms` : `no task over ${longMs} ms`}`,
    limit: `an empty page: ${empty.toFixed(0)} fps`,
    ratio: fps / empty,
    target: { atLeast },
  }) satisfies BenchRow

export const benchScenes: Part = async (bench: Bench) => {
  const relay = await startCounty(bench)
  const browser = await openBrowser(bench)
  const viewport = { width: 1920, height: 1080 }
  const blank = await browser.newPage({ viewport })
  await blank.setContent('<p>旗')
  const empty: number[] = []
  const measureEmpty = async () => empty.push((await watch(blank)).fps)
  await measureEmpty()

  const page = await browser.newPage({ viewport })
  await page.goto(`${relay.url}/?rotation=off&night=off&motion=full`)
  await page.getByTestId('feed').waitFor()
  const stop = change(relay)
  const found: { readonly name: string; readonly watched: Watched; readonly atLeast: number }[] = []
  const tabs = page.getByTestId('tab')
  for (let at = 0; at < (await tabs.count()) && bench.leftMs() > 30_000; at += 1) {
    const title = (await tabs.nth(at).textContent()) ?? ''
    bench.say(`${title}, ${perSecond} changes a second`)
    await tabs.nth(at).click()
    await until(`${title} alone`, async () => (await page.locator('[data-layer]').count()) === 1)
    const watched = await watch(page)
    found.push({ name: `${title}, 1080p, ${perSecond} changes/s`, watched, atLeast: share })
  }
  await stop()
  await page.close()
  await measureEmpty()

  bench.say('a province of 132,000 branches under a moving pointer')
  const province = await browser.newPage({ viewport })
  await province.goto(`${relay.url}/gallery?view=wall&state=live&county=530000`)
  await province.getByTestId('tile').first().waitFor()
  const watching = watch(province)
  let isOver = false
  const moving = (async () => {
    for (let at = 0; !isOver; at += 1)
      await province.mouse.move(300 + ((at * 23) % 1_000), 300 + ((at * 17) % 500))
  })()
  const watched = await watching
  isOver = true
  await moving
  found.push({ name: '省级, 132,000 branches, moving pointer', watched, atLeast: provinceShare })
  await browser.close()

  const most = percentile(empty, 1)
  return found.map(({ name, watched: each, atLeast }) => rowOf(name, each, most, atLeast))
}
