/** 一点调度: from a branch's card to its camera's picture, and from there to the wall; and what a page holds after a thousand pictures. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPublisher, type Publisher } from '../../mock-feeds/footage/publisher.ts'
import { drawForTest, stripes } from '../cameras/loops.ts'
import { branchA, branchB, branchC, cloudEvent, smallCounty } from '../support/events.ts'
import { makeLoop } from '../support/loop.ts'
import { until } from '../support/relay.ts'
import { share } from '../support/share.ts'
import { writeStreams } from '../support/streams.ts'
import { openPage } from '../support/wall.ts'

const cameras = Array.from({ length: 6 }, (_, at) => `cam-${at}`)
const branches = [branchA, branchB, branchC] as const
/** Registered, and no platform tells that anything goes on there. */
const quiet = 'cam-quiet'
const dir = mkdtempSync(join(tmpdir(), 'flagwall-dispatch-'))
const shared = share()
const complaints: string[] = []
let page: Page
let publisher: Publisher

const tile = (camera: string) => page.locator(`[data-testid=tile][data-source=${camera}]`)
const programme = () => page.locator('.patrol-programme [data-testid=tile]')
const isProgramme = (camera: string) =>
  until(`${camera} in the large window`, async () => {
    const large = programme()
    return (await large.count()) === 1 && (await large.getAttribute('data-source')) === camera
  })
const audited = () =>
  readdirSync(join(shared.relay.dataDir, 'audit'))
    .map((file) => readFileSync(join(shared.relay.dataDir, 'audit', file), 'utf8'))
    .join('')

beforeAll(async () => {
  const { relay, browser } = shared
  const loop = join(dir, 'loop.mp4')
  makeLoop(loop)
  const film = await drawForTest(stripes)
  const films = ['large', 'small'].map((id) => ({ id, words: id, loop: () => film }))
  publisher = await startPublisher({ cameras: films, port: 0 })
  const organization = (at: number) => branches[at % 2] ?? branchA
  writeStreams(
    relay.dataDir,
    [
      ...cameras.map((id, at) => ({ id, organization: organization(at), kind: 'file', url: loop })),
      {
        id: quiet,
        organization: branchC,
        kind: 'http-flv',
        url: publisher.url('large'),
        sub: publisher.url('small'),
      },
    ],
    { look: { minutes: 0 } },
  )
  const answer = await relay.post([
    ...smallCounty('谈文溪村党支部'),
    cloudEvent('source.reported', 'xintian', { feed: 'video', cadenceSeconds: 3600 }),
    ...cameras.map((stream, at) =>
      cloudEvent('stream.up', organization(at), { stream, title: '党群服务中心' }),
    ),
  ])
  expect(answer.status, await answer.clone().text()).toBe(202)
  page = await openPage(browser, [1280, 720], complaints)
  await page.goto(`${relay.url}/?rotation=off#/ranking`)
  await page.getByTestId('wall').waitFor()
})
afterAll(async () => {
  await publisher?.stop()
  rmSync(dir, { recursive: true, force: true })
})

describe('a branch that somebody wants to see', () => {
  it('is live on its card in one step, also where no platform told of a stream', async () => {
    await page.setViewportSize({ width: 3840, height: 2160 })
    const since = Date.now()
    await page.evaluate((id) => (location.hash = `#/branch/${id}`), branchC)
    await tile(quiet).and(page.locator('[data-state=live]')).waitFor()
    // It is wanted, and large enough to be seen.
    const video = tile(quiet).locator('video')
    expect(await video.getAttribute('data-picture')).toBe(`${quiet}@main`)
    console.info(`card opened to live picture: ${Date.now() - since} ms`)
  })

  it('is there with its small picture where the large one does not come', async () => {
    publisher.hold('large')
    await page.locator(`video[data-picture="${quiet}"]`).waitFor()
    await tile(quiet).and(page.locator('[data-state=live]')).waitFor()
    publisher.resume('large')
    await page.setViewportSize({ width: 1280, height: 720 })
  })

  it('comes to the wall’s large window from there, and the act is recorded', async () => {
    await page.getByTestId('card-pin').click()
    await page.getByTestId('branch-card').waitFor({ state: 'detached' })
    await isProgramme(quiet)
    expect(await page.getByTestId('patrol').textContent()).toContain('主画面已上墙')
    await until('the record', () => audited().includes('stream.pinned'))
    expect(audited()).toMatch(/cam-quiet to 431128\/solo-[0-9a-f]+ at the wall/)
  })

  it('is let go by Escape, and what an operator pins comes in its place', async () => {
    await page.keyboard.press('Escape')
    await until('the record', () => audited().includes('stream.let-go'))
    await page
      .getByTestId('patrol')
      .getByText(/^主画面 · /)
      .waitFor()
    await page.evaluate(() => (location.hash = '#/ranking'))
    const token = readFileSync(join(shared.relay.dataDir, 'operator.token'), 'utf8').trim()
    const answer = await fetch(`${shared.relay.url}/v1/console/pins`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ target: '431128', camera: 'cam-1', by: '王书记', minutes: 5 }),
    })
    expect(answer.status, await answer.clone().text()).toBe(200)
    await isProgramme('cam-1')
    expect(await page.getByTestId('why').textContent()).toBe('画面被指定上墙')
    await page.evaluate(() => (location.hash = '#/overview'))
    await page.locator('.tile-programme[data-source=cam-1][data-state=live]').waitFor()
  })
})

interface Held {
  readonly sockets: number
  readonly decoders: number
  readonly buffers: number
  readonly videos: number
  readonly nodes: number
  readonly listeners: number
  readonly heapMb: number
}

async function instances(session: CDPSession, name: string): Promise<number> {
  const { result } = await session.send('Runtime.evaluate', { expression: `${name}.prototype` })
  const { objects } = await session.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId ?? '',
  })
  const { result: count } = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration: 'function () { return this.length }',
    returnByValue: true,
  })
  await session.send('Runtime.releaseObject', { objectId: objects.objectId ?? '' })
  return Number(count.value)
}

async function heldBy(session: CDPSession): Promise<Held> {
  for (let times = 0; times < 3; times += 1) await session.send('HeapProfiler.collectGarbage')
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return {
    sockets: await instances(session, 'WebSocket'),
    decoders: await instances(session, 'MediaSource'),
    buffers: await instances(session, 'SourceBuffer'),
    videos: await instances(session, 'HTMLVideoElement'),
    nodes,
    listeners: jsEventListeners,
    heapMb: usedSize / 1e6,
  }
}

/** Presses the squares of the sites by turns, each of which changes the pictures of two tiles; returns how many presses there was time for. */
async function swap(most: number, forMs: number): Promise<number> {
  return await page.evaluate(
    async ([times, ms]) => {
      const until = performance.now() + ms
      let press = 0
      for (; press < times && performance.now() < until; press += 1) {
        const cells = [...document.querySelectorAll<HTMLElement>('button[data-testid=site]')]
        cells[press % cells.length]?.click()
        await new Promise((resolve) => setTimeout(resolve))
      }
      return press
    },
    [most, forMs] as const,
  )
}

it('holds after a thousand changes of pictures what it held before', async () => {
  await page.evaluate(() => (location.hash = '#/video'))
  const session = await page.context().newCDPSession(page)
  const allLive = () =>
    until('all tiles to be live', async () => {
      const states = await page
        .getByTestId('tile')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-state')))
      return states.filter((state) => state === 'live').length >= cameras.length
    })
  await allLive()
  await swap(20, 5_000)
  await allLive()
  const before = await heldBy(session)
  const since = Date.now()
  const presses = await swap(500, 20_000)
  const tookMs = Date.now() - since
  await allLive()
  const after = await heldBy(session)
  console.info(`${2 * presses} changes in ${tookMs} ms`, { before, after })
  expect(presses).toBeGreaterThan(20)
  for (const what of ['sockets', 'decoders', 'buffers', 'videos'] as const)
    expect(after[what], what).toBeLessThanOrEqual(before[what] + 1)
  expect(after.nodes).toBeLessThan(before.nodes + 200)
  expect(after.listeners).toBeLessThan(before.listeners + 40)
  expect(after.heapMb).toBeLessThan(before.heapMb + 5)
}, 120_000)

it('has no console errors', () => expect(complaints).toEqual([]))
