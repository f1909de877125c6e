/** One command: nine platforms at once against one relay, at many times the pace, and every figure counted a second time. */
import { setTimeout as wait } from 'node:timers/promises'
import { keyFrom } from '../../mock-feeds/send.ts'
import type { MockPlatform } from '../../mock-feeds/platform.ts'
import { platforms } from '../../mock-feeds/registry.ts'
import { covers } from '../../protocol/division.ts'
import { toInstant } from '../../protocol/time.ts'
import { makeDataDir, removeDataDir } from '../support/relay.ts'
import { monotonicMs, readClock, type Pace } from './clock.ts'
import { createFeed, type Feed } from './feed.ts'
import { createJudge, type Tally } from './judge.ts'
import { checkpoints, help, readPlan, troubles, type Plan } from './plan.ts'
import { forgetStates, startSoakRelay, type SoakRelay } from './relay-process.ts'
import { openScreen, type Screen, type Sight } from './screens.ts'
import { createTold } from './told.ts'

const tickMs = 500
const progressMs = 15_000
const watched: readonly (readonly [scope: string, sight: Sight])[] = [
  ['431128', 'wall'],
  ['431128', 'public'],
  ['511403', 'wall'],
  ['330824', 'wall'],
  ['610422', 'wall'],
  ['340104', 'wall'],
  ['511600', 'wall'],
  ['630100', 'wall'],
  ['530102', 'wall'],
  ['530000', 'wall'],
  ['530000', 'public'],
  ['350000', 'wall'],
]

const watchedOf = (chosen: readonly MockPlatform[]) =>
  watched.filter(([scope]) =>
    chosen.some(({ divisions }) => divisions.some((division) => covers(division, scope))),
  )

const sumOf = (screens: readonly Screen[], what: 'snapshots' | 'losses'): number =>
  screens.reduce((sum, screen) => sum + screen[what](), 0)
const shown = (number: number): string => Math.round(number).toLocaleString('en')
const stamp = (): string => new Date().toISOString().slice(11, 19)
const say = (line: string): void => console.log(`${stamp()} ${line}`)

/** `ending` cuts life short, with all checks; `signal` ends at once. */
async function soak(plan: Plan, ending: AbortSignal, signal: AbortSignal): Promise<Tally> {
  const { beginMs, endMs, speed } = plan
  const dataDir = plan.dataDir ?? makeDataDir()
  let pace: Pace = { atMs: beginMs, sinceMs: monotonicMs(), speed, untilMs: beginMs }
  const now = (): number => readClock(pace)
  say(`life from ${toInstant(beginMs)} to ${toInstant(endMs)} at ${speed}×; data in ${dataDir}`)
  const relay = await startSoakRelay(dataDir, pace)
  const told = createTold()
  const chosen = platforms.filter(({ platform }) => plan.platforms.includes(platform))
  const feeds = chosen.map((platform) =>
    createFeed({
      platform,
      url: relay.url,
      key: () => keyFrom(dataDir, platform.platform, now()) ?? '',
      now,
      seed: plan.seed,
      beginMs,
      faults: troubles[platform.platform] ?? [],
      lossShare: plan.losing === platform.platform ? 0.01 : 0,
      tell: told.add,
      onTrouble: console.log,
      signal,
    }),
  )
  try {
    const fillMs = monotonicMs()
    await Promise.all(
      feeds.map(async (feed) => {
        await feed.tellPast()
        say(`${feed.platform.platform}: ${shown(feed.counts.told)} past events told`)
      }),
    )
    const past = told.count()
    const seconds = (monotonicMs() - fillMs) / 1_000
    say(
      `past: ${shown(past)} events in ${shown(seconds)} s, ${shown(past / seconds)} a second; relay ${relay.rssMb()} MB`,
    )
    const screens = await Promise.all(
      watchedOf(chosen).map(([scope, sight]) => openScreen(relay.url, scope, sight)),
    )
    const judge = createJudge(relay, told, screens)
    await inspect(judge, relay, beginMs)

    let liveMs = 0
    let heldMs = 0
    const isOver = (): boolean => now() >= pace.untilMs
    const cut = (): void => {
      // A little ahead, so that the relay hears of it before its clock is there.
      const untilMs = Math.ceil(now() / 1_000 + 2 * speed) * 1_000
      pace = { ...pace, untilMs: Math.min(pace.untilMs, untilMs) }
      void relay.setPace(pace)
    }
    ending.addEventListener('abort', cut)
    for (const nextMs of checkpoints(plan)) {
      if (ending.aborted) break
      const leftMs = monotonicMs()
      pace = { atMs: now(), sinceMs: leftMs, speed, untilMs: nextMs }
      await relay.setPace(pace)
      await Promise.all([
        ...feeds.map((feed) => live(feed, isOver)),
        progress(feeds, judge.tally, relay, now, isOver),
      ])
      liveMs += monotonicMs() - leftMs
      for (const feed of feeds) await feed.report()
      const checkMs = monotonicMs()
      await inspect(judge, relay, now())
      heldMs += monotonicMs() - checkMs
    }
    const achieved = (now() - beginMs) / liveMs
    say(
      `live: ${(liveMs / 60_000).toFixed(1)} min at ${achieved.toFixed(1)}×, ${shown(told.count() - past)} events; the clock stood ${shown(heldMs / 1_000)} s for checks`,
    )
    say(
      `${screens.length} screens took ${sumOf(screens, 'snapshots')} snapshots and lost their lines ${sumOf(screens, 'losses')} times`,
    )
    for (const screen of screens) screen.close()
    await relay.end()

    const replayMs = monotonicMs()
    const forgotten = forgetStates(dataDir)
    const again = await startSoakRelay(dataDir, pace)
    say(`replay without ${forgotten} saved states: ${shown((monotonicMs() - replayMs) / 1_000)} s`)
    await judge.checkReplay(again)
    await again.end()
    report(feeds, judge.tally)
    return judge.tally
  } finally {
    await relay.end()
    if (plan.dataDir === undefined) removeDataDir(dataDir)
  }
}

async function inspect(
  judge: ReturnType<typeof createJudge>,
  relay: SoakRelay,
  atMs: number,
): Promise<void> {
  const before = judge.tally.wrong.length
  const begunMs = monotonicMs()
  await judge.check(atMs)
  const { counted, past, screens, wrong } = judge.tally
  say(
    `checked at ${toInstant(atMs)} in ${((monotonicMs() - begunMs) / 1_000).toFixed(1)} s: ${shown(counted)} figures counted, ${shown(past)} of the past, ${screens} screens; wrong ${wrong.length}; relay ${relay.rssMb()} MB`,
  )
  for (const sentence of wrong.slice(before, before + 40)) say(`  WRONG ${sentence}`)
}

/** Until the clock stands and everything is told. */
async function live(feed: Feed, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await feed.tellUpToNow()
    await wait(tickMs)
  }
  await feed.tellUpToNow()
}

async function progress(
  feeds: readonly Feed[],
  tally: Tally,
  relay: SoakRelay,
  now: () => number,
  isOver: () => boolean,
): Promise<void> {
  const total = () => feeds.reduce((sum, feed) => sum + feed.counts.told, 0)
  let [before, sinceMs] = [total(), monotonicMs()]
  while (!isOver()) {
    await wait(Math.min(tickMs, progressMs))
    if (monotonicMs() - sinceMs < progressMs) continue
    const rate = ((total() - before) / (monotonicMs() - sinceMs)) * 1_000
    say(
      `${toInstant(now()).slice(0, 16)} ${shown(total())} events told, ${rate.toFixed(1)} a second, ${shown(tally.counted + tally.past)} checks, wrong ${tally.wrong.length}, relay ${relay.rssMb()} MB`,
    )
    ;[before, sinceMs] = [total(), monotonicMs()]
  }
}

function report(feeds: readonly Feed[], tally: Tally): void {
  console.log('\n| platform | troubles | told | accepted | duplicate | refused |')
  console.log('|---|---|---:|---:|---:|---:|')
  for (const { platform, faults, counts } of feeds) {
    const cells = [counts.told, counts.accepted, counts.duplicate, counts.refused].map(shown)
    console.log(`| ${platform.platform} | ${faults.join(', ') || 'none'} | ${cells.join(' | ')} |`)
  }
  const { counted, past, screens, replayed, wrong } = tally
  console.log(
    `\nFigures counted anew ${shown(counted)}, of the past ${shown(past)}, after a replay ${shown(replayed)}; boards of screens ${screens}; wrong ${wrong.length}\n`,
  )
}

async function main(): Promise<void> {
  let plan: Plan | undefined
  try {
    plan = readPlan(process.argv.slice(2), Date.now())
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : String(error)} See npm run soak -- --help.`,
    )
    process.exitCode = 2
    return
  }
  if (plan === undefined) {
    process.stdout.write(help)
    return
  }
  const [ending, stopping] = [new AbortController(), new AbortController()]
  process.on('SIGINT', () => {
    if (ending.signal.aborted) stopping.abort()
    else say('ending early, with all checks; Ctrl+C again ends at once')
    ending.abort()
  })
  process.once('SIGTERM', () => stopping.abort())
  const { wrong } = await soak(plan, ending.signal, stopping.signal)
  process.exitCode = wrong.length === 0 ? 0 : 1
}

await main()
