/** The demo's county on a clock that runs faster than the room's, for what looks at a wall over hours: its relay, and the platform that tells it. */
import { setTimeout as wait } from 'node:timers/promises'
import { createDoor, keyFrom } from '../../mock-feeds/send.ts'
import { xintian } from '../../mock-feeds/platforms/xintian.ts'
import { makeDataDir, removeDataDir } from '../support/relay.ts'
import { monotonicMs, readClock, type Pace } from './clock.ts'
import { createFeed, deliverFast } from './feed.ts'
import { startSoakRelay } from './relay-process.ts'

const tickMs = 500
const batch = 'application/cloudevents-batch+json'

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
  /** Events of the platform beside its story, CloudEvents whose ids are their own. */
  send(events: readonly object[]): Promise<void>
  /** The clock is set forward. */
  leap(byMs: number): Promise<void>
  /** As a machine that loses its power does. */
  killRelay(): Promise<void>
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
  const key = (): string => keyFrom(dataDir, xintian.platform, now()) ?? ''
  const door = createDoor(
    { url: `${url}/v1/platforms/${xintian.platform}/events`, key, now },
    signal,
  )
  let sent = 0
  const feed = createFeed({
    platform: xintian,
    url,
    key,
    now,
    seed: 1,
    beginMs,
    faults: [],
    lossShare: 0,
    tell: () => undefined,
    // Whoever takes the relay away knows why.
    onTrouble: () => undefined,
    signal,
  })
  await feed.tellPast()

  let isUp = true
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
    async send(events) {
      sent += 1
      const body = JSON.stringify(events)
      await deliverFast(door, `beside-${sent}`, batch, body, events.length)
    },
    async leap(byMs) {
      const atMs = now() + byMs
      pace = { ...pace, atMs, sinceMs: monotonicMs(), untilMs: pace.untilMs + byMs }
      if (isUp) await relay.setPace(pace)
    },
    async killRelay() {
      isUp = false
      await relay.end('SIGKILL')
    },
    async resumeRelay() {
      relay = await startSoakRelay(dataDir, pace, Number(new URL(url).port))
      // The clock may have been set while it started.
      await relay.setPace(pace)
      isUp = true
    },
    async end() {
      stopping.abort()
      await telling
      await relay.end()
      removeDataDir(dataDir)
    },
  }
}
