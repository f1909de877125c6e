/** CPU of one POST, and of one event in a batch of 100, against bare node:http with the same bytes on disk. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { branchA, cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, signer, startRelay } from '../support/relay.ts'
import { alternate, cpuSeconds, micro, type Part } from './measure.ts'
import { postAll, type Delivery } from './post.ts'

const kinds = [
  { name: 'single POST', size: 1, posts: 3_000, target: 1.15 },
  { name: 'POST of a batch of 100', size: 100, posts: 100, target: 1.1 },
] as const
const rounds = 5
/** What the relay lets one platform send before it answers 429. */
const perSecondMost = 20_000

export const benchIngest: Part = async (bench) => {
  const relay = await startRelay()
  bench.own(relay.process)
  bench.atEnd(() => removeDataDir(relay.dataDir))
  await relay.post(smallCounty())
  const sign = signer(relay.dataDir, 'xintian')
  const bare = bench.own(
    fork(join(import.meta.dirname, 'post-child.ts'), [join(relay.dataDir, 'floor.ndjson')]),
  )
  const [port] = (await once(bare, 'message')) as [number]

  const rows = []
  for (const { name, size, posts, target } of kinds) {
    const type = size === 1 ? 'application/cloudevents+json' : 'application/cloudevents-batch+json'
    const event = (): Record<string, unknown> =>
      cloudEvent('points.awarded', branchA, { points: 1, reason: 'quiz' })
    const deliveries = (): readonly Delivery[] =>
      Array.from({ length: posts }, () => {
        const body = JSON.stringify(size === 1 ? event() : Array.from({ length: size }, event))
        return { body: Buffer.from(body), headers: { 'content-type': type, ...sign(body) } }
      })
    const cpuOfPosts = async (url: string, pid: number, list: readonly Delivery[]) => {
      const before = cpuSeconds(pid)
      await postAll(url, list)
      const seconds = cpuSeconds(pid) - before
      await new Promise((resume) => setTimeout(resume, (posts * size * 1000) / perSecondMost))
      return seconds / posts / size
    }
    bench.say(`${name}: ${rounds} rounds of ${posts}`)
    // Both sides get the same bytes; only the relay would notice an event that comes twice.
    let list: readonly Delivery[] = []
    const { limit, ours, ratio } = await alternate(
      bench,
      rounds,
      () => cpuOfPosts(`http://127.0.0.1:${port}/`, bare.pid ?? 0, (list = deliveries())),
      () => cpuOfPosts(`${relay.url}/v1/platforms/xintian/events`, relay.process.pid ?? 0, list),
    )
    rows.push({
      name: `${name}, CPU an event`,
      value: micro(ours),
      limit: `bare node:http, JSON.parse, fdatasync: ${micro(limit)}`,
      ratio,
      target: { atMost: target },
    })
  }
  return rows
}
