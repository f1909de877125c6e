/** A village's channel from events to what a player receives, and that it goes on when the relay is gone. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { branchB, cloudEvent, smallCounty } from '../support/events.ts'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { checkTransport } from '../support/transport-check.ts'

const root = join(import.meta.dirname, '../..')
let relay: Relay
let folder: string
let program: ChildProcess
let list: string
let said = ''

beforeAll(async () => {
  relay = await startRelay()
  expect((await relay.post(smallCounty())).status).toBe(202)
  folder = makeDataDir()
  const file = join(folder, 'channel.yaml')
  writeFileSync(file, `relay: ${relay.url}\nport: 0\nslide: 4\n`)
  program = spawn(
    process.execPath,
    ['relay/channel/run.ts', file, '--data', join(folder, 'data')],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  program.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text))
  list = await until('the list', () => /(http:\S+\.m3u)/.exec(said)?.[1], 50_000)
})
afterAll(async () => {
  if (program?.exitCode === null) {
    program.kill('SIGTERM')
    await once(program, 'exit')
  }
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
  if (folder !== undefined) removeDataDir(folder)
})

const text = async (address: string): Promise<string> => (await fetch(address)).text()
/** Where the village's channel is played. */
const address = () =>
  until(
    'the village',
    async () => new RegExp(`tvg-id="${branchB}".*\\n(.+)/index`).exec(await text(list))?.[1],
  )
interface Counts {
  readonly made: number
  readonly waiting: number
  readonly watched: number
}
const counts = async (): Promise<Counts> =>
  (await (await fetch(new URL('/healthz', list))).json()) as Counts

it('plays by HLS as soon as it is asked for, and makes its slides meanwhile', async () => {
  const channel = await address()
  const pieces = (await text(`${channel}/index.m3u8`)).match(/^\d+\.ts$/gm) ?? []
  expect(pieces).toHaveLength(6)
  const got = await Promise.all(
    pieces.map(async (piece) =>
      Buffer.from(await (await fetch(`${channel}/${piece}`)).arrayBuffer()),
    ),
  )
  expect(checkTransport(got).problems).toEqual([])
  await until('a slide of its own', async () => {
    const { made, watched } = await counts()
    return watched === 1 && made > 0
  })
})

it('makes again what has changed, and nothing else', async () => {
  const channel = await address()
  const idle = await until(
    'all of its slides',
    async () => {
      await text(`${channel}/index.m3u8`)
      const { made, waiting } = await counts()
      return waiting === 0 && made >= 3 && made
    },
    50_000,
  )
  const points = cloudEvent('points.awarded', branchB, { points: 3, reason: 'activity' })
  expect((await relay.post([points])).status).toBe(202)
  await until(
    'its slides',
    async () => {
      await text(`${channel}/index.m3u8`)
      const { made, waiting } = await counts()
      return made > idle && waiting === 0
    },
    50_000,
  )
  // Its own standing, and the list of the first: not the day, and no notice.
  expect((await counts()).made - idle).toBeLessThanOrEqual(2)
})

it('streams without end, a picture at once and each slot when it begins', async () => {
  const response = await fetch(`${await address()}/live.ts`)
  const parts: Buffer[] = []
  const reader = response.body?.getReader()
  await until(
    'three slots',
    async () => {
      const { value } = (await reader?.read()) ?? {}
      if (value !== undefined) parts.push(Buffer.from(value))
      const { steps } = checkTransport([Buffer.concat(parts)])
      return (steps.get(0x101)?.get(11_520) ?? 0) >= 3 * 15 - 1
    },
    20_000,
  )
  await reader?.cancel()
  expect(checkTransport([Buffer.concat(parts)]).problems).toEqual([])
})

it('tells nothing to whoever has no key', async () => {
  const channel = await address()
  const key = channel.split('/').at(-1) ?? ''
  for (const path of [
    '/channels.m3u',
    '/guide.xml',
    `/${key}/channels.m3u`,
    `/${key.slice(0, -1)}x/index.m3u8`,
    `/${key}/1.ts`,
    `/${key}/..%2f..%2fchannel.secret`,
  ])
    expect((await fetch(new URL(path, list))).status, path).toBe(404)
})

it('goes on when the relay is gone', async () => {
  const channel = await address()
  await relay.end()
  const list = await text(`${channel}/index.m3u8`)
  const next = Number(list.match(/(\d+)\.ts\s*$/)?.[1]) + 1
  const piece = await until('the next slot', async () => {
    if (!(await text(`${channel}/index.m3u8`)).includes(`${next}.ts`)) return undefined
    return fetch(`${channel}/${next}.ts`)
  })
  expect(checkTransport([Buffer.from(await piece.arrayBuffer())]).problems).toEqual([])
})
