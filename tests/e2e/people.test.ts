/** Accounts in a real Chromium: the first by the printed link, another by a link of the first, an authenticator, and the end. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { totpAt } from '../../relay/people/totp.ts'
import { barriers } from '../support/barriers.ts'
import { share } from '../support/share.ts'

const shared = share()
const password = 'Red-flag-0701'
const complaints: string[] = []
const contexts: BrowserContext[] = []
let page: Page
let other: Page

async function open(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  contexts.push(context)
  const opened = await context.newPage()
  opened.on('pageerror', (error) => complaints.push(String(error)))
  await opened.goto(address)
  return opened
}
afterAll(async () => {
  for (const context of contexts) await context.close()
})
async function choose(of: Page): Promise<void> {
  await of.getByLabel('新密码').fill(password)
  await of.getByLabel('再输一次').fill(password)
  await of.getByRole('button', { name: '启用并登录' }).click()
}

it('makes the first account by the link that the relay printed, and keeps no trace of it', async () => {
  const link = /http\S+#\/invitation\/[\w-]+/.exec(shared.relay.logs())?.[0] ?? ''
  page = await open(shared.browser, link)
  await page.getByText('第一个账号').waitFor()
  expect(page.url()).not.toContain('invitation')
  expect(await barriers(page)).toEqual([])
  await page.getByLabel('账号名').fill('zhang')
  await page.getByLabel('姓名').fill('张三')
  await page.getByLabel('新密码').fill('password')
  await page.getByLabel('再输一次').fill('passw0rd')
  await page.getByText('两次输入不一样').waitFor()
  await choose(page)
  await page.getByRole('tab', { name: '平台' }).waitFor()
  await page.getByRole('button', { name: '退出 张三' }).waitFor()
})

it('makes an account of a township, whose person sees its own pages and no others', async () => {
  await page.getByRole('tab', { name: '账号', exact: true }).click()
  await page.getByRole('button', { name: '新建账号' }).click()
  await page.getByRole('dialog').getByLabel('账号名').fill('shiyang')
  await page.getByRole('dialog').getByLabel('姓名').fill('石羊镇党建办')
  // Names are known once the lists of divisions have come.
  const known = page.locator('datalist option[value^="石羊镇"]').first()
  await known.waitFor({ state: 'attached' })
  await page.getByRole('dialog').getByLabel('范围').fill('石羊镇')
  expect(await barriers(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: '建立' }).click()
  const link = await page.getByRole('textbox', { name: '链接' }).inputValue()
  await page.getByRole('row', { name: /shiyang.*乡镇党委.*石羊镇.*待设密码/ }).waitFor()
  expect(await barriers(page)).toEqual([])

  other = await open(shared.browser, link)
  await other.getByText('石羊镇党建办').waitFor()
  await choose(other)
  await other.getByRole('tab', { name: '屏幕' }).waitFor()
  expect(await other.getByRole('tab').allTextContents()).toEqual([
    '屏幕',
    '通知',
    '账号',
    '我的账号',
  ])
  await other.getByRole('tab', { name: '账号', exact: true }).click()
  await other.getByTestId('account-shiyang').waitFor()
  expect(await other.getByTestId('account-zhang').count()).toBe(0)
})

it('enrols an authenticator by a QR code, and asks for its digits at the next sign-in', async () => {
  await other.getByRole('tab', { name: '我的账号' }).click()
  await other.getByRole('button', { name: '启用', exact: true }).click()
  await other.locator('.qr path').waitFor()
  expect(await barriers(other)).toEqual([])
  const secret = ((await other.locator('.enrol code').textContent()) ?? '').replaceAll(' ', '')
  await other.getByLabel('手机上现在的 6 位数字').fill(totpAt(secret, Date.now() - 30_000))
  await other.getByRole('button', { name: '确认' }).click()
  await other.getByText('验证器已启用').waitFor()
  await other.getByRole('button', { name: '停用验证器' }).waitFor()
  await other.getByRole('button', { name: /退出/ }).click()
  expect(await barriers(other)).toEqual([])
  await other.getByLabel('账号名').fill('shiyang')
  await other.getByLabel('密码').fill('wrong')
  await other.getByRole('button', { name: '登录', exact: true }).click()
  await other.getByText('账号或密码不对').waitFor()
  await other.getByLabel('密码').fill(password)
  await other.keyboard.press('Enter')
  await other.getByLabel('验证器上的 6 位数字').fill(totpAt(secret, Date.now()))
  await other.keyboard.press('Enter')
  await other.getByRole('tab', { name: '屏幕' }).waitFor()
  expect(await other.evaluate(() => document.cookie)).toBe('')
})

it('ends at once for a person who is suspended, and says so', async () => {
  await page.getByRole('button', { name: '已交付,隐藏' }).click()
  await page.getByRole('searchbox', { name: '查找' }).fill('石羊')
  await page.getByRole('button', { name: '停用 shiyang' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await page.getByRole('row', { name: /shiyang.*已停用/ }).waitFor()
  await other.getByText('登录已结束').waitFor()
})

it('shows who did what, and leaves as whoever is signed in', async () => {
  await page.getByRole('tab', { name: '审计' }).click()
  await page.getByLabel('含有').fill('account.suspended')
  await page.getByRole('button', { name: '查找' }).click()
  await page.getByRole('row', { name: /account\.suspended.*account zhang at/ }).waitFor()
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: /退出/ }).click()
  await page.getByLabel('账号名').waitFor()
  await page.reload()
  await page.getByLabel('账号名').waitFor()
  expect(complaints).toEqual([])
})
