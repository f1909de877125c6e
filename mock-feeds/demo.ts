/** The demo of `npm start`: footage, cameras, the stream registry, then Xintian's feed until it is stopped. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ffmpegPath } from './footage/ffmpeg-path.ts'
import { makeFootage } from './footage/make-footage.ts'
import { startPublisher, type Publisher } from './footage/publisher.ts'
import { runFeed } from './run.ts'

const dataDir = resolve(process.env['DATA_DIR'] ?? join(import.meta.dirname, '../data'))
const relayUrl = `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`
const days = Number(process.env['DEMO_DAYS'] ?? 120)

/** Four cameras for the four streams of the feed; the relay's configuration says where they are. */
async function startCameras(): Promise<Publisher | undefined> {
  const ffmpeg = ffmpegPath()
  if (ffmpeg.kind === 'missing') {
    console.log(ffmpeg.sentence)
    return undefined
  }
  const folder = join(dataDir, 'footage')
  mkdirSync(folder, { recursive: true })
  const loops = await makeFootage(folder, {
    onProgress: (_share, sentence) => console.log(sentence),
  })
  const publisher = await startPublisher({ ffmpeg: ffmpeg.path, loops, port: 0 })
  const streams = [1, 2, 3, 4].map((number) => ({
    id: `xintian-${number}`,
    url: publisher.url(loops[(number - 1) % loops.length]?.name ?? ''),
    publicDisplay: false,
  }))
  const file = join(dataDir, 'streams.json')
  writeFileSync(`${file}.new`, `${JSON.stringify({ streams }, null, 2)}\n`)
  renameSync(`${file}.new`, file)
  return publisher
}

const stopping = new AbortController()
process.on('SIGINT', () => stopping.abort())
process.on('SIGTERM', () => stopping.abort())

const cameras = startCameras()
await runFeed({ url: relayUrl, dataDir, days, isLively: true }, stopping.signal)
await (await cameras)?.stop()
