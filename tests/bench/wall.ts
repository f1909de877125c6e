/** POST to pixel, and the wall's frame rate and main-thread work under 100 changes a second, in Chromium. */
import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import type { EventData } from '../../protocol/events.ts'
import { cloudEvent } from '../support/events.ts'
import { removeDataDir, startRelay, type Relay } from '../support/relay.ts'
import { atLeast, atMost, percentile, type BenchRow } from './measure.ts'

const branches = 752
const changesPerSecond = 100
const seconds = 6
const posts = 40

const branchId = (index: number): string => `bench-${index}`

/** 752 flags on a grid inside the county. */
function county(): readonly Record<string, unknown>[] {
  return Array.from({ length: branches }, (_, index) => {
    const site: EventData<'organization.recorded'> = {
      name: `第${index + 1}党支部`,
      kind: 'branch',
      group: 'territory',
      township: '431128105',
      lng: 112.12 + (index % 28) * 0.005,
      lat: 25.75 + Math.floor(index / 28) * 0.008,
      foundedOn: '2001-07-01',
    }
    return [
      cloudEvent('organization.recorded', branchId(index), site),
      cloudEvent('branch.online', branchId(index), {}),
    ]
  }).flat()
}

interface Frames {
  readonly fps: number
  /** Seconds of main-thread work in a second. */
  readonly work: number
}

async function watchFrames(page: Page): Promise<Frames> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const work = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0
  }
  const before = await work()
  const fps = await page.evaluate(
    (forMs) =>
      new Promise<number>((resolve) => {
        const startedAt = performance.now()
        let frames = 0
        const count = (): void => {
          frames += 1
          const elapsed = performance.now() - startedAt
          if (elapsed < forMs) requestAnimationFrame(count)
          else resolve((frames / elapsed) * 1000)
        }
        requestAnimationFrame(count)
      }),
    seconds * 1000,
  )
  const used = (await work()) - before
  await session.detach()
  return { fps, work: used / seconds }
}

/** Flips branches between online and offline until told to stop. */
function change(relay: Relay): () => Promise<void> {
  let isRunning = true
  let index = 0
  const done = (async () => {
    while (isRunning) {
      const body = Array.from({ length: changesPerSecond / 10 }, () => {
        index += 1
        return cloudEvent(
          index % 2 === 0 ? 'branch.online' : 'branch.offline',
          branchId((index * 7) % branches),
          {},
        )
      })
      await relay.post(body)
      await new Promise((resume) => setTimeout(resume, 100))
    }
  })()
  return async () => {
    isRunning = false
    await done
  }
}

async function postToPixel(page: Page, relay: Relay): Promise<readonly number[]> {
  const delays: number[] = []
  for (let number = 0; number < posts; number += 1) {
    const title = `第 ${number} 次主题党日`
    const shown = page.evaluate(
      (wanted) =>
        new Promise<number>((resolve) => {
          const look = (): void => {
            const feed = document.querySelector('[data-testid=feed]')
            if (feed?.textContent?.includes(wanted) === true) {
              resolve(performance.timeOrigin + performance.now())
            } else requestAnimationFrame(look)
          }
          requestAnimationFrame(look)
        }),
      title,
    )
    const sentAt = performance.timeOrigin + performance.now()
    await relay.post([
      cloudEvent('activity.started', branchId(number), {
        activity: `pixel-${number}`,
        form: 'theme-day',
        title,
      }),
    ])
    delays.push((await shown) - sentAt)
  }
  return delays
}

export async function benchWall(): Promise<readonly BenchRow[]> {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  )
  if (executablePath === undefined) throw new Error('No Chromium: run "bash .ci/install --tests".')
  const relay = await startRelay()
  await relay.post(county())
  const browser: Browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const size = { viewport: { width: 1920, height: 1080 } }

  const blank = await browser.newPage(size)
  await blank.goto('about:blank')
  const empty = await watchFrames(blank)
  await blank.close()

  const page = await browser.newPage(size)
  await page.goto(relay.url)
  await page.getByTestId('feed').waitFor()
  await page.evaluate(() => document.fonts.ready)
  const idle = await watchFrames(page)
  const stop = change(relay)
  const busy = await watchFrames(page)
  await stop()
  const delays = await postToPixel(page, relay)
  await browser.close()
  await relay.end()
  removeDataDir(relay.dataDir)

  const p95 = percentile(delays, 0.95)
  return [
    atLeast(
      'wall idle, frames a second at 1080p',
      'empty page',
      `${idle.fps.toFixed(0)} fps`,
      idle.fps / empty.fps,
      0.88,
    ),
    atLeast(
      `wall under ${changesPerSecond} changes a second, frames a second`,
      'empty page',
      `${busy.fps.toFixed(0)} fps, main thread ${(busy.work * 100).toFixed(0)} %`,
      busy.fps / empty.fps,
      0.88,
    ),
    atMost(
      'POST to pixel, p95',
      '250 ms',
      `p50 ${percentile(delays, 0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`,
      p95 / 250,
      1,
    ),
  ]
}
