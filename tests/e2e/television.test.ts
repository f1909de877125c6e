/** A village's television: every page with a remote's five keys, at both sizes, in every state; and with a relay that goes away. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { barriers } from '../support/barriers.ts'
import { branchB, cloudEvent, smallCounty } from '../support/events.ts'
import { openGallery } from '../support/gallery.ts'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { makeLoop } from '../support/loop.ts'
import { signed, writeStreams } from '../support/streams.ts'
import {
  focusOf,
  pageOf,
  showTelevision,
  smallOnTelevision,
  televisionPages,
  unsafe,
} from '../support/television.ts'
import { crowded, cutOff, textsOf } from '../support/texts.ts'
import { openBrowser, openPage } from '../support/wall.ts'

const sizes = [
  [1280, 720],
  [1920, 1080],
] as const
/** DESIGN: nothing under 2.75 ninetieths of the height. */
const floor = 2.75

let dataDir: string
let relay: Relay
let browser: Browser
beforeAll(async () => {
  dataDir = makeDataDir()
  relay = await startRelay({ dataDir })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  removeDataDir(dataDir)
})

describe('a page of the television', () => {
  it.each(['live', 'stale', 'empty', 'error', 'lost', 'blank'])(
    'has letters that are large enough, apart, within the safe area and stand out: %s',
    async (state) => {
      const complaints: string[] = []
      const page = await openGallery(browser, sizes[0], complaints)
      for (const [width, height] of state === 'live' ? sizes : [sizes[0]]) {
        await page.setViewportSize({ width, height })
        // The unit follows by an event that comes later; a page that is not open yet has none.
        await page.waitForFunction(() => {
          const unit = document.documentElement.style.getPropertyValue('--t')
          const wanted = Math.min(innerHeight / 90, innerWidth / 160)
          return unit === '' || Math.abs(Number.parseFloat(unit) - wanted) < 0.01
        })
        for (const each of [...televisionPages, { page: 'pairing' }]) {
          await showTelevision(page, relay.url, each, state)
          const where = `${each.page} at ${width}×${height}`
          const texts = await textsOf(page)
          expect(crowded(texts), where).toEqual([])
          expect(cutOff(texts), where).toEqual([])
          expect(smallOnTelevision(texts, floor), where).toEqual([])
          expect(unsafe(texts), where).toEqual([])
          // In the other states it is the same colours on the same grounds.
          if (height === 720 && (state === 'live' || state === 'lost'))
            expect(await barriers(page, 'serious'), where).toEqual([])
        }
      }
      expect(complaints).toEqual([])
      await page.close()
    },
    120_000,
  )

  it('moves nothing unless asked to', async () => {
    const page = await openGallery(browser, sizes[0])
    await showTelevision(page, relay.url, { page: 'home' }, 'live')
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
    await page.close()
  })
})

/** Moves the focus to a leaf by arrows alone, as somebody does who sees where it is and where it should be. */
async function steer(page: Page, leaf: string): Promise<void> {
  for (let pressed = 0; pressed < 40; pressed += 1) {
    const way = await page.evaluate((wanted) => {
      const middle = (element: Element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect()
        return [(left + right) / 2, (top + bottom) / 2] as const
      }
      const now = document.querySelector('[data-focus]')
      const to = document.querySelector(`[data-spot="${wanted}"]`)
      if (now === to && to !== null) return []
      // Not in sight: further down its list.
      if (now === null || to === null) return ['ArrowDown']
      const [x, y] = middle(now)
      const [toX, toY] = middle(to)
      const across = toX > x + 1 ? 'ArrowRight' : toX < x - 1 ? 'ArrowLeft' : null
      const along = toY > y + 1 ? 'ArrowDown' : toY < y - 1 ? 'ArrowUp' : null
      return [along, across].filter((key) => key !== null)
    }, leaf)
    if (way.length === 0) return
    const before = await focusOf(page)
    for (const key of way) {
      await page.keyboard.press(key)
      if ((await focusOf(page)) !== before) break
    }
  }
  throw new Error(`the arrows do not lead from ${await focusOf(page)} to ${leaf}`)
}

describe('five keys', () => {
  /** From home: where each OK leads, leaf by leaf. */
  const walks: readonly (readonly (readonly [leaf: string, page: string])[])[] = [
    [['window', 'channel']],
    [
      ['branch', 'branch'],
      ['village', 'townships'],
      ['431128101', 'villages'],
    ],
    [
      ['branch', 'branch'],
      ['keys', 'keys'],
    ],
    [
      ['branch', 'branch'],
      ['site', 'channel'],
    ],
    [
      ['sites', 'sites'],
      ['6', 'channel'],
    ],
    [
      ['lessons', 'lessons'],
      ['theme-day', 'lesson'],
    ],
    [
      ['ranking', 'ranking'],
      ['row 431128001-1', 'branch'],
    ],
    [
      ['services', 'services'],
      ['item-2', 'service'],
    ],
    [
      ['notices', 'notices'],
      ['n medical', 'notice'],
    ],
    [
      ['notices', 'notices'],
      ['r evening', 'radio'],
    ],
  ]

  it('lead to every page and back, and at home ask before they leave', async () => {
    const reached = new Set(['home'])
    const page = await openGallery(browser, sizes[0])
    await showTelevision(page, relay.url, { page: 'home' }, 'live')
    for (const walk of walks) {
      for (const [leaf, name] of walk) {
        await steer(page, leaf)
        await page.keyboard.press('Enter')
        expect(await pageOf(page), `${leaf} opens ${name}`).toBe(name)
        reached.add(name)
      }
      for (const [leaf] of [...walk].reverse()) {
        await page.keyboard.press('Escape')
        // The focus is where it was left, except where the page is one that a key may not leave by arrows.
        expect(await focusOf(page), `back to ${leaf}`).toBe(leaf)
      }
      expect(await pageOf(page)).toBe('home')
    }
    expect([...reached].sort()).toEqual(televisionPages.map((each) => each.page).sort())

    await page.keyboard.press('Escape')
    await page.getByText('离开党建电视?').waitFor()
    expect(await focusOf(page)).toBe('stay')
    await page.keyboard.press('Escape')
    expect(await page.getByText('离开党建电视?').count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    expect(await page.getByText('离开党建电视?').count()).toBe(0)
    expect(await pageOf(page)).toBe('home')
    await page.close()
  })

  it('always have one focus on pages that can be chosen from', async () => {
    const page = await openGallery(browser, sizes[0])
    for (const state of ['live', 'lost']) {
      for (const each of televisionPages) {
        if (/^(lesson|service|notice|radio|keys)$/.test(each.page)) continue
        await showTelevision(page, relay.url, each, state)
        for (const key of ['ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight', 'ArrowRight']) {
          await page.keyboard.press(key)
          expect(await page.locator('[data-focus]').count(), `${each.page}, ${state}`).toBe(1)
        }
      }
    }
    await page.close()
  }, 120_000)
})

describe('the remote', () => {
  it('tunes to two digits at once, to one after a while, and says what there is not', async () => {
    const page = await openGallery(browser, sizes[0])
    await showTelevision(page, relay.url, { page: 'home' }, 'live')
    await page.keyboard.press('0')
    await page.getByText('0–').waitFor()
    await page.keyboard.press('6')
    await page.getByText('石羊镇 乐大晚村党支部').waitFor()
    await page.keyboard.press('2')
    await page.getByText('龙泉街道 东门社区第一党支部').waitFor()
    await page.keyboard.press('7')
    await page.keyboard.press('7')
    await page.getByText('没有这个频道').waitFor()
    expect(await pageOf(page)).toBe('channel')
    await page.close()
  })

  it('goes round the channels by up and down, and to a page by a colour', async () => {
    const page = await openGallery(browser, sizes[0])
    await showTelevision(page, relay.url, { page: 'channel', more: { number: 1 } }, 'live')
    await page.keyboard.press('ArrowDown')
    await page.getByText('流动党委 驻东莞第三流动党支部').waitFor()
    await page.keyboard.press('ArrowUp')
    await page.getByText('金陵镇 天地山村党支部').waitFor()
    await page.keyboard.press('y')
    expect(await pageOf(page)).toBe('ranking')
    await page.keyboard.press('Escape')
    expect(await pageOf(page)).toBe('home')
    await page.close()
  })

  it('is learned key by key, and counts from its own OK on', async () => {
    const page = await openGallery(browser, sizes[0])
    await showTelevision(page, relay.url, { page: 'keys' }, 'live')
    const taught = ['u', 'd', 'l', 'e', 'o', 'q']
    for (const key of taught) await page.keyboard.press(key)
    await page.getByText('遥控器上没有这个键').waitFor()
    for (let extra = 0; extra < 6; extra += 1) await page.keyboard.press('o')
    await page.getByText('按新的“确认”键生效').waitFor()
    await page.keyboard.press('o')
    expect(await pageOf(page)).toBe('home')
    await page.keyboard.press('d')
    expect(await focusOf(page)).toBe('sites')
    await page.keyboard.press('o')
    expect(await pageOf(page)).toBe('sites')
    await page.keyboard.press('q')
    expect(await pageOf(page)).toBe('home')
    // What a map does not know brings it up again.
    for (let strange = 0; strange < 4; strange += 1) await page.keyboard.press('F8')
    expect(await pageOf(page)).toBe('keys')
    await page.close()
  })
})

describe('in front of a relay', () => {
  let context: BrowserContext
  let page: Page
  const complaints: string[] = []

  const service = (item: string, isOpen: boolean) =>
    cloudEvent('service.listed', branchB, { item, title: `事项 ${item}`, isOpen, days: 3 })

  beforeAll(async () => {
    expect((await relay.post(smallCounty())).status).toBe(202)
    context = await browser.newContext({ viewport: { width: 1280, height: 720 } })
    page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(String(error)))
  })
  afterAll(() => context?.close())

  it('asks for its village by remote, once', async () => {
    await page.goto(`${relay.url}/tv`)
    await page.getByText('这台电视在哪个村').waitFor()
    await until('the townships', async () => (await focusOf(page)) === '431128001')
    await steer(page, '431128101')
    await page.keyboard.press('Enter')
    await until('the villages', async () => (await focusOf(page)) === branchB)
    await page.keyboard.press('Enter')
    await page.getByText('天地山村党群服务中心').waitFor()
    await page.reload()
    await page.getByText('天地山村党群服务中心').waitFor()
    expect(await focusOf(page)).toBe('window')
  })

  it('is the public also on the relay’s own machine', async () => {
    const told = await page.evaluate(async () => {
      const answer = await fetch('/v1/snapshot/431128?as=public')
      return (await answer.json()) as { tables: Record<string, unknown[]> }
    })
    expect(told.tables['warnings'] ?? []).toEqual([])
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('websocket', (socket) => asked.push(socket.url()))
    await page.reload()
    await until('its sockets', () => asked.some((url) => url.includes('/socket.io/')))
    await until('its snapshot', () => asked.some((url) => url.includes('/v1/snapshot/')))
    expect(
      // Who it is it asks as itself, and is told nothing of the county.
      asked.filter(
        (url) => /\/(v1\/(?!screen$)|socket\.io\/)/.test(url) && !url.includes('as=public'),
      ),
    ).toEqual([])
  })

  it('keeps the focus while rows come and go beneath it', async () => {
    await relay.post(['a', 'b', 'c'].map((item) => service(item, true)))
    await page.goto(`${relay.url}/tv?village=${branchB}`)
    await page.getByText('3 项可办').waitFor()
    await steer(page, 'services')
    await page.keyboard.press('Enter')
    await steer(page, 'xintian b')
    await relay.post([service('b', false)])
    await page.getByText('事项 b').waitFor({ state: 'detached' })
    const left = await focusOf(page)
    expect(['xintian a', 'xintian c']).toContain(left)
    await relay.post([service('d', true)])
    await page.getByText('事项 d').waitFor()
    expect(await focusOf(page)).toBe(left)
    await relay.post(['a', 'c', 'd'].map((item) => service(item, false)))
    await page.getByText('还没有平台报来办事事项').waitFor()
    await page.keyboard.press('Escape')
    expect(await focusOf(page)).toBe('services')
  })

  it('shows what it has kept with its time when the relay is gone, and never as new', async () => {
    await page.goto(`${relay.url}/tv?village=${branchB}`)
    await page.getByTestId('tv-points').waitFor()
    await until('the box to have kept the board', () =>
      page.evaluate(() => (localStorage.getItem('flagwall-tv-board') ?? '').includes('天地山村')),
    )
    // The box is switched on again some minutes later, and nothing but the page itself is to be had. The page that keeps is gone
    // by then: it would keep a newer board meanwhile.
    await page.goto(`${relay.url}/healthz`)
    const at = await page.evaluate(() => {
      const kept = JSON.parse(localStorage.getItem('flagwall-tv-board') ?? '')
      const then = Date.parse(kept.snapshot.at) - 300_000
      kept.snapshot.at = new Date(then + 28_800_000).toISOString().slice(0, 19) + '+08:00'
      localStorage.setItem('flagwall-tv-board', JSON.stringify(kept))
      return kept.snapshot.at.slice(11, 16) as string
    })
    await context.route('**/v1/**', (route) => route.abort())
    await context.routeWebSocket(/./, (socket) => socket.close())
    await page.goto(`${relay.url}/tv?village=${branchB}`)
    await page.getByText(`数据截至 ${at}`).first().waitFor()
    await until('the page of a lost relay', async () => (await focusOf(page)) === 'retry')
    expect(await page.getByTestId('tv-points').count()).toBe(0)
    await steer(page, 'ranking')
    await page.keyboard.press('Enter')
    await page.getByText(`数据截至 ${at}`).first().waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.getByText('“三会一课”怎么开').first().waitFor()
    await page.keyboard.press('Escape')
    expect(complaints).toEqual([])
  })

  it('plays a camera that somebody has signed for, and no longer once that is taken back', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'television-'))
    const loop = join(dir, 'loop.mp4')
    makeLoop(loop)
    const camera = { id: 'one', kind: 'file', url: loop, organization: branchB, title: '村口' }
    writeStreams(dataDir, [
      { ...camera, ...signed },
      { ...camera, id: 'two', title: '库房' },
    ])
    const other = await openPage(browser, sizes[0])
    await other.goto(`${relay.url}/tv?village=${branchB}`)
    await other.getByText('按 OK 全屏').waitFor()
    await other.locator('[data-picture=live]').waitFor()
    await other.getByText('1 路可看').waitFor()
    await other.keyboard.press('Enter')
    await other.locator('[data-page=channel] [data-picture=live]').waitFor()
    await other.keyboard.press('Escape')
    writeStreams(dataDir, [camera])
    await other.getByText('现在没有公开的直播').waitFor()
    expect(await other.locator('video').count()).toBe(0)
    await other.close()
    rmSync(dir, { recursive: true })
  })

  it('says that it has nothing when it never had anything', async () => {
    const other = await browser.newContext({ viewport: { width: 1280, height: 720 } })
    await other.route('**/v1/**', (route) => route.abort())
    const empty = await other.newPage()
    await empty.goto(`${relay.url}/tv`)
    await empty.getByText('正在连接汇聚中心').waitFor()
    await other.close()
  })
})
