/** The scenes of the wall and who leads through them, in a real Chromium against a real relay. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { branchA, branchB, cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { openBrowser, openPage, shown } from '../support/wall.ts'

let relay: Relay
let browser: Browser
let page: Page
const complaints: string[] = []
const dayMs = 86_400_000

const scene = () => page.getByTestId('wall').getAttribute('data-scene')
/** The only layer that is left once the fade is over. */
const alone = (name: string) =>
  until(`${name} alone`, async () => {
    const layers = await page
      .locator('[data-layer]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('data-layer')))
    return layers.length === 1 && layers[0] === name
  })

beforeAll(async () => {
  relay = await startRelay()
  const founded = new Date(Date.now() - 40 * dayMs).toISOString().slice(0, 10)
  const reports = ['organizations', 'activities', 'points', 'term', 'dues'].map((feed) =>
    cloudEvent('source.reported', 'xintian', { feed, cadenceSeconds: 3600 } as never),
  )
  const answer = await relay.post([...smallCounty('石羊社区党支部', founded), ...reports])
  expect(answer.status, await answer.clone().text()).toBe(202)
  browser = await openBrowser()
  page = await openPage(browser, [1920, 1080], complaints)
  await page.goto(`${relay.url}/?rotation=off#/ranking`)
  await page.getByTestId('points-histogram').waitFor()
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

describe('the scenes', () => {
  it('opens at the scene that the address names, and names the one that is on', async () => {
    expect(await scene()).toBe('ranking')
    await page.getByTestId('tab').filter({ hasText: '预警' }).click()
    await alone('warnings')
    expect(new URL(page.url()).hash).toBe('#/warnings')
  })

  it('goes on and back by keys, and home', async () => {
    await page.keyboard.press('ArrowLeft')
    await alone('ranking')
    await page.keyboard.press('Home')
    await alone('overview')
    await page.keyboard.press('3')
    await alone('warnings')
  })

  it('counts posted points in the histogram and the gold list', async () => {
    await page.keyboard.press('2')
    await alone('ranking')
    await relay.post([
      cloudEvent('points.awarded', branchA, { points: 70, reason: 'activity' } as never),
      cloudEvent('points.awarded', branchB, { points: 30, reason: 'study' } as never),
    ])
    await until('the leader', async () => (await shown(page, 'gold-points')) >= 70)
    expect(await page.getByTestId('gold-row').count()).toBeGreaterThan(0)
  })

  it('draws where members went, and who took part there this month', async () => {
    await page.keyboard.press('4')
    await alone('floating')
    const founded = { foundedOn: '2001-07-01', kind: 'branch', group: 'floating' }
    const held = { form: 'theme-day', title: '学习', heldAt: new Date().toISOString() }
    await relay.post([
      cloudEvent('organization.recorded', 'f1', { ...founded, name: '驻东莞流动党支部' } as never),
      cloudEvent('members.counted', 'f1', { members: 20 } as never),
      cloudEvent('members.counted', branchA, {
        members: 60,
        away: [{ city: '东莞', members: 40 }],
      } as never),
      cloudEvent('activity.submitted', 'f1', {
        ...held,
        activity: 'f1a',
        present: 12,
        expected: 20,
        photos: 0,
      } as never),
    ])
    await until(
      'the members in 东莞',
      async () => (await shown(page, 'destination-members')) === 40,
    )
    await until('who took part', async () => (await shown(page, 'cover-joined')) === 12)
    expect(await page.getByTestId('destination-flags').locator('svg').count()).toBe(1)
    expect(await page.getByTestId('floater').textContent()).toContain('驻东莞流动党支部')
    await page.keyboard.press('2')
    await alone('ranking')
  })

  it('shows at every moment of a change one scene that is whole: no black frame', async () => {
    const gaps = page.evaluate(async () => {
      const found: string[] = []
      const until = performance.now() + 1_500
      while (performance.now() < until) {
        await new Promise(requestAnimationFrame)
        const [under] = document.querySelectorAll<HTMLElement>('[data-layer]')
        if (under === undefined) found.push('no scene')
        else if (Number(getComputedStyle(under).opacity) < 1) found.push('the scene beneath fades')
      }
      return found
    })
    await page.keyboard.press('ArrowRight')
    expect(await gaps).toEqual([])
    await alone('warnings')
  })

  it('counts a posted case in the river, and names what is past its time without a word of who told it', async () => {
    await page.keyboard.press('5')
    await alone('governance')
    const told = (stage: string, data: object, minutesAgo: number) =>
      cloudEvent('case.advanced', '431128', { case: 'c1', stage, ...data } as never, {
        time: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
      })
    const dueAt = new Date(Date.now() - 60 * 60_000).toISOString().replace(/\.\d+Z/, 'Z')
    await relay.post([
      told('collected', { category: '道路照明' }, 120),
      told('dispatched', { dueAt }, 100),
    ])
    await until('the case', async () => (await shown(page, 'case-dispatched')) === 1)
    expect(await page.getByTestId('cases-overdue').textContent()).toBe('1')
    expect(await page.getByTestId('pressing-row').textContent()).toContain('道路照明')
  })

  it('says of every source how old its data are, and of the platform how much it sends', async () => {
    await page.getByTestId('tab').filter({ hasText: '平台' }).click()
    await alone('platforms')
    const dues = page.locator('[data-testid=source][data-feed=dues]')
    expect(await dues.getAttribute('data-status')).toBe('ok')
    const late = new Date(Date.now() - 3 * 3_600_000).toISOString()
    await relay.post([
      cloudEvent('source.reported', 'xintian', { feed: 'video', cadenceSeconds: 3600 } as never, {
        time: late,
      }),
    ])
    const video = page.locator('[data-testid=source][data-feed=video][data-status=late]')
    await video.filter({ hasText: '3 小时前 · 延迟' }).waitFor()
    await page.locator('[data-platform=xintian]').filter({ hasText: '条 / 分钟' }).waitFor()
    expect(await shown(page, 'platform-rate')).toBeGreaterThan(0)
  })

  it('says nothing on the console', () => {
    expect(complaints).toEqual([])
  })
})
