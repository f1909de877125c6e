/** The operator's view in a real Chromium: signing in, looking, making and ending a key, by keyboard and without barriers. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cloudEvent, smallCounty } from '../support/events.ts'
import { makeDataDir, removeDataDir, startRelay, type Relay } from '../support/relay.ts'
import { openBrowser, openPage } from '../support/wall.ts'

let relay: Relay
let browser: Browser
let page: Page
beforeAll(async () => {
  const dataDir = makeDataDir()
  writeFileSync(join(dataDir, 'rules.yaml'), 'all:\n  rules:\n    silence: {yellowAfterDays: 25}\n')
  relay = await startRelay({ dataDir })
  await relay.post(smallCounty())
  browser = await openBrowser()
  page = await openPage(browser, [1280, 800])
  await page.goto(`${relay.url}/console#/platforms`)
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

/** Rules of axe that the page breaks. Evaluated, because the page's policy allows no foreign script. */
async function barriers(): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as {
      axe: {
        run(): Promise<{
          violations: readonly { id: string; nodes: readonly { html: string }[] }[]
        }>
      }
    }
    const { violations } = await checker.run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  })
}
const tab = (title: string) => page.getByRole('tab', { name: title })

it('lets nobody in with a wrong token, and says so', async () => {
  expect(await barriers()).toEqual([])
  await page.getByLabel(/令牌/).fill('guess')
  await page.keyboard.press('Enter')
  await page.getByText('令牌不对').waitFor()
})

it('shows the platform with its rate', async () => {
  const token = readFileSync(join(relay.dataDir, 'operator.token'), 'utf8').trim()
  await page.getByLabel(/令牌/).fill(token)
  await page.keyboard.press('Enter')
  const row = page.getByTestId('platform-xintian')
  await row.waitFor()
  expect(Number(await row.locator('.n').first().textContent())).toBeGreaterThan(0)
  expect(await barriers()).toEqual([])
})

it('shows a refused event with its reason and its text, and no markup of it', async () => {
  const bad = { form: 'no', title: '<img src=x onerror="document.title=1">' }
  await relay.post([cloudEvent('activity.started', 'x', bad as never)])
  await tab('平台').focus()
  await page.keyboard.press('ArrowRight')
  const refusal = page.getByTestId('refusal').first()
  await refusal.waitFor()
  await refusal.locator('summary').focus()
  await page.keyboard.press('Enter')
  expect(await refusal.locator('pre').innerText()).toContain('<img src=x')
  expect(await refusal.locator('img').count()).toBe(0)
  expect(await barriers()).toEqual([])
})

it('makes a key, shows its secret once, and ends it', async () => {
  await tab('拒收').focus()
  await page.keyboard.press('ArrowRight')
  await page.getByLabel('平台代号').fill('grid')
  await page.getByLabel(/区划代码/).fill('431128')
  await page.keyboard.press('Enter')
  const made = page.getByRole('status', { name: '新密钥' })
  expect(await made.locator('code').innerText()).toMatch(/^whsec_/)
  await made.getByRole('button').click()
  page.once('dialog', (dialog) => void dialog.accept())
  await page.getByRole('button', { name: /作废 grid-/ }).click()
  await page
    .getByTestId(/key-grid-/)
    .getByText('已作废')
    .waitFor()
  expect(await page.content()).not.toMatch(/whsec_[A-Za-z0-9]/)
  expect(await barriers()).toEqual([])
})

it('marks the threshold that rules.yaml changed', async () => {
  await tab('密钥').focus()
  await page.keyboard.press('End')
  await page
    .getByTestId('rule-silence')
    .getByText('超过 25 天转黄(本县已改,缺省:超过 30 天转黄)')
    .waitFor()
  expect(await page.locator('tbody .changed').count()).toBe(1)
  expect(await barriers()).toEqual([])
})
