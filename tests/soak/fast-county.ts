/** The demo's county on a clock that runs faster than the room's, for what looks at a wall over hours: its relay, and the platform that tells it. */
import { setTimeout as wait } from 'node:timers/promises'
import { keyFrom } from '../../mock-feeds/send.ts'
import { xintian } from '../../mock-feeds/platforms/xintian.ts'
import { makeDataDir, removeDataDir } from '../support/relay.ts'
import { monotonicMs, readClock, type Pace } from './clock.ts'
import { createFeed } from './feed.ts'
import { startSoakRelay } from './relay-process.ts'

const tickMs = 500

export interface FastCounty {
  readonly url: string
  readonly dataDir: string
  /** The county's clock, ms. It stands until `setOff`. */
  now(): number
  setOff(): Promise<void>
  /** Events told so far. */
  told(): number
  /** The platform says nothing, not even that nothing has happened, until it is let speak again: then it tells all. */
  hush(isSilent: boolean): void
  stopRelay(): Promise<void>
  /** At the same address. */
  resumeRelay(): Promise<void>
  end(): Promise<void>
}

export async function startFastCounty(
  beginMs: number,
  endMs: number,
  speed: number,
): Promise<FastCounty> {
  const dataDir = makeDataDir()
  let pace: Pace = { atMs: beginMs, sinceMs: monotonicMs(), speed, untilMs: beginMs }
  const now = (): number => readClock(pace)
  let relay = await startSoakRelay(dataDir, pace)
  const { url } = relay
  const stopping = new AbortController()
  const { signal } = stopping
  const feed = createFeed({
    platform: xintian,
    url,
    key: () => keyFrom(dataDir, xintian.platform, now()) ?? '',
    now,
    seed: 1,
    beginMs,
    faults: [],
    lossShare: 0,
    tell: () => undefined,
    signal,
  })
  await feed.tellPast()

  let isHushed = false
  async function tell(): Promise<void> {
    while (!signal.aborted) {
      if (!isHushed) await feed.tellUpToNow()
      await wait(tickMs, undefined, { signal })
    }
  }
  let telling: Promise<void> = Promise.resolve()
  return {
    url,
    dataDir,
    now,
    async setOff() {
      pace = { ...pace, sinceMs: monotonicMs(), untilMs: endMs }
      await relay.setPace(pace)
      telling = tell().catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
    },
    told: () => feed.counts.told,
    hush(isSilent) {
      isHushed = isSilent
    },
    stopRelay: () => relay.end(),
    async resumeRelay() {
      relay = await startSoakRelay(dataDir, pace, Number(new URL(url).port))
    },
    async end() {
      stopping.abort()
      await telling
      await relay.end()
      removeDataDir(dataDir)
    },
  }
}
