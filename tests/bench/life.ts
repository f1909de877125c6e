/** A wall that hangs for years, in minutes: a week of its county, scene after scene, and what its page still holds afterwards. */
import type { CDPSession, Page } from 'playwright-core'
import { startPublisher } from '../../mock-feeds/footage/publisher.ts'
import { countyCameras } from '../../mock-feeds/platforms/xintian-cameras.ts'
import { makeCounty } from '../../mock-feeds/platforms/xintian-county.ts'
import { dayMs, localDay } from '../../protocol/time.ts'
import { hall } from '../../mock-feeds/footage/scenes/hall.ts'
import { drawForTest } from '../cameras/loops.ts'
import { monotonicMs } from '../soak/clock.ts'
import { startFastCounty } from '../soak/fast-county.ts'
import { readPlan } from '../soak/plan.ts'
import { until } from '../support/relay.ts'
import { writeStreams } from '../support/streams.ts'
import { openBrowser } from './browser.ts'
import { count, type Bench, type BenchRow, type Part } from './measure.ts'

const minutes = 6
const days = 7
/** How long each scene stays. */
const sceneMs = 2_500
/** What a page may hold more in the end: a feed is longer at times, and a camera may just be changing. */
const most = { heapMb: 50, nodes: 150, listeners: 8, sockets: 1, videos: 1, decoders: 1 }

/** What a page holds once its garbage is collected. */
interface Holdings {
  readonly heapMb: number
  readonly nodes: number
  readonly listeners: number
  readonly sockets: number
  readonly videos: number
  /** A MediaSource feeds one decoder. */
  readonly decoders: number
}

async function instances(session: CDPSession, name: string): Promise<number> {
  const objectGroup = 'life'
  const prototype = await session.send('Runtime.evaluate', {
    expression: `${name}.prototype`,
    objectGroup,
  })
  const { objects } = await session.send('Runtime.queryObjects', {
    prototypeObjectId: prototype.result.objectId ?? '',
    objectGroup,
  })
  const { result } = await session.send('Runtime.callFunctionOn', {
    functionDeclaration: 'function () { return this.length }',
    objectId: objects.objectId ?? '',
    returnByValue: true,
  })
  await session.send('Runtime.releaseObjectGroup', { objectGroup })
  return Number(result.value)
}

async function holdingsOf(session: CDPSession): Promise<Holdings> {
  const sockets = await instances(session, 'WebSocket')
  const videos = await instances(session, 'HTMLVideoElement')
  const decoders = await instances(session, 'MediaSource')
  const found: { readonly nodes: number; readonly listeners: number }[] = []
  // What one collection sets free may have held something that the next one finds.
  for (let time = 0; time < 4; time += 1) {
    // In one go: a wall draws on meanwhile, and each handler that React replaces counts until the next collection.
    const [, { nodes, jsEventListeners: listeners }] = await Promise.all([
      session.send('HeapProfiler.collectGarbage'),
      session.send('Memory.getDOMCounters'),
    ])
    found.push({ nodes, listeners })
  }
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return {
    heapMb: usedSize / 1e6,
    nodes: Math.min(...found.map(({ nodes }) => nodes)),
    listeners: Math.min(...found.map(({ listeners }) => listeners)),
    sockets,
    videos,
    decoders,
  }
}

async function switchOnCameras(bench: Bench, dataDir: string, beginMs: number): Promise<void> {
  const cameras = countyCameras(makeCounty({ asOf: localDay(beginMs) }))
  const loop = await drawForTest(hall)
  const publisher = await startPublisher({
    cameras: cameras.map(({ id, title }) => ({ id, words: title, loop: () => loop })),
    port: 0,
  })
  bench.atEnd(() => publisher.stop())
  writeStreams(
    dataDir,
    cameras.map(({ id, title }) => ({ id, title, kind: 'http-flv', url: publisher.url(id) })),
  )
}

/** Through every scene once, and back to the first. */
async function round(page: Page): Promise<number> {
  const scenes = await page.getByTestId('tab').count()
  for (let at = 0; at < scenes; at += 1) {
    await page.keyboard.press('ArrowRight')
    await new Promise((resume) => setTimeout(resume, sceneMs))
  }
  await page.keyboard.press('Home')
  await until('the overview alone', async () => (await page.locator('[data-layer]').count()) === 1)
  await page.getByTestId('kpi-online').waitFor()
  await new Promise((resume) => setTimeout(resume, sceneMs))
  return scenes
}

export const benchLife: Part = async (bench) => {
  const pace = Math.ceil((days * dayMs) / (minutes * 60_000))
  const plan = readPlan(
    ['--minutes', String(minutes + 2), '--speed', String(pace), '--platform', 'xintian'],
    Date.now(),
  )
  if (plan === undefined) throw new Error('there is no plan')
  const { beginMs, endMs, speed } = plan
  bench.say('the county and its past')
  const county = await startFastCounty(beginMs, endMs, speed)
  bench.atEnd(() => county.end())
  await switchOnCameras(bench, county.dataDir, beginMs)

  const browser = await openBrowser(bench)
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  const session = await page.context().newCDPSession(page)
  await county.setOff()
  await page.goto(`${county.url}/?rotation=off&night=off`)
  await page.getByTestId('kpi-online').waitFor()
  bench.say('every scene twice, so that all is loaded')
  for (let time = 0; time < 2; time += 1) await round(page)
  const [before, told, beganMs] = [await holdingsOf(session), county.told(), county.now()]
  const lifeMs = minutes * 60_000
  bench.say(`${minutes} min at ${speed} times the pace`)
  let scenes = 0
  const held: Holdings[] = []
  for (const sinceMs = monotonicMs(); monotonicMs() - sinceMs < lifeMs;) {
    scenes += await round(page)
    held.push(await holdingsOf(session))
  }
  const last = held.slice(-2)
  const passed = (county.now() - beganMs) / dayMs

  const row = (of: keyof Holdings, name: string, told: (amount: number) => string): BenchRow => {
    // The less of two rounds: what a patrol is just about to let go is no growth.
    const after = Math.min(...last.map((each) => each[of]))
    return {
      name,
      value: `${told(before[of])}, then ${told(after)}`,
      limit: `${told(most[of])} more`,
      ratio: Math.max(0, (after - before[of]) / most[of]),
      target: { atMost: 1 },
    }
  }
  return [
    row(
      'heapMb',
      `page of a wall after ${passed.toFixed(1)} days of its county, ${count(county.told() - told)} events and ${scenes} scenes: heap`,
      (mb) => `${mb.toFixed(1)} MB`,
    ),
    row('nodes', '… nodes', count),
    row('listeners', '… listeners', count),
    row('sockets', '… sockets', count),
    row('videos', '… video elements', count),
    row('decoders', '… decoders', count),
  ]
}
