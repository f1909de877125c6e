/** CPU of two hundred village channels in 1080p, against bare node:http that sends as many bytes in the same rhythm. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { join } from 'node:path'
import { checkTransport } from '../support/transport-check.ts'
import { cpuSeconds, percentile, residentMb, type Bench, type Part } from './measure.ts'

const count = 200
const seconds = 20
/** Of the watched one; enough for ten slots. */
const mostChecked = 8 * 1024 * 1024

interface Side {
  /** Of one core. */
  readonly share: number
  readonly megabits: number
  readonly rssMb: number
  /** From asking to the first picture, ms. */
  readonly zapMs: number
  readonly problems: readonly string[]
}

async function measure(bench: Bench, kind: 'bare' | 'ours'): Promise<Side> {
  const child = bench.own(
    fork(join(import.meta.dirname, 'channels-child.ts'), [kind, String(count)]),
  )
  const [{ port, keys }] = (await once(child, 'message')) as [
    { readonly port: number; readonly keys: readonly string[] },
  ]
  let bytes = 0
  const zaps: number[] = []
  const checked: Buffer[] = []
  const requests = keys.map((key, at) => {
    const askedAt = performance.now()
    return get(`http://127.0.0.1:${port}/${key}/live.ts`, (response) => {
      response.once('data', () => zaps.push(performance.now() - askedAt))
      response.on('data', (part: Buffer) => {
        bytes += part.length
        if (at === 0 && checked.reduce((sum, { length }) => sum + length, 0) < mostChecked)
          checked.push(part)
      })
    }).on('error', () => undefined)
  })
  const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
  await pause(4_000)
  const pid = child.pid ?? 0
  const [cpu, sent] = [cpuSeconds(pid), bytes]
  await pause(seconds * 1_000)
  const side = {
    share: (cpuSeconds(pid) - cpu) / seconds,
    megabits: ((bytes - sent) * 8) / seconds / 1e6,
    rssMb: residentMb(pid),
    zapMs: percentile(zaps, 0.95),
    problems: kind === 'bare' ? [] : checkTransport([Buffer.concat(checked)]).problems,
  }
  for (const request of requests) request.destroy()
  child.kill('SIGTERM')
  return side
}

export const benchChannels: Part = async (bench) => {
  bench.say(`${count} boxes at bare node:http, ${seconds} s`)
  const bare = await measure(bench, 'bare')
  bench.say(`${count} boxes at their villages' channels, ${seconds} s`)
  const ours = await measure(bench, 'ours')
  if (ours.problems.length > 0) throw new Error(`the stream is irregular: ${ours.problems[0]}`)
  const percent = (share: number): string => `${(share * 100).toFixed(1)} % of a core`
  return [
    {
      name: `${count} village channels in 1080p25, ${ours.megabits.toFixed(0)} Mb/s, ${ours.rssMb.toFixed(0)} MB`,
      value: percent(ours.share),
      limit: `bare node:http, ${bare.megabits.toFixed(0)} Mb/s: ${percent(bare.share)}`,
      ratio: ours.share / bare.share,
    },
    {
      name: 'the same, of one core',
      value: percent(ours.share),
      limit: '15 % of a core',
      ratio: ours.share / 0.15,
      target: { atMost: 1 },
    },
    {
      name: 'from choosing a channel to its first slot, p95',
      value: `${ours.zapMs.toFixed(0)} ms`,
      limit: '1,920 ms, a slot',
      ratio: ours.zapMs / 1_920,
      target: { atMost: 1 },
    },
  ]
}
