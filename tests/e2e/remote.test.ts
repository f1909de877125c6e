/** A phone that steers the wall: joins by the code that the wall shows, chooses, and is told when it ends. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { barriers } from '../support/barriers.ts'
import { smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { crowded, smallPrint, textsOf } from '../support/texts.ts'
import { openBrowser, openPage, settled } from '../support/wall.ts'

let relay: Relay
let browser: Browser
let wall: Page
let hand: BrowserContext
let phone: Page
/** The relay hears every network; the wall is its own machine. */
let local: string
const complaints: string[] = []

beforeAll(async () => {
  relay = await startRelay({ env: { HOST: '0.0.0.0' } })
  local = relay.url.replace('0.0.0.0', '127.0.0.1')
  expect((await relay.post(smallCounty())).status).toBe(202)
  browser = await openBrowser()
  wall = await openPage(browser, [1280, 720], complaints)
  await wall.goto(`${local}/?rotation=off`)
  await wall.getByTestId('kpi-online').waitFor()
  hand = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true })
  phone = await hand.newPage()
  phone.on('pageerror', (error) => complaints.push(String(error)))
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

const scene = (name: string) =>
  until(
    `${name} on the wall`,
    async () => (await wall.getByTestId('wall').getAttribute('data-scene')) === name,
  )
const state = (words: RegExp) =>
  until(`${words} on the phone`, async () =>
    words.test((await phone.getByTestId('state').textContent()) ?? ''),
  )
const on = (words: string) =>
  until(
    `${words} on the phone`,
    async () => (await phone.getByTestId('on').textContent()) === words,
  )
const code = async (): Promise<string> =>
  ((await wall.getByTestId('remote-code').textContent()) ?? '').replaceAll(' ', '')

describe('a phone that steers the wall', () => {
  it('is let in at the wall, by a code to scan and the same in letters', async () => {
    await wall.keyboard.press('r')
    await wall.getByTestId('remote-code').waitFor()
    await wall.locator('.qr path').waitFor()
    expect(await code()).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/)
    await settled(wall)
    expect(smallPrint(await textsOf(wall), 1.75)).toEqual([])
    expect(await barriers(wall, 'serious')).toEqual([])
  }, 180_000)

  it('joins by the address, and shows what the wall shows', async () => {
    await phone.goto(`${local}/remote#${await code()}`)
    await state(/^已接入 · 至 \d\d:\d\d$/)
    await on('总览')
    await wall.getByText('手机 1 ·').waitFor()
    await wall.keyboard.press('Escape')
    expect(await wall.getByTestId('remote-panel').count()).toBe(0)
  })

  it('chooses a scene, goes to the next, holds and lets go', async () => {
    await phone.getByRole('button', { name: '排行' }).tap()
    await scene('ranking')
    await on('排行')
    await phone.getByRole('button', { name: '下一个' }).tap()
    await scene('warnings')
    await phone.getByRole('button', { name: '继续轮播' }).tap()
    await phone.getByRole('button', { name: '固定', exact: true }).waitFor()
    await phone.getByRole('button', { name: '固定', exact: true }).tap()
    await phone.getByText('大屏已固定在').waitFor()
  })

  it('looks into a township and opens a branch, found by name', async () => {
    await phone.getByRole('button', { name: '乡镇' }).tap()
    await phone.locator('.found button').first().tap()
    await scene('township')
    await phone.getByRole('button', { name: '返回上一场景' }).tap()
    await phone.getByRole('button', { name: '返回上一场景' }).waitFor({ state: 'detached' })
    await phone.getByRole('button', { name: '支部', exact: true }).tap()
    await phone.getByLabel('找支部').fill('支部')
    await phone.locator('.found button').first().press('Enter')
    await wall.getByTestId('branch-card').waitFor()
    await phone.locator('.now button').tap()
    await wall.getByTestId('branch-card').waitFor({ state: 'detached' })
  })

  it('is read and worked on small phones, without a barrier', async () => {
    for (const size of [
      { width: 390, height: 844 },
      { width: 360, height: 640 },
    ]) {
      await phone.setViewportSize(size)
      for (const page of ['场景', '乡镇', '支部']) {
        await phone.getByRole('button', { name: page, exact: true }).tap()
        await settled(phone)
        expect([size, page, await barriers(phone)]).toEqual([size, page, []])
        expect([size, page, crowded(await textsOf(phone))]).toEqual([size, page, []])
        const heights = await phone
          .locator('button, input')
          .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height))
        expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
      }
    }
  })

  it('says that the wall is gone, and steers it again when it is loaded anew', async () => {
    await phone.getByRole('button', { name: '场景' }).tap()
    await wall.goto('about:blank')
    await state(/^大屏未连接$/)
    expect(await phone.getByRole('button', { name: '下一个' }).isDisabled()).toBe(true)
    await wall.goto(`${local}/?rotation=off`)
    await state(/^已接入/)
    await phone.getByRole('button', { name: '学习' }).tap()
    await scene('learning')
  })

  it('comes back by itself when its page is loaded anew, but no second phone by the same code', async () => {
    await phone.reload()
    await state(/^已接入/)
    await wall.keyboard.press('R')
    const shown = await code()
    await phone.goto(`${local}/remote#${shown}`)
    const other = await hand.newPage()
    await other.goto(`${local}/remote#${shown}`)
    await other.getByText('口令无效或已过期').waitFor()
    await other.getByLabel('口令').fill('aeiou')
    await other.getByRole('button', { name: '接入' }).click()
    await other.getByText('口令是八个字母').waitFor()
    expect(await barriers(other)).toEqual([])
    await other.close()
  })

  it('is told when somebody at the wall ends it', async () => {
    await wall.getByRole('button', { name: '结束遥控' }).click()
    await state(/^已结束$/)
    await phone.getByText('再次接入要新口令').waitFor()
    expect(await barriers(phone)).toEqual([])
    expect(await wall.getByTestId('remote-panel').count()).toBe(0)
  })

  it('is told that no phone reaches a relay that hears its own machine alone', async () => {
    const closed = await startRelay()
    const page = await openPage(browser, [1280, 720], complaints)
    await page.goto(`${closed.url}/?rotation=off`)
    await page.getByTestId('header').waitFor()
    await page.keyboard.press('r')
    await page.getByText('HOST=0.0.0.0').waitFor()
    expect(await page.locator('.qr').count()).toBe(0)
    await page.close()
    await closed.end()
    removeDataDir(closed.dataDir)
  })

  it('has no errors', () => {
    expect(complaints).toEqual([])
  })
})
