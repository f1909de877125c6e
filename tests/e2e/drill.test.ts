/** Into a township, into a branch and back: by mouse, by keyboard, and by itself when nobody is there any more. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { branchA, branchB, cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { openBrowser, openPage } from '../support/wall.ts'

let relay: Relay
let browser: Browser
let page: Page

const hash = () => new URL(page.url()).hash
const scene = () => page.getByTestId('wall').getAttribute('data-scene')
const focused = () =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['branch'])
const card = () => page.getByTestId('branch-card')
/** The clock of the page goes on a second at a time, as the wall looks at it. */
async function wait(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 1) await page.clock.runFor(1_000)
}

beforeAll(async () => {
  relay = await startRelay()
  const founded = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10)
  const reports = ['organizations', 'activities', 'points', 'term', 'dues'].map((feed) =>
    cloudEvent('source.reported', 'xintian', { feed, cadenceSeconds: 3600 } as never),
  )
  const answer = await relay.post([
    ...smallCounty('天地山村党支部', founded),
    ...reports,
    cloudEvent('points.awarded', branchB, { points: 70, reason: 'activity' } as never),
  ])
  expect(answer.status, await answer.clone().text()).toBe(202)
  browser = await openBrowser()
  page = await openPage(browser, [1920, 1080])
  await page.clock.install()
  await page.goto(`${relay.url}/?rotation=off&motion=off`)
  await page.getByTestId('feed').waitFor()
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

describe('a township', () => {
  it('opens from its label on the map by keyboard, with an address of its own', async () => {
    await page.locator('.map-label').filter({ hasText: '金陵镇' }).focus()
    await page.keyboard.press('Enter')
    await page.getByTestId('township-table').getByText('天地山村党支部').waitFor()
    expect(hash()).toBe('#/township/431128101')
    expect(await page.getByTestId('tab').filter({ hasText: '乡镇' }).count()).toBe(0)
  })

  it('is left by Escape to where it was opened', async () => {
    await page.keyboard.press('Escape')
    await until('the overview', async () => (await scene()) === 'overview')
    expect(hash()).toBe('#/overview')
  })

  it('returns by itself, although the scene before was held', async () => {
    await page.evaluate(() => (location.hash = '#/township/431128101'))
    await until('the township', async () => (await scene()) === 'township')
    await wait(121)
    await until('the overview', async () => (await scene()) === 'overview')
  })
})

describe('the card of a branch', () => {
  it('opens from a name by keyboard, keeps the focus within, and gives it back', async () => {
    await page.evaluate(() => (location.hash = '#/township/431128101'))
    const opener = page.getByTestId('township-table').getByTestId('branch-opener').first()
    await opener.waitFor()
    await opener.focus()
    await page.keyboard.press('Enter')
    await card().getByText('天地山村党支部').first().waitFor()
    expect(hash()).toBe(`#/branch/${branchB}`)
    for (let turn = 0; turn < 4; turn += 1) {
      await page.keyboard.press('Tab')
      expect(await card().locator(':focus').count()).toBe(1)
    }
    await page.keyboard.press('Escape')
    await card().waitFor({ state: 'detached' })
    await until('the focus', async () => (await focused()) === branchB)
    expect(hash()).toBe('#/township/431128101')
  })

  it('tells what is due of the branch and what its points are made of', async () => {
    await page.keyboard.press('Enter')
    await card().getByTestId('card-meeting').first().waitFor()
    expect(await card().getByTestId('card-makeup').textContent()).toContain('活动 70')
  })

  it('goes by itself after half a minute, later where somebody touched it', async () => {
    await wait(20)
    await page.keyboard.press('Shift')
    await wait(20)
    expect(await card().count()).toBe(1)
    await wait(12)
    await card().waitFor({ state: 'detached' })
    expect(await scene()).toBe('township')
  })

  it('opens by its address, and says so where no board has the organisation', async () => {
    await page.evaluate((id) => (location.hash = `#/branch/${id}`), branchA)
    await card().getByText('乐大晚村党支部').first().waitFor()
    await page.evaluate(() => (location.hash = '#/branch/nobody'))
    await card().getByText('板上没有编号为 nobody 的党组织').waitFor()
    await page.keyboard.press('Escape')
    await card().waitFor({ state: 'detached' })
  })
})

describe('a name of a branch', () => {
  beforeAll(async () => {
    page = await openPage(browser, [1920, 1080])
    await page.goto(`${relay.url}/gallery?view=wall&state=live&motion=off`)
    await page.getByTestId('feed').waitFor()
  })

  it.each([
    ['overview', 'feed'],
    ['overview', 'ranking'],
    ['overview', 'warnings'],
    ['overview', 'video'],
    ['ranking', 'gold-list'],
    ['ranking', 'help-list'],
    ['warnings', 'silence-axis'],
    ['warnings', 'term-months'],
    ['warnings', 'supervision'],
    ['floating', 'floating-branches'],
    ['floating', 'floating-feed'],
  ])('opens its card in %s, %s: by mouse and by keyboard', async (name, panel) => {
    await page.evaluate((to) => (location.hash = `#/${to}`), name)
    const opener = page
      .locator(`[data-layer=${name}]`)
      .getByTestId(panel)
      .getByTestId('branch-opener')
      .first()
    await opener.waitFor()
    const branch = await opener.getAttribute('data-branch')
    await opener.click()
    await card().waitFor()
    expect(hash()).toBe(`#/branch/${branch}`)
    await page.keyboard.press('Escape')
    await card().waitFor({ state: 'detached' })
    await opener.focus()
    expect(await opener.evaluate((each) => getComputedStyle(each).outlineStyle)).toBe('solid')
    await page.keyboard.press('Enter')
    await card().waitFor()
    expect(hash()).toBe(`#/branch/${branch}`)
    await page.keyboard.press('Escape')
    await card().waitFor({ state: 'detached' })
  })

  it('is read in the rack of organs where the arrows go, and opened there and by a click', async () => {
    await page.evaluate(() => (location.hash = '#/overview'))
    const rack = page.locator('[data-layer=overview]').getByTestId('rack-organ')
    await rack.focus()
    await page.keyboard.press('ArrowRight')
    await page.locator('.map-rack').getByText('第2党支部').waitFor()
    await page.keyboard.press('Enter')
    await card().waitFor()
    expect(hash()).toBe('#/branch/organ-2')
    await page.keyboard.press('Escape')
    await card().waitFor({ state: 'detached' })
    await rack.click({ position: { x: 8, y: 6 } })
    await card().waitFor()
    expect(hash()).toBe('#/branch/organ-1')
    await page.keyboard.press('Escape')
    await card().waitFor({ state: 'detached' })
    expect(await scene()).toBe('overview')
  })
})
