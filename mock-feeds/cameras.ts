/** The demo's cameras: has their footage drawn once, plays it, and tells the relay where they are. Runs until it is stopped. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { localDay } from '../protocol/time.ts'
import { ffmpegPath } from './footage/ffmpeg-path.ts'
import { readLoop, versionFolder, type Loop } from './footage/loops.ts'
import { startPublisher, type Publisher } from './footage/publisher.ts'
import { makeCounty, stageNames } from './platforms/xintian-county.ts'

const dataDir = resolve(process.env['DATA_DIR'] ?? join(import.meta.dirname, '../data'))
/** In the order of the feed's streams, xintian-1 to xintian-4. */
const places = [
  { loop: 'hall-1', words: '金陵镇龙珠村 党群服务中心' },
  { loop: 'field-1', words: '枧头镇彭梓城村 田间' },
  { loop: 'courtyard-1', words: '三井镇谈文溪村 屋场小院' },
  { loop: 'online-1', words: '流动党员 线上支部会' },
]
const idOf = (index: number) => `xintian-${index + 1}`

function register(publisher: Publisher): void {
  const { organizations } = makeCounty({ asOf: localDay(Date.now()) })
  const cameras = places.map(({ words }, index) => ({
    id: idOf(index),
    organization: organizations.find((each) => each.name === stageNames[index])?.id,
    title: words,
    kind: 'http-flv',
    url: publisher.url(idOf(index)),
    publicDisplay: false,
  }))
  const file = join(dataDir, 'streams.yaml')
  // Addresses of real cameras hold passwords, so the file is its owner's alone from the beginning. JSON is YAML.
  writeFileSync(`${file}.new`, `${JSON.stringify({ cameras }, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Names of loops as their files come to be; ends with the last, throws when it could not be drawn. */
async function* drawn(folder: string, names: readonly string[], signal: AbortSignal) {
  const script = join(import.meta.dirname, 'footage/draw-child.ts')
  const child = spawn(process.execPath, [script, folder, ...names], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = () => child.kill()
  signal.addEventListener('abort', stop)
  const closed = once(child, 'close')
  yield* createInterface({ input: child.stdout })
  const [code] = await closed
  signal.removeEventListener('abort', stop)
  if (code !== 0 && !signal.aborted)
    throw new Error('The footage of the cameras could not be drawn.')
}

async function run(signal: AbortSignal): Promise<void> {
  const ffmpeg = ffmpegPath()
  if (ffmpeg.kind === 'missing') return console.log(`Cameras: off. ${ffmpeg.sentence}`)
  mkdirSync(join(dataDir, 'footage'), { recursive: true })
  const folder = await versionFolder(join(dataDir, 'footage'))
  const loops = new Map<string, Loop>()
  let publisher: Publisher | undefined
  try {
    for await (const name of drawn(
      folder,
      places.map(({ loop }) => loop),
      signal,
    )) {
      const loop = readLoop(folder, name)
      loops.set(name, loop)
      if (publisher !== undefined) continue
      // Each shows the first footage that there is until its own is drawn.
      const cameras = places.map((place, index) => ({
        id: idOf(index),
        words: place.words,
        loop: () => loops.get(place.loop) ?? loop,
      }))
      publisher = await startPublisher({ cameras, port: 0 })
      register(publisher)
      console.log(`Cameras: ${cameras.length} are on.`)
    }
    if (!signal.aborted) await once(signal, 'abort')
  } finally {
    await publisher?.stop()
  }
}

const stopping = new AbortController()
process.on('SIGINT', () => stopping.abort())
process.on('SIGTERM', () => stopping.abort())
try {
  await run(stopping.signal)
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
