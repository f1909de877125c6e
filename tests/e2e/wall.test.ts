/** The wall in a real Chromium against a real relay: what a person in front of it would notice. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { branchA, branchB, branchC, cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { crowded, textsOf } from '../support/texts.ts'
import { cloth, openBrowser, openPage, pixels, settled, shown } from '../support/wall.ts'

/** As TypeScript's own list of the browser's types lacks it. */
interface LayoutShift extends PerformanceEntry {
  readonly sources: readonly { readonly node: Node | null }[]
}

const hostile = '\u202E积分<img src=x onerror="document.title=1">村党支部'
const feeds = ['organizations', 'activities', 'video', 'points', 'study', 'cases', 'term', 'dues']

/** Ten days ago. */
const young = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10)

let relay: Relay
let browser: Browser
let page: Page
const complaints: string[] = []

let started = 0
const start = (branch: string, title: string) => {
  started += 1
  const activity = `wall-${started}`
  return cloudEvent('activity.started', branch, { activity, form: 'theme-day', title })
}
const map = () => page.locator('.leaflet-container')
const row = (title: string) => page.getByTestId('feed-row').filter({ hasText: title })

beforeAll(async () => {
  relay = await startRelay()
  const reports = feeds.map((feed) =>
    cloudEvent('source.reported', 'xintian', { feed, cadenceSeconds: 3600 } as never),
  )
  const answer = await relay.post([...smallCounty(hostile, young), ...reports])
  expect(answer.status, await answer.clone().text()).toBe(202)
  browser = await openBrowser()
  page = await openPage(browser, [1920, 1080], complaints)
  await page.goto(`${relay.url}/?rotation=off&motion=full`)
  await page.getByTestId('feed').waitFor()
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

describe('the wall', () => {
  it('shows the organisations of the log as red flags', async () => {
    await until('red pixels on the map', async () => (await pixels(page, map())) > 40)
    expect(await shown(page, 'kpi-online')).toBe(3)
    expect(await shown(page, 'kpi-members')).toBe(120)
  })

  it('takes the flag of a branch down when it goes offline, and raises it again', async () => {
    const before = await pixels(page, map())
    await relay.post([cloudEvent('branch.offline', branchC, {})])
    await until('less red', async () => (await pixels(page, map())) < before * 0.8)
    await relay.post([cloudEvent('branch.online', branchC, {})])
    await until('as much red as before', async () => (await pixels(page, map())) >= before * 0.95)
  })

  it('carries a posted activity to feed, card, counter and flag', async () => {
    const before = await shown(page, 'kpi-activities')
    // The legend shows one such flag already.
    const hot = await pixels(page, map(), cloth.hot)
    await relay.post([start(branchA, '向金陵中学捐赠课桌椅 260 套')])
    await row('向金陵中学捐赠课桌椅').waitFor()
    await page.getByTestId('event-card').filter({ hasText: '乐大晚村党支部' }).waitFor()
    await until('the counter', async () => (await shown(page, 'kpi-activities')) === before + 1)
    await until(
      'the flag of an active branch',
      async () => (await pixels(page, map(), cloth.hot)) >= hot + 20,
    )
  })

  it('moves branches in the ranking and says what moved them', async () => {
    await relay.post([cloudEvent('points.awarded', branchA, { points: 90, reason: 'activity' })])
    const first = page.getByTestId('rank-row').filter({ hasText: '90' })
    await first.filter({ hasText: '乐大晚村党支部' }).waitFor()
    await relay.post([cloudEvent('points.awarded', branchB, { points: 200, reason: 'study' })])
    await until('the other branch on top', async () =>
      (await page.getByTestId('rank-row').first().textContent())?.includes('200'),
    )
    // At midnight all were first together; now one stands before it.
    const second = page.getByTestId('rank-row').filter({ hasText: '乐大晚村党支部' })
    expect(await second.textContent()).toMatch(/活动.*▼1/)
    expect(await second.getAttribute('data-moved')).toBe('-1')
  })

  it('renders a hostile name as harmless text wherever a name stands', async () => {
    // What is open of its dues keeps the branch among the warnings when it meets.
    const month = new Date(Date.now() - 45 * 86_400_000).toISOString().slice(0, 7)
    await relay.post([cloudEvent('dues.paid', branchA, { month, members: 40 })])
    await until('a warning of dues', async () => (await shown(page, 'counter-dues')) > 0)
    await relay.post([start(branchB, '恶意标题<img src=x onerror="document.title=2">\u2066')])
    for (const place of ['rank-row', 'warning-row', 'feed-row', 'event-card'])
      await page.getByTestId(place).filter({ hasText: '<img' }).first().waitFor()
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.title()).not.toMatch(/^[12]$/)
    expect(await page.content()).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
    // Rows slide past one another for a third of a second; then nothing may touch.
    await until('texts apart', async () => crowded(await textsOf(page)).length === 0)
  })

  it('draws one thread for fifty activities within a second, and counts them all', async () => {
    await page.getByTestId('thread').waitFor({ state: 'detached', timeout: 20_000 })
    await page.evaluate(() => {
      const seen = new Set<Element>()
      const watch = () => {
        const threads = document.querySelectorAll('[data-testid=thread]')
        threads.forEach((thread) => seen.add(thread))
        document.documentElement.dataset['threads'] = `${threads.length}/${seen.size}`
      }
      new MutationObserver(watch).observe(document.body, { childList: true, subtree: true })
    })
    const before = await shown(page, 'kpi-activities')
    const branches = [branchA, branchB, branchC]
    await relay.post(
      Array.from({ length: 50 }, (_, index) => start(branches[index % 3] ?? branchA, '齐动')),
    )
    await page.getByTestId('feed').getByText('+49').waitFor()
    await until('the total', async () => (await shown(page, 'kpi-activities')) === before + 50)
    expect(await page.evaluate(() => document.documentElement.dataset['threads'])).toBe('1/1')
  })

  it('moves nothing during an event where motion is reduced: things only fade', async () => {
    const calm = await browser.newPage({
      viewport: { width: 1920, height: 1080 },
      reducedMotion: 'reduce',
    })
    await calm.goto(`${relay.url}/?rotation=off`)
    const before = await shown(page, 'kpi-activities')
    await until('the board', async () => (await shown(calm, 'kpi-activities')) === before)
    await calm.evaluate(() => {
      const seen = new Set<string>()
      const watch = () => {
        for (const { effect } of document.getAnimations())
          if (effect instanceof KeyframeEffect)
            for (const frame of effect.getKeyframes())
              for (const name of Object.keys(frame)) seen.add(name)
        document.documentElement.dataset['animated'] = [...seen].join()
        requestAnimationFrame(watch)
      }
      watch()
    })
    await relay.post([start(branchA, '静静地来')])
    await calm.getByTestId('event-card').filter({ hasText: '乐大晚村党支部' }).waitFor()
    await until('the counter', async () => (await shown(calm, 'kpi-activities')) === before + 1)
    await calm.getByTestId('event-card').waitFor({ state: 'detached' })
    const animated = await calm.evaluate(() => document.documentElement.dataset['animated'] ?? '')
    expect(animated).toMatch(/opacity/)
    expect(animated).not.toMatch(/transform|translate|scale|rotate|strokeDash|offsetDistance/i)
    await calm.close()
  })

  it('moves nothing else when a counter grows from 99 to 100', async () => {
    const missing = 99 - (await shown(page, 'kpi-activities'))
    await relay.post(Array.from({ length: missing }, () => start(branchC, '补到九十九')))
    await until('99', async () => (await shown(page, 'kpi-activities')) === 99)
    const boxes = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('.kpi-label, .kpi-note, .map-label, .panel-title')].map(
          (element) => {
            const { x, y } = element.getBoundingClientRect()
            return `${element.textContent} ${x} ${y}`
          },
        ),
      )
    const before = await boxes()
    // The feed's rows make room for the new one, what a counter rose by stands behind its last digit, and ages grow; everything else is where it was in every frame.
    await page.evaluate(() => {
      const moved: string[] = []
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as LayoutShift[])
          for (const { node } of entry.sources) {
            const element = node instanceof Element ? node : node?.parentElement
            if (element?.closest('[data-testid=feed], .digits, .ages, .age') === null)
              moved.push(element.className)
          }
        document.documentElement.dataset['shifted'] = moved.join()
      }).observe({ type: 'layout-shift', buffered: false })
      document.documentElement.dataset['shifted'] = ''
    })
    await relay.post([start(branchC, '第一百场')])
    await until('100', async () => (await shown(page, 'kpi-activities')) === 100)
    await settled(page)
    expect(await boxes()).toEqual(before)
    expect(await page.evaluate(() => document.documentElement.dataset['shifted'])).toBe('')
  })

  it('shows the number of a minute in place of a flood', async () => {
    await page.getByTestId('feed-burst').waitFor()
    expect(await page.getByTestId('feed-burst').textContent()).toMatch(/近 1 分钟\+\d+/)
  })

  it('says at once that the relay is gone, and comes back by itself with new figures', async () => {
    const port = Number(new URL(relay.url).port)
    await relay.end('SIGKILL')
    await page.getByTestId('relay-mark').filter({ hasText: '中断' }).waitFor({ timeout: 5_000 })
    relay = await startRelay({ dataDir: relay.dataDir, port })
    const before = await shown(page, 'kpi-activities')
    await relay.post([start(branchB, '恢复后的党课')])
    await row('恢复后的党课').waitFor({ timeout: 30_000 })
    await until('the counter', async () => (await shown(page, 'kpi-activities')) === before + 1)
    await page.getByTestId('relay-mark').waitFor({ state: 'detached' })
  })

  it('has no console errors while the relay is there', () => {
    const own = complaints.filter(
      (text) => !/ERR_CONNECTION_REFUSED|WebSocket connection/.test(text),
    )
    expect(own).toEqual([])
  })
})
