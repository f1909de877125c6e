/** The operator's view in a real Chromium, from the door to the lock-out, by keyboard alone and without barriers. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import writeXlsx from 'write-excel-file/node'
import { branchA, cloudEvent, smallCounty } from '../support/events.ts'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { barriers } from '../support/barriers.ts'
import { openBrowser, openPage } from '../support/wall.ts'

let relay: Relay
let browser: Browser
let page: Page
/** What the person chooses when the page asks for a file. */
let onDisk: { name: string; mimeType: string; buffer: Buffer }
beforeAll(async () => {
  const dataDir = makeDataDir()
  writeFileSync(join(dataDir, 'rules.yaml'), 'all:\n  rules:\n    silence: {yellowAfterDays: 25}\n')
  relay = await startRelay({ dataDir })
  await relay.post(smallCounty())
  browser = await openBrowser()
  page = await openPage(browser, [1280, 800])
  // Listened for all along: asked for anew each time, an Enter can be quicker than the listening.
  page.on('filechooser', (chooser) => void chooser.setFiles(onDisk))
  await page.goto(`${relay.url}/console#/platforms`)
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})
afterEach(async () => {
  expect(await barriers(page)).toEqual([])
})

/** What has the focus: its name, and whether a ring shows it. */
function focused(): { readonly name: string; readonly isRinged: boolean } {
  const element = document.activeElement
  if (element === null || element === document.body) return { name: '', isRinged: true }
  const labels = element instanceof HTMLInputElement || element instanceof HTMLSelectElement
  const name =
    element.getAttribute('aria-label') ??
    (labels ? element.labels?.[0]?.textContent : undefined) ??
    element.textContent
  const isRinged = [element, element.closest('label')].some(
    (each) => each !== null && Number.parseFloat(getComputedStyle(each).outlineWidth) >= 2,
  )
  return { name, isRinged }
}

/** Tab until what has the focus is called so; every stop on the way has to show its ring. */
async function tabTo(name: RegExp): Promise<void> {
  const passed: string[] = []
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(focused)
    if (!at.isRinged) throw new Error(`"${at.name}" has the focus and no ring`)
    if (name.test(at.name)) return
    passed.push(at.name.slice(0, 20))
  }
  throw new Error(`Tab never came to ${name}, but to ${passed.join(' | ')}`)
}
const hasFocus = (name: RegExp) =>
  until(`the focus on ${name}`, async () => name.test((await page.evaluate(focused)).name))
const press = (key: string) => page.keyboard.press(key)
const openTab = async (from: RegExp, key: string): Promise<void> => {
  await tabTo(from)
  await press(key)
}

async function signIn(token: string): Promise<void> {
  await hasFocus(/管理员令牌/)
  await press('Control+A')
  await page.keyboard.type(token)
  await press('Enter')
}
const operatorToken = (): string =>
  readFileSync(join(relay.dataDir, 'operator.token'), 'utf8').trim()

it('lets nobody in with a wrong token, and says so', async () => {
  await signIn('guess')
  await page.getByText('令牌不对').waitFor()
})

it('shows the platform with its rate', async () => {
  await signIn(operatorToken())
  const row = page.getByTestId('platform-xintian')
  await row.waitFor()
  expect(Number(await row.locator('.n').first().textContent())).toBeGreaterThan(0)
})

it('walks the tabs in a ring by arrows, Home and End', async () => {
  await tabTo(/^平台$/)
  for (const [key, title] of [
    ['ArrowLeft', '规则'],
    ['ArrowRight', '平台'],
    ['End', '规则'],
    ['ArrowRight', '平台'],
    ['ArrowRight', '屏幕'],
    ['Home', '平台'],
  ] as const) {
    await press(key)
    await page.getByRole('tabpanel', { name: title }).waitFor()
    expect((await page.evaluate(focused)).name).toBe(title)
  }
})

it('leads from a platform to its refused events, each with its reason and its text, and no markup of it', async () => {
  const bad = { form: 'no', title: '<img src=x onerror="document.title=1">' }
  await relay.post([cloudEvent('activity.started', 'x', bad as never)])
  await relay.post([cloudEvent('activity.started', 'y', { form: 'no' } as never)])
  await page.getByRole('link', { name: '查看 新田 的 2 条拒收' }).waitFor()
  await tabTo(/查看 新田/)
  await press('Enter')
  await page.getByTestId('refusal').nth(1).waitFor()
  expect(await page.getByRole('combobox').inputValue()).toBe('xintian')
  await tabTo(/新田422/)
  await press('ArrowDown')
  await press('Enter')
  const open = page.getByTestId('refusal').nth(1)
  expect(await open.locator('pre').innerText()).toContain('<img src=x')
  expect(await open.locator('img').count()).toBe(0)
})

it('moves no row under the reader while the focus is among them, and offers what is new', async () => {
  await relay.post([cloudEvent('activity.started', 'z', { form: 'no' } as never)])
  await page.getByRole('button', { name: '有新的拒收' }).waitFor()
  expect(await page.getByTestId('refusal').count()).toBe(2)
  await tabTo(/有新的拒收/)
  await press('Enter')
  await page.getByTestId('refusal').nth(2).waitFor()
})

it('makes a key and shows its secret once', async () => {
  await openTab(/^拒收$/, 'ArrowRight')
  // Until the page has turned, Tab walks the one that goes.
  await page.getByRole('heading', { name: '密钥', exact: true }).waitFor()
  await tabTo(/平台代号/)
  await page.keyboard.type('grid')
  await tabTo(/区划代码/)
  await page.keyboard.type('431128')
  await press('Enter')
  await hasFocus(/^密钥$/)
  expect(await page.getByRole('textbox', { name: '密钥' }).inputValue()).toMatch(/^whsec_/)
  // A glance at another page loses nothing that is shown only once.
  await openTab(/^密钥$/, 'ArrowRight')
  await press('ArrowLeft')
  await tabTo(/已交付,隐藏/)
  await press('Enter')
  await hasFocus(/平台代号/)
  expect(await page.content()).not.toMatch(/whsec_[A-Za-z0-9]/)
})

it('ends a key only after a yes, and keeps the focus on what it was about', async () => {
  await tabTo(/作废 xintian-/)
  await press('End')
  await hasFocus(/作废 grid-/)
  await press('Enter')
  await page.getByRole('dialog', { name: /作废 grid-/ }).waitFor()
  expect(await barriers(page)).toEqual([])
  await press('Escape')
  await hasFocus(/作废 grid-/)
  await press('Enter')
  await hasFocus(/^取消$/)
  await tabTo(/^作废$/)
  await press('Enter')
  await page
    .getByTestId(/key-grid-/)
    .getByText('已作废')
    .waitFor()
  await hasFocus(/grid-.*已作废/)
})

const titles = ['组织编码', '组织名称', '组织类别', '组织分类', '所属乡镇', '成立日期', '党员人数']
const roster = (...rows: readonly (readonly string[])[]): Promise<Buffer> =>
  writeXlsx([
    { data: [titles, ...rows].map((row) => row.map((value) => ({ value }))), sheet: '组织' },
  ]).toBuffer()
const changed = [branchA, '乐大晚村党支部', '党支部', '乡镇', '枧头镇', '2001-07-01', '46'] as const
const added = [
  '43112810121701',
  '篮田村党支部',
  '党支部',
  '乡镇',
  '金陵镇',
  '2001-07-01',
  '9',
] as const

async function pick(name: string, buffer: Buffer): Promise<void> {
  await tabTo(/选择名册文件/)
  onDisk = { name, mimeType: 'application/octet-stream', buffer }
  await press('Enter')
}

it('hands out a template, and says by row and column what is wrong with a sheet', async () => {
  await openTab(/^密钥$/, 'ArrowRight')
  await tabTo(/下载模板/)
  const download = page.waitForEvent('download')
  await press('Enter')
  const template = readFileSync(await (await download).path())
  await pick('名册模板.xlsx', template)
  await page.getByTestId('problem').getByText('上级组织编码').waitFor()

  const wrong = added.map((cell) => (cell === '金陵镇' ? '金陆镇' : cell))
  await pick('错名.xlsx', await roster(wrong))
  const problem = page.getByTestId('problem').filter({ hasText: '是不是 "金陵镇"' })
  await problem.waitFor()
  expect(await problem.locator('th, td').allTextContents()).toEqual([
    '2',
    'E',
    '所属乡镇:没有 "金陆镇",是不是 "金陵镇"',
  ])
  await pick('名册.docx', Buffer.from('x'))
  await page.getByText('只收 .xlsx 和 .csv').waitFor()
})

it('shows what a sheet would change, writes it when told, and then finds nothing to do', async () => {
  await pick('名册.xlsx', await roster(changed, added))
  await page.getByText('试运行,尚未写入').waitFor()
  const row = page.getByTestId(`row-${branchA}`)
  expect(await row.innerText()).toContain('党员人数: 40 → 46')
  expect(await barriers(page)).toEqual([])
  for (const [list, count] of [
    ['new', '1'],
    ['changed', '1'],
    ['missing', '2'],
    ['same', '0'],
  ])
    expect(await page.getByTestId(`count-${list}`).innerText()).toBe(count)
  await tabTo(/^变更/)
  await press('ArrowRight')
  await page.getByText('秀峰社区党支部').waitFor()
  await tabTo(/^应用:新增 1 个、变更 1 个/)
  await press('Enter')
  await page.getByText(/已写入,新增 1 个、变更 1 个/).waitFor()
  await hasFocus(/名册导入/)

  await pick('名册.xlsx', await roster(changed, added))
  await page.getByText('与系统一致,无需写入').waitFor()
})

it('marks the threshold that rules.yaml changed', async () => {
  await openTab(/^名册$/, 'End')
  await page
    .getByTestId('rule-silence')
    .getByText('超过 25 天转黄(本县已改,缺省:超过 30 天转黄)')
    .waitFor()
  expect(await page.locator('tbody .changed').count()).toBe(1)
})

it('says that the relay is gone and how old all is, and goes on by itself with the focus where it was', async () => {
  await tabTo(/县\(区划代码\)/)
  const port = Number(new URL(relay.url).port)
  await relay.end()
  await page.getByText('连不上汇聚中心').waitFor()
  await page.getByText(/已 .* 未更新/).waitFor()
  expect(await barriers(page)).toEqual([])
  relay = await startRelay({ dataDir: relay.dataDir, port })
  await page.getByText('每 5 秒更新').waitFor()
  await hasFocus(/县\(区划代码\)/)
})

it('locks a guesser out and counts the time down', async () => {
  await tabTo(/^退出$/)
  await press('Enter')
  await signIn('guess')
  await page.getByText('令牌不对').waitFor()
  const guess = { headers: { authorization: 'Bearer guess' } }
  for (let tries = 0; tries < 4; tries += 1) await fetch(`${relay.url}/v1/connectors`, guess)
  await signIn(operatorToken())
  const timer = page.getByRole('timer')
  await timer.waitFor()
  const first = await timer.innerText()
  expect(first).toMatch(/还有 1[45] 分 \d\d 秒/)
  await until('the next second', async () => (await timer.innerText()) !== first)
})
