/** A leader with a phone: finds a silent branch, sees its live room, reminds it, and prints the brief. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Invited } from '../../protocol/people.ts'
import { Value } from 'typebox/value'
import { barriers } from '../support/barriers.ts'
import { branchB, cloudEvent, smallCounty } from '../support/events.ts'
import { share } from '../support/share.ts'

const shared = share()
const password = 'Red-flag-0701'
const complaints: string[] = []
let page: Page

async function post(path: string, body: unknown, token = ''): Promise<unknown> {
  const { url } = shared.relay
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: url,
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  expect(response.ok).toBe(true)
  return response.json()
}

beforeAll(async () => {
  await shared.relay.post([
    ...smallCounty(),
    cloudEvent('stream.up', branchB, { stream: 'room-b', title: '会议室' }),
  ])
  const token = readFileSync(join(shared.relay.dataDir, 'operator.token'), 'utf8').trim()
  const account = { name: 'leader', title: '李书记', role: 'county', scope: '431128' }
  const { ticket } = Value.Parse(Invited, await post('/v1/people', account, token))
  await post('/v1/invitations/accept', { ticket, password })
  page = await shared.browser.newPage({ viewport: { width: 390, height: 844 } })
  page.on('pageerror', (error) => complaints.push(String(error)))
})
afterAll(() => page?.close())

it('says three sentences first to whoever has signed in', async () => {
  await page.goto(`${shared.relay.url}/review`)
  await page.getByLabel('账号名').fill('leader')
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  const first = page.getByRole('region', { name: '今日要情' })
  await first.getByText('3个支部静默预警').waitFor()
  await first.getByText('件活动待县终审').waitFor()
  expect(await barriers(page)).toEqual([])
})

it('leads from a silent branch to its room, and reminds it', async () => {
  const silent = page.getByRole('region', { name: '静默最久' })
  await silent.getByRole('link', { name: /天地山村党支部.*待提醒/ }).click()
  await page.getByRole('button', { name: '看 天地山村党支部 的现场' }).click()
  await page.getByTestId('tile').waitFor()
  await page.getByRole('button', { name: '提醒 天地山村党支部 静默', exact: true }).click()
  await page.getByText('县第 1 次提醒').waitFor()
  await page.getByRole('button', { name: '撤回提醒 天地山村党支部 静默' }).waitFor()
  expect(await barriers(page)).toEqual([])
})

it('prints the brief without what only a screen is for', async () => {
  await page.getByRole('link', { name: '今日', exact: true }).click()
  await page.getByRole('link', { name: /天地山村党支部.*督办中/ }).waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
  expect(await page.getByRole('region', { name: '静默最久' }).isVisible()).toBe(true)
  expect((await page.pdf({ format: 'A4' })).subarray(0, 4).toString()).toBe('%PDF')
  expect(complaints).toEqual([])
})
