/** 5,000 durable events a second on a county of 852 organisations with 1,000 displays: the relay's CPU, and commit to display. */
import { countyEvents, makeCounty } from '../../mock-feeds/platforms/xintian-county.ts'
import { localDay } from '../../protocol/time.ts'
import { cloudEvent } from '../support/events.ts'
import { removeDataDir, signer, startRelay, type Relay } from '../support/relay.ts'
import { openClients } from './clients.ts'
import { asCloudEvent } from './history.ts'
import { count, cpuSeconds, percentile, type Bench, type Part } from './measure.ts'
import { openPoster } from './post.ts'

const displays = 1_000
const perSecond = 5_000
const batch = 100
const seconds = 10
const atOnce = 16
/** One tick of the relay plus 25 ms. */
const latencyMs = 125

const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6

/** A relay that knows the demo county. */
export async function startCounty(bench: Bench): Promise<Relay & { readonly branches: string[] }> {
  const relay = await startRelay()
  bench.own(relay.process)
  bench.atEnd(() => removeDataDir(relay.dataDir))
  const county = makeCounty({ asOf: localDay(Date.now()) })
  const events = [...countyEvents(county, Date.now() - 60_000)].map(asCloudEvent)
  const response = await relay.post(events)
  if (response.status !== 202) throw new Error(`the county was answered ${response.status}`)
  const branches = county.organizations.filter(({ kind }) => kind === 'branch').map(({ id }) => id)
  return { ...relay, branches }
}

/** Study reports of every branch in turn; one event in fifty turns a flag on or off. */
function bodies(branches: readonly string[]): readonly string[] {
  let number = 0
  return Array.from({ length: (seconds * perSecond) / batch }, () =>
    JSON.stringify(
      Array.from({ length: batch }, () => {
        number += 1
        const subject = branches[number % branches.length] ?? ''
        if (number % 50 > 0)
          return cloudEvent('study.logged', subject, { learners: 1, minutes: 10 })
        return cloudEvent(number % 100 === 0 ? 'branch.online' : 'branch.offline', subject, {})
      }),
    ),
  )
}

export const benchLoad: Part = async (bench) => {
  const relay = await startCounty(bench)
  const prepared = bodies(relay.branches)
  const sign = signer(relay.dataDir, 'xintian')
  bench.say(`opening ${count(displays)} displays`)
  const screens = await openClients(bench, { url: relay.url, count: displays, kind: 'relay' })
  bench.say(`${seconds} s of ${count(perSecond)} events/s`)

  const pid = relay.process.pid ?? 0
  const committed: (readonly [ordinal: number, atMs: number])[] = []
  const poster = openPoster(`${relay.url}/v1/platforms/xintian/events`)
  const type = { 'content-type': 'application/cloudevents-batch+json' }
  const post = async (body: string): Promise<void> => {
    const headers = { ...type, ...sign(body) }
    const answer = await poster.post({ body: Buffer.from(body), headers })
    const { items } = JSON.parse(answer) as { items: readonly { ordinal?: number }[] }
    committed.push([items.at(-1)?.ordinal ?? 0, monotonicMs()])
  }
  const before = cpuSeconds(pid)
  const startedAt = performance.now()
  // A busy machine may not keep up: then fewer are sent, and the share is held against what was sent.
  const running = new Set<Promise<void>>()
  for (const [index, body] of prepared.entries()) {
    const due = startedAt + (index * batch * 1000) / perSecond
    const waitMs = due - performance.now()
    if (waitMs > 1) await new Promise((resume) => setTimeout(resume, waitMs))
    while (running.size >= atOnce) await Promise.race(running)
    if (performance.now() - startedAt > seconds * 1000) break
    const sent = post(body).finally(() => running.delete(sent))
    running.add(sent)
  }
  await Promise.all(running)
  poster.close()
  const elapsed = (performance.now() - startedAt) / 1000
  const share = (cpuSeconds(pid) - before) / elapsed
  const rate = (committed.length * batch) / elapsed
  await new Promise((resume) => setTimeout(resume, 500))
  const { arrivals, received, lost } = await screens.report()

  const delays = committed.flatMap(([ordinal, atMs]) => {
    const shown = arrivals.find(([version]) => version >= ordinal)
    return shown === undefined ? [] : [shown[1] - atMs]
  })
  const p99 = percentile(delays, 0.99)
  return [
    {
      name: `${count(rate)} durable events/s, ${count(displays)} displays at ${(received / displays / elapsed).toFixed(1)} Hz, relay's CPU${lost > 0 ? ` (${lost} fell behind and were let go)` : ''}`,
      value: `${(share * 100).toFixed(0)} % of a core`,
      limit: 'one core',
      ratio: share * Math.max(1, perSecond / rate),
      target: { atMost: 0.25 },
    },
    {
      name: 'newest commit to display under that load, p99',
      value: `p50 ${percentile(delays, 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
      limit: `one tick + 25 ms: ${latencyMs} ms`,
      ratio: p99 / latencyMs,
      target: { atMost: 1 },
    },
  ]
}
