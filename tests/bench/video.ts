/** Live video from camera to glass: what it costs a relay and a browser, how soon it is there, how old it is, and how soon it is back. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { readBars } from '../../mock-feeds/footage/bars.ts'
import { makeLoop } from '../support/loop.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { writeStreams } from '../support/streams.ts'
import { openBrowser } from './browser.ts'
import { count, median, percentile, type Bench, type BenchRow, type Part } from './measure.ts'
import { childrenOf, processesOf } from './programs.ts'
import { drawHall, publish, writeFilm } from './sources.ts'
import type { VideoPage } from './video-page.ts'
import { measureServer } from './video-server.ts'

const tileCounts = [1, 4, 9, 12, 16] as const
const settleMs = 1_500
const countMs = 10_000
const agesMs = 3_000
const filmSeconds = 60
const starts = 12
const deadMs = 5_000
const deaths = 3
/** Sources of which the relay's cost is measured. */
const served = 8
/** What of it is held against a limit: the tiles of a wall. */
const wall = 9
const limits = { dropped: 0.02, ageMs: 2_000, startMs: 2_000, backMs: 5_000 } as const

const ids = Array.from({ length: Math.max(...tileCounts) }, (_, at) => `cam-${at + 1}`)
const [first = ''] = ids
const mortal = 'mortal'
const foreign = 'foreign'

const wait = (ms: number) => new Promise((resume) => setTimeout(resume, ms))
const percent = (share: number, digits = 0): string => `${(share * 100).toFixed(digits)} %`
const spread = (samples: readonly number[]): string =>
  `p50 ${count(median(samples))} ms, p95 ${count(percentile(samples, 0.95))} ms`

interface Shown {
  readonly dropped: number
  readonly decoded: number
  /** Of a core. */
  readonly cpu: number
}

/** Of pictures whose bars can be read, ms from their making until they were on the screen. */
async function agesOf(page: Page, forMs: number): Promise<readonly number[]> {
  const sightings = await page.evaluate((ms) => (window as VideoPage).tiles?.see(ms), forMs)
  return (sightings ?? []).flatMap(({ bars, atMs }) => {
    const madeMs = readBars(bars, atMs)
    return madeMs === undefined ? [] : [atMs - madeMs]
  })
}

const show = (page: Page, sources: readonly (string | undefined)[]): Promise<number> =>
  page.evaluate(
    // Undefined does not cross to the page.
    (all) => (window as VideoPage).tiles?.show(all.map((source) => source ?? undefined)) ?? NaN,
    sources.map((source) => source ?? null),
  )

async function look(
  page: Page,
  browser: Browser,
  sources: readonly (string | undefined)[],
): Promise<Shown> {
  const processes = await processesOf(browser)
  await show(page, sources)
  await wait(settleMs)
  const [before, from] = [await processes.cpu(), performance.now()]
  const counted = await page.evaluate((ms) => (window as VideoPage).tiles?.count(ms), countMs)
  const cpu = ((await processes.cpu()) - before) / ((performance.now() - from) / 1000)
  if (counted === undefined) throw new Error('the page has no tiles')
  return { ...counted, cpu }
}

async function lookAtAll(bench: Bench, page: Page, browser: Browser): Promise<void> {
  for (const tiles of tileCounts) {
    bench.say(`${tiles} tiles`)
    const sources = ids.slice(0, tiles)
    const bare = await look(
      page,
      browser,
      sources.map(() => undefined),
    )
    const ours = await look(page, browser, sources)
    const ages = await agesOf(page, agesMs)
    const share = (shown: Shown) => shown.dropped / Math.max(1, shown.decoded)
    const isHeld = tiles === wall
    bench.add({
      name: `${tiles} live tiles of 640×360×15, browser's CPU`,
      value: `${percent(ours.cpu)} of a core`,
      limit: `as many bare <video> of a film: ${percent(bare.cpu)}`,
      ratio: ours.cpu / bare.cpu,
    })
    const fps = (ours.decoded - ours.dropped) / tiles / (countMs / 1000)
    bench.add({
      name: '… frames dropped',
      value: `${percent(share(ours), 1)} of ${count(ours.decoded)}, ${fps.toFixed(1)} a second in each`,
      limit: `${percent(limits.dropped)}; bare: ${percent(share(bare), 1)}`,
      ratio: share(ours) / limits.dropped,
      ...(isHeld && { target: { atMost: 1 } }),
    })
    bench.add({
      name: '… from a picture’s making to the glass, by the time that is in it',
      value: spread(ages),
      limit: '2 s',
      ratio: percentile(ages, 0.95) / limits.ageMs,
      ...(isHeld && { target: { atMost: 1 } }),
    })
  }
}

/** From asking for a picture until it is there: of a camera that nobody watched, of one that somebody does, of a film. */
async function startAll(bench: Bench, page: Page): Promise<readonly BenchRow[]> {
  bench.say(`${starts} first pictures of each kind`)
  const clear = () => page.evaluate(() => (window as VideoPage).tiles?.clear())
  const times = { film: [] as number[], cold: [] as number[], warm: [] as number[] }
  await clear()
  for (let number = 0; number < starts; number += 1) {
    times.film.push(await show(page, [undefined]))
    // Whose program has ended since the last look.
    const cold = ids[number] ?? first
    times.cold.push(await show(page, [cold]))
    await clear()
    times.warm.push(await show(page, [cold]))
    await clear()
  }
  const row = (name: string, samples: readonly number[], isHeld: boolean): BenchRow => ({
    name,
    value: spread(samples),
    limit: `a bare <video> of a film: ${spread(times.film)}`,
    ratio: percentile(samples, 0.95) / percentile(times.film, 0.95),
    ...(isHeld && {
      target: { atMost: Number((limits.startMs / percentile(times.film, 0.95)).toFixed(1)) },
    }),
  })
  return [
    row('first picture of a camera that the relay has to fetch first', times.cold, true),
    row('… of one that it has', times.warm, false),
  ]
}

/** A publisher that is gone for seconds, from its return until a picture of then is on the glass. */
async function dieAndReturn(
  bench: Bench,
  page: Page,
  camera: Mortal,
): Promise<readonly BenchRow[]> {
  const waits: number[] = []
  const ages: number[] = []
  for (let number = 0; number < deaths && bench.leftMs() > 30_000; number += 1) {
    bench.say(`death ${number + 1} of ${deaths}`)
    await show(page, [mortal])
    await wait(settleMs)
    await camera.stop()
    await wait(deadMs)
    await camera.start()
    const from = performance.now()
    const seen = await until(
      'a picture of a publisher that is back',
      async () => {
        const [newest = Infinity] = await agesOf(page, 0)
        return newest < performance.now() - from && performance.now()
      },
      60_000,
    )
    waits.push(seen - from)
    ages.push(...(await agesOf(page, agesMs)))
  }
  return [
    {
      name: `pictures again after a publisher was dead for ${deadMs / 1000} s, from its return on`,
      value: `median ${count(median(waits))} ms, most ${count(Math.max(...waits))} ms of ${waits.length}`,
      limit: '5 s',
      ratio: Math.max(...waits) / limits.backMs,
      target: { atMost: 1 },
    },
    {
      name: '… how old they are from then on',
      value: spread(ages),
      limit: '2 s',
      ratio: percentile(ages, 0.95) / limits.ageMs,
      target: { atMost: 1 },
    },
  ]
}

interface Mortal {
  start(): Promise<unknown>
  stop(): Promise<void>
}

/** The page of tiles, where the wall's would be: a relay lets its own pages alone onto the video socket. */
async function startPage(bench: Bench): Promise<Relay> {
  const outDir = mkdtempSync(join(tmpdir(), 'flagwall-bench-'))
  bench.atEnd(() => rmSync(outDir, { recursive: true, force: true }))
  await build({
    root: join(import.meta.dirname, 'video-page'),
    configFile: false,
    logLevel: 'silent',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome109',
      rolldownOptions: { input: join(import.meta.dirname, 'video-page/wall.html') },
    },
  })
  const relay = await startRelay({ env: { DISPLAY_DIR: outDir } })
  bench.own(relay.process)
  bench.atEnd(() => removeDataDir(relay.dataDir))
  return relay
}

export const benchVideo: Part = async (bench) => {
  bench.say('the page, its cameras and a film')
  const relay = await startPage(bench)
  const loop = await drawHall()
  const publisher = await publish(bench, { loop, ids })
  let own = await publish(bench, { loop, ids: [mortal] })
  const { port } = own
  const h265 = join(relay.dataDir, 'foreign.mp4')
  makeLoop(h265, { codec: 'libx265', picture: 'testsrc=size=640x360:rate=15' })
  writeFilm(loop, join(relay.dataDir, 'media/film.mp4'), filmSeconds)
  const sources = ids.map((id) => ({ id, url: publisher.url(id) }))
  writeStreams(
    relay.dataDir,
    [
      ...sources.map((source) => ({ ...source, kind: 'http-flv' })),
      { id: mortal, kind: 'http-flv', url: own.url(mortal) },
      { id: foreign, kind: 'file', url: h265 },
    ],
    // Looks of the relay itself would be counted with what is measured.
    { look: { minutes: 0 } },
  )
  const costs = await measureServer(bench, relay, sources.slice(0, served), foreign)
  const alone = `ffmpeg -c copy alone: ${percent(costs.alone, 1)}`
  const share = (cpu: number) => ({ limit: alone, ratio: cpu / costs.alone })
  const ofServer: readonly BenchRow[] = [
    {
      name: 'relay and its programs, CPU a source in H.264',
      value: `${percent(costs.source, 1)} of a core`,
      ...share(costs.source),
      ratio: costs.ratio,
    },
    {
      name: '… a source in H.265',
      value: `${percent(costs.transcode, 1)} of a core`,
      ...share(costs.transcode),
    },
    {
      name: '… each further viewer of a source',
      value: `${percent(costs.viewer, 2)} of a core`,
      ...share(costs.viewer),
    },
  ]
  for (const row of ofServer) bench.add(row)

  const browser = await openBrowser(bench)
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(relay.url)
  await page.waitForFunction(() => (window as VideoPage).tiles?.isOpen() === true)
  await until('the programs to end', () => childrenOf(relay.process.pid ?? 0).length === 0, 60_000)
  for (const row of await startAll(bench, page)) bench.add(row)
  await lookAtAll(bench, page, browser)
  const camera: Mortal = {
    stop: () => own.stop(),
    async start() {
      own = await publish(bench, { loop, ids: [mortal], port })
    },
  }
  return dieAndReturn(bench, page, camera)
}
