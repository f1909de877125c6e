/** The demo's four cameras: draws their footage once, plays it, and tells the relay where they are. Runs until it is stopped. */
import { once } from 'node:events'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { localDay } from '../protocol/time.ts'
import { ffmpegPath } from './footage/ffmpeg-path.ts'
import { makeFootage } from './footage/make-footage.ts'
import { startPublisher, type Publisher } from './footage/publisher.ts'
import { courtyard } from './footage/scenes/courtyard.ts'
import { field } from './footage/scenes/field.ts'
import { hall } from './footage/scenes/hall.ts'
import { online } from './footage/scenes/online.ts'
import { makeCounty, stageNames } from './platforms/xintian-county.ts'

const dataDir = resolve(process.env['DATA_DIR'] ?? join(import.meta.dirname, '../data'))
/** In the order of the feed's streams, xintian-1 to xintian-4. */
const scenes = [hall, field, courtyard, online]

function register(publisher: Publisher): void {
  const { organizations } = makeCounty({ asOf: localDay(Date.now()) })
  const cameras = scenes.map(({ name, camera }, index) => ({
    id: `xintian-${index + 1}`,
    organization: organizations.find((each) => each.name === stageNames[index])?.id,
    title: camera,
    kind: 'http-ts',
    url: publisher.url(name),
    publicDisplay: false,
  }))
  const file = join(dataDir, 'streams.yaml')
  // Addresses of real cameras hold passwords, so the file is its owner's alone from the beginning. JSON is YAML.
  writeFileSync(`${file}.new`, `${JSON.stringify({ cameras }, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

async function start(signal: AbortSignal): Promise<Publisher | undefined> {
  const ffmpeg = ffmpegPath()
  if (ffmpeg.kind === 'missing') {
    console.log(`Cameras: off. ${ffmpeg.sentence}`)
    return undefined
  }
  const folder = join(dataDir, 'footage')
  mkdirSync(folder, { recursive: true })
  let shown = -1
  const loops = await makeFootage(folder, {
    scenes,
    signal,
    onProgress(share) {
      const quarter = Math.floor(share * 4)
      if (quarter > shown) console.log(`Cameras: drawing their footage, ${quarter * 25} %`)
      shown = quarter
    },
  })
  const publisher = await startPublisher({ ffmpeg: ffmpeg.path, loops, port: 0 })
  register(publisher)
  console.log(`Cameras: ${loops.length} are on.`)
  return publisher
}

const stopping = new AbortController()
process.on('SIGINT', () => stopping.abort())
process.on('SIGTERM', () => stopping.abort())
try {
  const publisher = await start(stopping.signal)
  if (publisher !== undefined) {
    if (!stopping.signal.aborted) await once(stopping.signal, 'abort')
    await publisher.stop()
  }
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
