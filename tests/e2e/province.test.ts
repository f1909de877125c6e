/** A province's wall in a real Chromium: from the tiles to a prefecture, to a county, and back. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cloudEvent } from '../support/events.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { openBrowser, openPage } from '../support/wall.ts'

let relay: Relay
let browser: Browser
let page: Page
const complaints: string[] = []

const branchIn = (county: string, i: number, online = true) => {
  const subject = `${county}0000000${i}`
  const at = { source: 'yunnan', partitionkey: county, time: '2026-01-05T09:00:00+08:00' }
  return [
    cloudEvent(
      'organization.recorded',
      subject,
      { name: `${i}号村党支部`, kind: 'branch', group: 'territory', foundedOn: '2001-07-01' },
      at,
    ),
    cloudEvent('members.counted', subject, { members: 40 }, at),
    ...(online ? [cloudEvent('branch.online', subject, {}, at)] : []),
  ]
}
const tile = (code: string) => page.locator(`[data-testid=tile][data-part="${code}"]`)
const counted = (code: string, branches: number, online: number) =>
  until(`${branches} branches in ${code}`, async () => {
    const label = await tile(code).getAttribute('aria-label')
    return label?.includes(` ${branches} 个支部,在线 ${online},`) === true
  })
const masthead = () => page.locator('.masthead h1').textContent()

beforeAll(async () => {
  relay = await startRelay({ env: { COUNTY: '530000' } })
  const events = [
    ...branchIn('530102', 1),
    ...branchIn('530102', 2, false),
    ...branchIn('530103', 3),
    ...branchIn('533421', 4),
  ]
  const answer = await relay.post(events, { platform: 'yunnan' })
  expect(answer.status, await answer.clone().text()).toBe(202)
  browser = await openBrowser()
  page = await openPage(browser, [1920, 1080], complaints)
  await page.goto(`${relay.url}/?rotation=off`)
  await page.getByTestId('province-tiles').waitFor()
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

it('adds up the counties of each prefecture in its tile, as they change', async () => {
  expect(await masthead()).toBe('云岭先锋')
  await counted('530100', 3, 2)
  await counted('533400', 1, 1)
  await relay.post(branchIn('530103', 5), { platform: 'yunnan' })
  await counted('530100', 4, 3)
})

it('leads by its tiles to the prefecture and to the county, and by Escape back to its own wall', async () => {
  await tile('530100').focus()
  await page.keyboard.press('Enter')
  await counted('530102', 2, 1)
  expect(await masthead()).toBe('昆明智慧党建')
  await tile('530102').click()
  await until('the county', async () => (await masthead()) === '五华区智慧党建')
  await page.locator('[data-testid=kpi-online][data-value="1"]').waitFor()
  await page.keyboard.press('Escape')
  await counted('533400', 1, 1)
  expect(await masthead()).toBe('云岭先锋')
  expect(complaints).toEqual([])
})
