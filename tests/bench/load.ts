/** 5,000 durable events a second with 1,000 displays: the relay's share of a core, and commit to display. */
import { branchA, branchB, branchC, cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay } from '../support/relay.ts'
import { openClients } from './clients.ts'
import { atMost, cpuSeconds, percentile, type BenchRow } from './measure.ts'

const displays = 1_000
const perSecond = 5_000
const batch = 500
const seconds = 12
/** One tick of the relay plus 25 ms. */
const latencyMs = 125

export async function benchLoad(): Promise<readonly BenchRow[]> {
  const relay = await startRelay()
  await relay.post(smallCounty())
  const answered = new Map<number, number>()
  const delays: number[] = []
  const screens = await openClients({
    url: relay.url,
    count: displays,
    isRelay: true,
    onFirst: (text) => {
      const version = Number(/"version":(\d+)/.exec(text)?.[1])
      for (const [ordinal, at] of answered) {
        if (ordinal > version) continue
        delays.push(performance.now() - at)
        answered.delete(ordinal)
      }
    },
  })
  const subjects = [branchA, branchB, branchC]
  const pid = relay.process.pid ?? 0
  const before = cpuSeconds(pid)
  const startedAt = performance.now()
  let sent = 0
  while (performance.now() - startedAt < seconds * 1000) {
    const due = ((performance.now() - startedAt) / 1000) * perSecond
    if (sent >= due) {
      await new Promise((resume) => setTimeout(resume, 5))
      continue
    }
    const body = Array.from({ length: batch }, (_, index) =>
      cloudEvent('points.awarded', subjects[index % subjects.length] ?? branchA, {
        points: 1,
        reason: 'quiz',
      }),
    )
    sent += batch
    const response = await relay.post(body)
    const { items } = (await response.json()) as { items: readonly { ordinal?: number }[] }
    const last = items.at(-1)?.ordinal
    if (last !== undefined) answered.set(last, performance.now())
  }
  const elapsed = (performance.now() - startedAt) / 1000
  const share = (cpuSeconds(pid) - before) / elapsed
  screens.close()
  await relay.end()
  removeDataDir(relay.dataDir)
  const p99 = percentile(delays, 0.99)
  return [
    atMost(
      `${Math.round(sent / elapsed).toLocaleString('en')} events/s and ${displays.toLocaleString('en')} displays, share of a core`,
      'one core',
      `${(share * 100).toFixed(0)} %`,
      share,
      0.25,
    ),
    atMost(
      'answer to display, p99',
      'one tick + 25 ms',
      `p50 ${percentile(delays, 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
      p99 / latencyMs,
      1,
    ),
  ]
}
