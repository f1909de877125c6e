/** A wall that has lost its relay, at the clock's own pace made fast: nobody waits ten minutes for a test. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { branchA, cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { crowded, textsOf } from '../support/texts.ts'
import { liveLooking, openBrowser, openPage, pixels, shown } from '../support/wall.ts'

/** Ten days ago: a branch that has met never is silent from its thirtieth day on. */
const young = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10)

let relay: Relay
let browser: Browser
let page: Page

beforeAll(async () => {
  relay = await startRelay()
  await relay.post([
    ...smallCounty('天地山村党支部', young),
    cloudEvent('source.reported', 'xintian', { feed: 'organizations', cadenceSeconds: 3600 }),
    cloudEvent('source.reported', 'xintian', { feed: 'activities', cadenceSeconds: 3600 }),
  ])
  browser = await openBrowser()
  page = await openPage(browser, [1920, 1080])
  await page.clock.install()
  await page.goto(`${relay.url}/?rotation=off`)
  await page.getByTestId('feed').waitFor()
  await until('flags', async () => (await pixels(page, page.locator('.leaflet-container'))) > 40)
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

describe('a wall that is sent what no relay sends', () => {
  it('shows nothing of a board with one wrong row, and asks again', async () => {
    const other = await openPage(browser, [1920, 1080])
    let asked = 0
    await other.route('**/v1/snapshot/*', async (route) => {
      asked += 1
      const response = await route.fetch()
      const snapshot = (await response.json()) as { tables: { branches: { rank: unknown }[] } }
      for (const row of snapshot.tables.branches.slice(-1)) row.rank = '1'
      await route.fulfill({ response, json: snapshot })
    })
    await other.goto(`${relay.url}/?rotation=off`)
    await until('a second question', () => asked > 1)
    expect(await other.getByText('天地山村党支部').count()).toBe(0)
    await other.unroute('**/v1/snapshot/*')
    await until(
      'flags',
      async () => (await pixels(other, other.locator('.leaflet-container'))) > 40,
    )
    await other.close()
  })
})

describe('a wall without its relay', () => {
  it('changes only the mark in the footer within the first minute', async () => {
    await relay.end('SIGKILL')
    await page.getByTestId('relay-mark').waitFor({ timeout: 5_000 })
    await page.clock.fastForward(30_000)
    expect(await page.getByTestId('wall').getAttribute('data-trust')).toBe('brief')
    expect(await page.getByTestId('banner').count()).toBe(0)
  })

  it('says from the sixtieth second on what is so, and lets no number look live', async () => {
    await page.clock.fastForward(31_000)
    await page.getByTestId('banner').getByText('连接中断').waitFor()
    expect(await page.getByTestId('banner').textContent()).toMatch(/画面停留在 \d\d:\d\d:\d\d/)
    expect(await page.evaluate(liveLooking)).toEqual([])
    expect(crowded(await textsOf(page))).toEqual([])
    expect(await pixels(page, page.locator('.leaflet-container'))).toBeGreaterThan(40)
  })

  it('has its map also where the scene has its turn only now', async () => {
    await page.evaluate(() => (location.hash = '#/ranking'))
    await until('no map', async () => (await page.locator('.leaflet-container').count()) === 0)
    await page.evaluate(() => (location.hash = '#/overview'))
    await page.locator('.map-label').first().waitFor()
  })

  it('flies no flag after ten minutes, since nobody knows', async () => {
    await page.clock.fastForward(540_000)
    expect(await page.getByTestId('wall').getAttribute('data-trust')).toBe('unknown')
    await until(
      'rings instead of flags',
      async () => (await pixels(page, page.locator('.leaflet-container'))) < 10,
    )
    expect(await page.locator('.map-label b').allTextContents()).not.toContain('1')
  })

  it('keeps its clock running', async () => {
    const clock = page.getByTestId('clock')
    const before = await clock.getAttribute('data-time')
    await page.clock.fastForward(2_000)
    expect(await clock.getAttribute('data-time')).not.toBe(before)
  })

  it('is as good as new when the relay is back', async () => {
    relay = await startRelay({ dataDir: relay.dataDir, port: Number(new URL(relay.url).port) })
    await page.clock.fastForward(20_000)
    await page.getByTestId('banner').waitFor({ state: 'detached' })
    await until('flags', async () => (await pixels(page, page.locator('.leaflet-container'))) > 40)
    await relay.post([
      cloudEvent('activity.started', branchA, { activity: 'back', form: 'lecture', title: '回来' }),
    ])
    await page.getByTestId('feed-row').filter({ hasText: '回来' }).waitFor()
    await until('the counter', async () => (await shown(page, 'kpi-activities')) === 1)
    expect(await page.getByTestId('wall').getAttribute('data-trust')).toBe('live')
  })
})
