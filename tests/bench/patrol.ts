/** A patrol of two hundred cameras on a wall: whether each of them was on, and what relay, programs and browser hold meanwhile. */
import type { Page } from 'playwright-core'
import { cloudEvent } from '../support/events.ts'
import { until } from '../support/relay.ts'
import { writeStreams } from '../support/streams.ts'
import { openBrowser } from './browser.ts'
import { startCounty } from './load.ts'
import { count, median, type Bench, type BenchRow, type Part } from './measure.ts'
import { childrenOf, memoryOfAll, processesOf } from './programs.ts'
import { drawHall, publish } from './sources.ts'

const cameras = 200
const tiles = 9
/** Every site has so long in its tile. */
const turnMs = 15_000
const lookMs = 500
/** What went live just now would lead, and stay. */
const upMs = 30 * 60_000
/** As `streams.yaml` has it where it is not told. */
const programsMost = 32
const growthMost = 1.3

interface Held {
  readonly relayMb: number
  readonly browserMb: number
  readonly programs: number
  readonly live: number
}

const liveSources = (page: Page): Promise<readonly string[]> =>
  page
    .locator('[data-testid=tile][data-state=live]')
    .evaluateAll((all) => all.map((each) => each.getAttribute('data-source') ?? ''))

export const benchPatrol: Part = async (bench) => {
  bench.say('a county and its cameras')
  const relay = await startCounty(bench)
  const pid = relay.process.pid ?? 0
  const ids = Array.from({ length: cameras }, (_, at) => `cam-${at + 1}`)
  const publisher = await publish(bench, { loop: await drawHall(), ids })
  writeStreams(
    relay.dataDir,
    ids.map((id) => ({ id, kind: 'http-flv', url: publisher.url(id) })),
  )
  const time = new Date(Date.now() - upMs).toISOString()
  const answer = await relay.post([
    cloudEvent('source.reported', 'xintian', { feed: 'video', cadenceSeconds: 3_600 }),
    ...ids.map((stream, at) =>
      cloudEvent(
        'stream.up',
        relay.branches[at] ?? '',
        { stream, title: '党群服务中心' },
        { time },
      ),
    ),
  ])
  if (answer.status !== 202) throw new Error(`the cameras were answered ${answer.status}`)
  const browser = await openBrowser(bench)
  const processes = await processesOf(browser)
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(`${relay.url}/?rotation=off&night=off#/video`)
  await until('a live tile', async () => (await liveSources(page)).length > 0, 60_000)

  const seen = new Map<string, number>()
  const held: Held[] = []
  const from = performance.now()
  const passedMs = () => performance.now() - from
  const forMs = bench.minutes * 60_000
  let said = 0
  while (passedMs() < forMs) {
    const live = await liveSources(page)
    for (const id of live) if (!seen.has(id)) seen.set(id, passedMs())
    held.push({
      relayMb: memoryOfAll(pid),
      browserMb: await processes.memory(),
      programs: childrenOf(pid).length,
      live: live.length,
    })
    const minutes = Math.floor(passedMs() / 60_000)
    if (minutes > said) {
      said = minutes
      bench.say(`${minutes} of ${bench.minutes} min: ${seen.size} of ${cameras} cameras were on`)
    }
    await new Promise((resume) => setTimeout(resume, lookMs))
  }
  return rowsOf(bench, seen, held)
}

function rowsOf(
  { minutes }: Bench,
  seen: ReadonlyMap<string, number>,
  held: readonly Held[],
): readonly BenchRow[] {
  const turns = Math.floor((minutes * 60_000) / turnMs)
  const due = Math.min(cameras, tiles * turns)
  const lastMs = Math.max(...seen.values())
  // The first fifth is for what is loaded once; then two equal parts, and the medians of both.
  const fifth = Math.floor(held.length / 5)
  const [first, last] = [held.slice(fifth, 2 * fifth), held.slice(-fifth)]
  const growth = (name: string, of: (held: Held) => number): BenchRow => {
    const [before, after] = [median(first.map(of)), median(last.map(of))]
    return {
      name,
      value: `${count(before)} MB, then ${count(after)} MB`,
      limit: `${growthMost} times as much`,
      ratio: after / before / growthMost,
      target: { atMost: 1 },
    }
  }
  const programs = held.map((each) => each.programs)
  return [
    {
      name: `patrol of ${cameras} cameras for ${minutes} min, ${tiles} at once: were on, live`,
      value: `${seen.size}, the last of them after ${(lastMs / 60_000).toFixed(1)} min`,
      limit: `as many as have a turn: ${due}`,
      ratio: seen.size / due,
      target: { atLeast: 1 },
    },
    {
      name: '… tiles live at any moment',
      value: `median ${median(held.map(({ live }) => live))}, mean ${(held.reduce((sum, { live }) => sum + live, 0) / held.length).toFixed(1)}`,
      limit: `${tiles}`,
      ratio: median(held.map(({ live }) => live)) / tiles,
    },
    {
      name: '… programs at once',
      value: `median ${median(programs)}, most ${Math.max(...programs)}`,
      limit: `allowed: ${programsMost}`,
      ratio: Math.max(...programs) / programsMost,
      target: { atMost: 1 },
    },
    growth('… memory of the relay and its programs', ({ relayMb }) => relayMb),
    growth('… memory of the browser', ({ browserMb }) => browserMb),
  ]
}
