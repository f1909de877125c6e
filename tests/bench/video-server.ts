/** What the relay's side of live video costs: a source fetched as it is, one turned into H.264, and each who watches. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { ffmpeg } from '../cameras/program.ts'
import type { Relay } from '../support/relay.ts'
import { until } from '../support/relay.ts'
import { alternate, type Bench } from './measure.ts'
import { childrenOf, cpuOfAll, cpuOfEach } from './programs.ts'

const rounds = 3
const measureMs = 6_000
const crowd = 40

const wait = (ms: number) => new Promise((resume) => setTimeout(resume, ms))

/** Shares of a core. */
interface ServerCosts {
  /** A source with one viewer, and the same by ffmpeg alone. */
  readonly source: number
  readonly alone: number
  readonly ratio: number
  readonly transcode: number
  readonly viewer: number
}

/** A screen that takes everything, and shows nothing. */
async function watch(relay: Relay, sources: readonly string[]): Promise<() => Promise<void>> {
  const socket = new WebSocket(`${relay.url.replace('http', 'ws')}/v1/video`)
  const seen = new Set<number>()
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) seen.add(data.readUInt16BE(1))
  })
  await once(socket, 'open')
  for (const source of sources) socket.send(JSON.stringify({ type: 'watch', source }))
  await until('pictures of each source', () => seen.size === sources.length, 30_000)
  return async () => {
    const closed = once(socket, 'close')
    socket.close()
    await closed
  }
}

/** What the relay asks of ffmpeg, without the relay. */
async function startAlone(bench: Bench, url: string): Promise<number> {
  const program = bench.own(
    spawn(
      ffmpeg(),
      [
        ...'-hide_banner -nostdin -loglevel error -fflags +nobuffer+genpts'.split(' '),
        ...'-analyzeduration 200000 -probesize 500000 -i'.split(' '),
        url,
        ...'-map 0:v:0 -an -c:v copy -f mp4'.split(' '),
        ...'-movflags frag_every_frame+empty_moov+default_base_moof'.split(' '),
        ...'-flush_packets 1 pipe:1'.split(' '),
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    ),
  )
  await once(program.stdout, 'data')
  program.stdout.resume()
  return program.pid ?? 0
}

export async function measureServer(
  bench: Bench,
  relay: Relay,
  sources: readonly { readonly id: string; readonly url: string }[],
  foreign: string,
): Promise<ServerCosts> {
  const pid = relay.process.pid ?? 0
  const ids = sources.map(({ id }) => id)
  const shareOf = async (cpu: () => number): Promise<number> => {
    const [before, from] = [cpu(), performance.now()]
    await wait(measureMs)
    return ((cpu() - before) * 1000) / (performance.now() - from)
  }
  const relayed = () => shareOf(() => cpuOfAll(pid))
  const idle = await relayed()

  bench.say(`${sources.length} sources by the relay and by ffmpeg alone, ${rounds} rounds`)
  const { limit, ours, ratio } = await alternate(
    bench,
    rounds,
    async () => {
      const pids = await Promise.all(sources.map(({ url }) => startAlone(bench, url)))
      const share = await shareOf(() => cpuOfEach(pids))
      for (const each of pids) process.kill(each, 'SIGKILL')
      return share / sources.length
    },
    async () => {
      const leave = await watch(relay, ids)
      const share = await relayed()
      await leave()
      return (share - idle) / sources.length
    },
  )

  bench.say(`${crowd} viewers of each`)
  const one = await watch(relay, ids)
  const before = await shareOf(() => cpuOfEach([pid]))
  const others = await Promise.all(Array.from({ length: crowd }, () => watch(relay, ids)))
  const after = await shareOf(() => cpuOfEach([pid]))
  await Promise.all([one, ...others].map((leave) => leave()))

  bench.say('one source in H.265')
  await until('all programs to end', () => childrenOf(pid).length === 0, 60_000)
  const leave = await watch(relay, [foreign])
  const transcode = await relayed()
  await leave()
  return {
    source: ours,
    alone: limit,
    ratio,
    transcode: transcode - idle,
    viewer: (after - before) / crowd / sources.length,
  }
}
