/** The wall in the past: it shows what the relay says of that moment, says so everywhere, and comes back. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toInstant } from '../../protocol/time.ts'
import { branchA, branchB, branchC, cloudEvent, smallCounty } from '../support/events.ts'
import { resizeWall } from '../support/gallery.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { crowded, cutOff, smallPrint, textsOf } from '../support/texts.ts'
import { openBrowser, openPage, shown } from '../support/wall.ts'

const hourMs = 3_600_000
const startMs = Date.now()
const ago = (hours: number) => toInstant(startMs - hours * hourMs)
/** `2026-11-27T09:30`, as an address of the wall says it. */
const minuteOf = (instant: string) => instant.slice(0, 16)

let relay: Relay
let browser: Browser
let page: Page
const complaints: string[] = []

const trust = () => page.getByTestId('wall').getAttribute('data-trust')
const words = (testid: string) => page.getByTestId(testid).innerText()
const inPast = () => until('the past', async () => (await trust()) === 'past')
const inPresent = () => until('the present', async () => (await trust()) === 'live')

async function figures(at: string): Promise<Record<string, number>> {
  const answer = await fetch(`${relay.url}/v1/figures/431128?at=${encodeURIComponent(at)}`)
  return (await answer.json()) as Record<string, number>
}

beforeAll(async () => {
  relay = await startRelay()
  const answer = await relay.post([
    ...smallCounty(),
    cloudEvent('branch.offline', branchA, {}, { time: ago(50) }),
    cloudEvent('branch.offline', branchB, {}, { time: ago(20) }),
    cloudEvent('branch.online', branchA, {}, { time: ago(5) }),
    cloudEvent('branch.offline', branchC, {}, { time: ago(0.8) }),
    cloudEvent('branch.online', branchC, {}, { time: ago(0.3) }),
  ])
  expect(answer.status, await answer.clone().text()).toBe(202)
  browser = await openBrowser()
  page = await openPage(browser, [1920, 1080], complaints)
  await page.goto(`${relay.url}/?rotation=off&at=${minuteOf(ago(10))}`)
  await inPast()
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

describe('the wall in the past', () => {
  it('shows the figures of the moment that its address names', async () => {
    expect(await words('past-when')).toBe(minuteOf(ago(10)).replace('T', ' '))
    expect(await shown(page, 'kpi-online')).toBe(1)
    expect((await figures(ago(10)))['branches.online']).toBe(1)
  })

  it('is marked as the past wherever one looks, and plays nothing live', async () => {
    expect(await words('past-band')).toMatch(/回看[^]*不是现在[^]*距现在 10 小时/)
    expect(await words('clock')).toMatch(new RegExp(`${minuteOf(ago(10)).slice(11)}[^]*回看`))
    const marks = await page.locator('.panel .age').allInnerTexts()
    expect(marks.length).toBeGreaterThan(3)
    expect(new Set(marks)).toEqual(new Set([`数据截至 ${minuteOf(ago(10)).slice(11)}`]))
    const tiles = await page.getByTestId('tile').allInnerTexts()
    expect(tiles.every((text) => text.startsWith('回看中不播放直播'))).toBe(true)
    expect(await page.getByTestId('footer').count()).toBe(0)
  })

  it('shows every scene as of then, with no words crowded, cut or small', async () => {
    const scenes = ['ranking', 'warnings', 'floating', 'governance', 'learning', 'services']
    for (const scene of [...scenes, 'township/431128101', 'overview']) {
      await page.evaluate((to) => (location.hash = `#/${to}`), scene)
      await until(scene, async () => (await page.locator('.body').count()) === 1)
      for (const size of [
        [1280, 720],
        [5760, 1620],
        [1920, 1080],
      ] as const) {
        await resizeWall(page, size)
        const texts = await textsOf(page)
        expect(crowded(texts), `${scene} ${size[0]}`).toEqual([])
        expect(cutOff(texts), `${scene} ${size[0]}`).toEqual([])
        expect(smallPrint(texts, 1.75), `${scene} ${size[0]}`).toEqual([])
      }
      expect(await trust()).toBe('past')
    }
  })

  it('goes by ten minutes and by days with the keys, and its address goes with it', async () => {
    await page.keyboard.press('ArrowLeft')
    const earlier = minuteOf(ago(10 + 1 / 6))
    await until('ten minutes', async () => (await words('past-when')) === earlier.replace('T', ' '))
    for (const [hours, online] of [
      [34 + 1 / 6, 2],
      [58 + 1 / 6, 3],
    ] as const) {
      await page.keyboard.press('PageUp')
      await until('the address', () => page.url().includes(`at=${minuteOf(ago(hours))}`))
      await until('the figure', async () => (await shown(page, 'kpi-online')) === online)
      expect((await figures(ago(hours)))['branches.online']).toBe(online)
    }
  })

  it('comes back to the present and to what happened meanwhile with Escape', async () => {
    await relay.post([cloudEvent('branch.online', branchB, {})])
    await page.keyboard.press('Escape')
    await inPresent()
    await until('the present figure', async () => (await shown(page, 'kpi-online')) === 3)
    expect(await page.getByTestId('past-band').count()).toBe(0)
    expect(page.url()).not.toContain('at=')
  })

  it('plays what happened since, and is in the present when it has come there', async () => {
    await page.keyboard.press('t')
    await inPast()
    expect(await shown(page, 'kpi-online')).toBe(2)
    await page.getByRole('button', { name: '600×' }).click()
    await until('a flag taken down', async () => (await shown(page, 'kpi-online')) === 1)
    await inPresent()
    await until('the present figure', async () => (await shown(page, 'kpi-online')) === 3)
  })

  it('ranks a month that has just begun by how the last one ended, until half have points in it', async () => {
    const scored = (branch: string, points: number, at: string) =>
      cloudEvent(
        'points.awarded',
        branch,
        { points, reason: 'activity' },
        { time: `2026-${at}+08:00` },
      )
    await relay.post([
      scored(branchA, 300, '02-10T09:00:00'),
      scored(branchB, 200, '02-11T09:00:00'),
      scored(branchC, 100, '02-12T09:00:00'),
      scored(branchC, 20, '03-01T08:00:00'),
      scored(branchB, 10, '03-01T12:00:00'),
    ])
    const other = await openPage(browser, [1920, 1080])
    await other.goto(`${relay.url}/?rotation=off&at=2026-03-01T10:00#/ranking`)
    const gold = other.getByTestId('gold-list')
    await gold.getByText('2 月终榜').waitFor()
    const points = () => gold.getByTestId('gold-points').allInnerTexts()
    expect((await points()).map((text) => text.replace(/\D/g, ''))).toEqual(['300', '200', '100'])
    const note = other.getByTestId('points-histogram').locator('.panel-note')
    expect(await note.innerText()).toBe('2 月终榜 · 3 月刚开始,1 个党组织已有积分')
    await other.goto(`${relay.url}/?rotation=off&at=2026-03-01T13:00#/ranking`)
    await gold.getByText('升降比昨日零时').waitFor()
    expect((await points()).map((text) => text.replace(/\D/g, ''))).toEqual(['20', '10', '0'])
    await other.close()
  })

  it('says so when the relay is lost while it plays', async () => {
    expect(complaints).toEqual([])
    await page.keyboard.press('t')
    await inPast()
    await page.getByRole('button', { name: '10×', exact: true }).click()
    await until('the play', async () => /播放中/.test(await words('past-says')))
    await relay.end('SIGKILL')
    await until('the loss', async () => /汇聚中心(中断|没有给出)/.test(await words('past-says')))
    expect(await trust()).toBe('past')
  })

  it('says so when nothing was recorded by then, and comes back by itself untouched', async () => {
    relay = await startRelay({ dataDir: relay.dataDir })
    const other = await openPage(browser, [1280, 720])
    await other.clock.install()
    await other.goto(`${relay.url}/?rotation=off&at=2001-07-01T08:00`)
    await other.locator('.wall[data-trust=past]').waitFor()
    await other.getByText('这一刻之前还没有记录').waitFor()
    expect(await other.getByTestId('kpi-online').count()).toBe(0)
    await other.clock.runFor(70_000)
    // A key that leads somewhere is a touch as well.
    await other.keyboard.press('ArrowLeft')
    await other.clock.runFor(60_000)
    expect(await other.getByTestId('past-band').count()).toBe(1)
    await other.clock.runFor(65_000)
    await other.locator('.wall[data-trust=live]').waitFor()
    await other.close()
  })
})
