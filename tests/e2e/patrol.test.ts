/** The patrol of live sites: more cameras than tiles, pulled by a relay, looked at in a real Chromium. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Loop } from '../../mock-feeds/footage/loops.ts'
import { startPublisher, type Publisher } from '../../mock-feeds/footage/publisher.ts'
import { drawForTest, stripes } from '../cameras/loops.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { liveSites, writeStreams } from '../support/streams.ts'
import { openBrowser, openPage } from '../support/wall.ts'

const cameras = Array.from({ length: 13 }, (_, at) => `cam-${at}`)
/** One turn, the pictures that come before it, and a machine that is slow. */
const turnMs = 60_000

const publishers = new Map<string, Publisher>()
let loop: Loop
let relay: Relay
let browser: Browser
let page: Page
const complaints: string[] = []
let sockets = 0

async function switchOn(camera: string, port = 0): Promise<void> {
  const films = [{ id: camera, words: camera, loop: () => loop }]
  publishers.set(camera, await startPublisher({ cameras: films, port }))
}

function publisherOf(camera: string): Publisher {
  const publisher = publishers.get(camera)
  if (publisher === undefined) throw new Error(`${camera} is off`)
  return publisher
}

const attributes = (testid: string, name: string) =>
  page
    .getByTestId(testid)
    .evaluateAll((all, key) => all.map((each) => each.getAttribute(key) ?? ''), name)
/** The programme's camera first; none stands for an empty tile. */
const shown = () => attributes('tile', 'data-source')
const next = async () => (await attributes('patrol-next', 'data-source'))[0] ?? ''
const site = (camera: string) => page.locator(`button[data-testid=site][data-source=${camera}]`)
const tone = (camera: string) => site(camera).first().getAttribute('data-tone')

beforeAll(async () => {
  loop = await drawForTest(stripes)
  for (const camera of cameras) await switchOn(camera)
  relay = await startRelay()
  writeStreams(
    relay.dataDir,
    cameras.map((id) => ({ id, kind: 'http-flv', url: publisherOf(id).url(id) })),
  )
  const answer = await relay.post(liveSites(cameras))
  expect(answer.status, await answer.clone().text()).toBe(202)
  browser = await openBrowser()
  page = await openPage(browser, [1280, 720], complaints)
  page.on('websocket', (socket) => {
    if (socket.url().includes('/v1/video?')) sockets += 1
  })
  await page.goto(`${relay.url}/?rotation=off#/video`)
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
  for (const publisher of publishers.values()) await publisher.stop()
})

describe('the patrol of live sites', () => {
  it(
    'fills nine tiles over one connection, names the next site, and brings it up in its turn',
    async () => {
      await until(
        'nine live tiles',
        async () =>
          (await attributes('tile', 'data-state')).filter((state) => state === 'live').length === 9,
        turnMs,
      )
      const before = await shown()
      expect(new Set(before).size).toBe(9)
      const named = await next()
      expect(cameras).toContain(named)
      expect(before).not.toContain(named)
      await until('the named site', async () => (await shown()).includes(named), turnMs)
      const after = await shown()
      expect(new Set(after).size).toBe(9)
      expect(after).not.toEqual(before)
      expect(sockets).toBe(1)
    },
    2 * turnMs,
  )

  it(
    'leaves out a camera that is gone, says when it is tried again, and has it back by itself',
    async () => {
      const gone = (await shown()).at(-1) ?? ''
      const { port } = publisherOf(gone)
      await publisherOf(gone).stop()
      await until('the lost site', async () => (await tone(gone)) === 'ill', turnMs)
      await until('its tile to be another’s', async () => !(await shown()).includes(gone), turnMs)
      const row = page.locator(`[data-testid=site-row][data-source=${gone}]`)
      expect(await row.textContent()).toMatch(/重试/)
      await switchOn(gone, port)
      await until('its return', async () => (await tone(gone)) !== 'ill', 2 * turnMs)
    },
    4 * turnMs,
  )

  it(
    'keeps what a person chose in the large window while the others go on, until Escape',
    async () => {
      const before = await shown()
      const chosen = cameras.find((camera) => !before.includes(camera)) ?? ''
      await site(chosen).first().focus()
      await page.keyboard.press('Enter')
      await until('the chosen site', async () => (await shown())[0] === chosen)
      const others = (await shown()).slice(1).join()
      await until(
        'another tile to turn',
        async () => (await shown()).slice(1).join() !== others,
        turnMs,
      )
      expect((await shown())[0]).toBe(chosen)
      expect(await page.getByTestId('patrol').textContent()).toContain('已定看')
      await page.keyboard.press('Escape')
      await page
        .getByTestId('patrol')
        .getByText(/^主画面 · /)
        .waitFor()
      await until('the next programme', async () => (await shown())[0] !== chosen, turnMs)
    },
    4 * turnMs,
  )

  it('opens the card of the branch whose name is pressed, and nothing is pinned by that', async () => {
    await page
      .locator('.patrol-tile:not(.patrol-programme)')
      .first()
      .getByTestId('branch-opener')
      .click()
    await page.getByTestId('branch-card').waitFor()
    await page.keyboard.press('Escape')
    await page.getByTestId('branch-card').waitFor({ state: 'detached' })
    expect(await page.getByTestId('patrol').textContent()).not.toContain('已定看')
  })

  it('has no console errors', () => expect(complaints).toEqual([]))
})
