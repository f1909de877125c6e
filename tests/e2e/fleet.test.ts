/** A browser that becomes a screen of the fleet, without a key pressed on it, and ceases to be one. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FleetScreens } from '../../protocol/fleet.ts'
import { barriers } from '../support/barriers.ts'
import { branchA, cloudEvent, smallCounty } from '../support/events.ts'
import { askAsOperator, openConsole } from '../support/office.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { crowded, smallPrint, textsOf } from '../support/texts.ts'
import { openBrowser, settled } from '../support/wall.ts'

let relay: Relay
let browser: Browser
let screen: Page
let office: BrowserContext
let desk: Page
const complaints: string[] = []

beforeAll(async () => {
  relay = await startRelay()
  const meeting = { activity: 'a', form: 'lecture', title: '未审核的党课' } as const
  await relay.post([...smallCounty(), cloudEvent('activity.started', branchA, meeting)])
  browser = await openBrowser()
  // As if it came from another machine: only there a screen has to be let in.
  const afar = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    extraHTTPHeaders: { 'x-forwarded-for': '10.0.0.9' },
  })
  screen = await afar.newPage()
  screen.on('pageerror', (error) => complaints.push(String(error)))
  office = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  desk = await openConsole(office, relay)
  desk.on('pageerror', (error) => complaints.push(String(error)))
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

const code = async (): Promise<string> =>
  ((await screen.getByTestId('pair-code').textContent()) ?? '').replaceAll(' ', '')

it('shows a code to read and to scan, and nothing of the county', async () => {
  await screen.goto(`${relay.url}/?pair=on&night=off`)
  await screen.getByTestId('pair-code').waitFor()
  await screen.locator('.qr path').waitFor()
  await settled(screen)
  expect(await code()).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/)
  const texts = await textsOf(screen)
  expect(smallPrint(texts, 1.75)).toEqual([])
  expect(crowded(texts)).toEqual([])
  expect(await barriers(screen)).toEqual([])
})

it('is let in within half a minute by somebody at another machine, and shows what its place may see', async () => {
  const since = performance.now()
  await desk.goto(`${relay.url}/pair#${await code()}`)
  await desk.getByTestId('settle').waitFor()
  expect(await barriers(desk)).toEqual([])
  await desk.getByLabel('名称').fill('石羊镇党建办')
  await desk.getByLabel('所在地').fill('石羊镇')
  await desk.getByLabel('受众').selectOption({ label: '乡镇机关' })
  await desk.getByRole('button', { name: '批准' }).click()
  await desk.getByText('已批准 石羊镇党建办').waitFor()
  await screen.getByTestId('kpi-online').waitFor()
  const took = (performance.now() - since) / 1_000
  console.info(`paired after ${took.toFixed(1)} s`)
  expect(took).toBeLessThan(30)
  // The public never reads the title of an activity that nobody has reviewed.
  await screen.getByText('未审核的党课').first().waitFor()
  expect(screen.url()).not.toMatch(/[A-Za-z0-9_-]{43}/)
  await screen.reload()
  await screen.getByTestId('kpi-online').waitFor()
})

it('stands in the list of the console, by its place and its audience', async () => {
  const row = desk.getByRole('row', { name: /石羊镇党建办/ })
  await row.waitFor()
  expect(await row.locator('td').allTextContents()).toEqual(
    expect.arrayContaining(['1', '石羊镇', '乡镇机关', '大屏']),
  )
  expect(await barriers(desk)).toEqual([])
})

it('shows other scenes as soon as it is set to them, without being loaded anew', async () => {
  const loaded = await screen.evaluate(() => performance.timeOrigin)
  const { screens } = (await askAsOperator(relay, '/v1/fleet/screens')) as FleetScreens
  const { id, number: _number, ...settings } = screens[0]?.screen ?? { id: '', number: 0 }
  await askAsOperator(relay, `/v1/fleet/screens/${id}`, { ...settings, scenes: ['services'] })
  await screen.locator('[data-testid=wall][data-scene=services]').waitFor()
  await askAsOperator(relay, `/v1/fleet/screens/${id}`, { ...settings, scenes: ['overview'] })
  await screen.locator('[data-testid=wall][data-scene=overview]').waitFor()
  expect(await screen.evaluate(() => performance.timeOrigin)).toBe(loaded)
})

it('says of itself that it draws, and shows its number when somebody looks for it', async () => {
  await desk.getByRole('row', { name: /石羊镇党建办.*在线.*Chromium/ }).waitFor()
  await desk.getByRole('button', { name: '识别 石羊镇党建办' }).click()
  await screen.getByTestId('fleet-number').getByText('1').waitFor()
  await desk.getByText('石羊镇党建办:已显示编号 1').waitFor()
})

it('is taken over by an urgent notice, as is a wall of the relay itself, until somebody ends it', async () => {
  const own = await office.newPage()
  await own.goto(`${relay.url}/?night=off`)
  await own.getByTestId('kpi-online').waitFor()
  await desk.getByRole('tab', { name: '通知' }).click()
  await desk.getByRole('button', { name: '写通知' }).click()
  const dialog = desk.getByRole('dialog')
  await dialog.getByLabel('标题').fill('山洪预警')
  await dialog.getByLabel('正文').fill('请低洼处群众立即转移到高处。')
  await dialog.getByLabel('单位').fill('县防汛抗旱指挥部')
  expect(await barriers(desk)).toEqual([])
  await dialog.getByRole('button', { name: '下一步' }).click()
  await dialog.getByRole('button', { name: '立即发出' }).click()
  for (const page of [screen, own]) {
    await page.getByTestId('urgent').getByText('请低洼处群众立即转移到高处。').waitFor()
    const box = await page.getByTestId('urgent').boundingBox()
    const size = page.viewportSize()
    expect([box?.width, box?.height]).toEqual([size?.width, size?.height])
  }
  await desk.getByRole('row', { name: /山洪预警.*1\/1 块/ }).waitFor()
  expect(await barriers(desk)).toEqual([])
  await desk.getByRole('button', { name: '结束 山洪预警' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '结束' }).click()
  await desk.getByRole('row', { name: /山洪预警.*已结束/ }).waitFor()
  for (const page of [screen, own]) await page.getByTestId('urgent').waitFor({ state: 'detached' })
  await own.close()
  await desk.getByRole('tab', { name: '屏幕' }).click()
})

it('loses its right when somebody ends it, and asks for a new code by itself', async () => {
  const old = await screen.evaluate(() => performance.timeOrigin)
  await desk.getByRole('button', { name: '撤销 石羊镇党建办' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '撤销' }).click()
  const since = performance.now()
  await until('another page on the screen', async () => {
    const origin = await screen.evaluate(() => performance.timeOrigin).catch(() => old)
    return origin !== old
  })
  console.info(`gone after ${Math.round(performance.now() - since)} ms`)
  await screen.getByTestId('pair-code').waitFor()
  expect(await screen.getByText('未审核的党课').count()).toBe(0)
  await desk.getByRole('row', { name: /石羊镇党建办.*未配对/ }).waitFor()
})

it('has no errors', () => {
  expect(complaints).toEqual([])
})
