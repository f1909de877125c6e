/** A wall that hangs for days, in minutes: hours of its county at sixty times the pace, scene after scene, and what its page still holds afterwards. */
import type { CDPSession, Page } from 'playwright-core'
import { startPublisher } from '../../mock-feeds/footage/publisher.ts'
import { hall } from '../../mock-feeds/footage/scenes/hall.ts'
import { drawForTest } from '../cameras/loops.ts'
import { monotonicMs } from '../soak/clock.ts'
import { startFastCounty } from '../soak/fast-county.ts'
import { readPlan } from '../soak/plan.ts'
import { until } from '../support/relay.ts'
import { writeStreams } from '../support/streams.ts'
import { openBrowser } from './browser.ts'
import { count, type Bench, type Part } from './measure.ts'

const minutes = 2
/** How long each scene stays. */
const sceneMs = 2_500
const mostGrowth = 50
const cameras = ['xintian-1', 'xintian-2', 'xintian-3', 'xintian-4'] as const

/** What a page holds once its garbage is collected. */
interface Holdings {
  readonly heapMb: number
  readonly nodes: number
  readonly listeners: number
  readonly sockets: number
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
  // What the first collection sets free may have held something that the second one finds.
  for (let time = 0; time < 2; time += 1) await session.send('HeapProfiler.collectGarbage')
  const sockets = await instances(session, 'WebSocket')
  const decoders = await instances(session, 'MediaSource')
  const { metrics } = await session.send('Performance.getMetrics')
  const metric = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN
  return {
    heapMb: metric('JSHeapUsedSize') / 1e6,
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    sockets,
    decoders,
  }
}

async function switchOnCameras(bench: Bench, dataDir: string): Promise<void> {
  const loop = await drawForTest(hall)
  const publisher = await startPublisher({
    cameras: cameras.map((id) => ({ id, words: id, loop: () => loop })),
    port: 0,
  })
  bench.atEnd(() => publisher.stop())
  writeStreams(
    dataDir,
    cameras.map((id) => ({ id, kind: 'http-flv', url: publisher.url(id) })),
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
  const plan = readPlan(['--minutes', String(minutes + 2), '--platform', 'xintian'], Date.now())
  if (plan === undefined) throw new Error('there is no plan')
  const { beginMs, endMs, speed } = plan
  bench.say('the county and its past')
  const county = await startFastCounty(beginMs, endMs, speed)
  bench.atEnd(() => county.end())
  await switchOnCameras(bench, county.dataDir)

  const browser = await openBrowser(bench)
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await county.setOff()
  await page.goto(`${county.url}/?rotation=off&night=off`)
  await page.getByTestId('kpi-online').waitFor()
  bench.say('every scene once, so that all is loaded')
  await round(page)
  const [before, told, beganMs] = [await holdingsOf(session), county.told(), county.now()]
  const lifeMs = minutes * 60_000
  bench.say(`${minutes} min at ${speed} times the pace`)
  let scenes = 0
  for (const sinceMs = monotonicMs(); monotonicMs() - sinceMs < lifeMs;) scenes += await round(page)
  const after = await holdingsOf(session)
  const hours = (county.now() - beganMs) / 3_600_000

  const same = (name: string, of: 'listeners' | 'sockets' | 'decoders') => ({
    name: `… ${name}`,
    value: count(after[of]),
    limit: `before: ${count(before[of])}`,
    ratio: after[of] / Math.max(1, before[of]),
    target: { atMost: 1 },
  })
  return [
    {
      name: `page of a wall after ${hours.toFixed(1)} h of its county, ${count(county.told() - told)} events and ${scenes} scenes: heap`,
      value: `${before.heapMb.toFixed(1)} MB, then ${after.heapMb.toFixed(1)} MB`,
      limit: `${mostGrowth} MB more`,
      ratio: (after.heapMb - before.heapMb) / mostGrowth,
      target: { atMost: 1 },
    },
    {
      name: '… nodes',
      value: count(after.nodes),
      limit: `before: ${count(before.nodes)}`,
      ratio: after.nodes / before.nodes,
    },
    same('listeners', 'listeners'),
    same('sockets', 'sockets'),
    same('decoders', 'decoders'),
  ]
}
