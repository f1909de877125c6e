/** The demo's cameras: has their footage drawn once, plays it, and tells the relay where they are. Runs until it is stopped. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { dayStartMs, localDay } from '../protocol/time.ts'
import { ffmpegPath } from './footage/ffmpeg-path.ts'
import { readLoop, versionFolder, type Loop } from './footage/loops.ts'
import { startPublisher, type FilmedCamera, type Publisher } from './footage/publisher.ts'
import {
  countyCameras,
  loopFor,
  loopNames,
  type CountyCamera,
  type Meeting,
} from './platforms/xintian-cameras.ts'
import { makeCounty, stageNames, type County } from './platforms/xintian-county.ts'
import { meetingsOn } from './platforms/xintian-day.ts'
import { registerCameras } from './register-cameras.ts'

const dataDir = resolve(process.env['DATA_DIR'] ?? join(import.meta.dirname, '../data'))
/** The feed's. */
const seed = 1
const minuteMs = 60_000
/** A shaky camera is gone for so long, once in so long. */
const [shakyMs, shakyEveryMs] = [3 * minuteMs, 30 * minuteMs]

/** Names of loops as their files come to be; ends with the last, throws when they could not be drawn. */
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

/** What the county needs most at this hour first, of the stage before all; the rest in the order of its list. */
function inOrderOfNeed(cameras: readonly CountyCamera[], films: Films, nowMs: number): string[] {
  const needed = cameras.map((camera) => films.nameAt(camera, nowMs))
  const count = (name: string) => needed.filter((each) => each === name).length
  const most = needed.toSorted((a, b) => count(b) - count(a))
  return [...new Set([...needed.slice(0, stageNames.length), ...most, ...loopNames()])]
}

interface Films {
  nameAt(camera: CountyCamera, nowMs: number): string
  of(camera: CountyCamera, loops: ReadonlyMap<string, Loop>): FilmedCamera
}

/** What each camera shows: the meeting that the feed tells of it, else its room at that hour. */
function filming(county: County): Films {
  let day = ''
  let meetings: ReadonlyMap<string, readonly Meeting[]> = new Map()
  const meetingAt = (id: string, nowMs: number): Meeting | undefined => {
    const today = localDay(nowMs)
    if (today !== day) meetings = meetingsOn(county, (day = today), seed)
    return meetings.get(id)?.find(({ fromMs, toMs }) => nowMs >= fromMs && nowMs < toMs)
  }
  const nameAt = (camera: CountyCamera, nowMs: number): string => {
    const hour = (nowMs - dayStartMs(localDay(nowMs))) / (60 * minuteMs)
    return loopFor(camera, hour, meetingAt(camera.id, nowMs)?.form)
  }
  return {
    nameAt,
    of(camera, loops) {
      const { id, title, trouble, variety } = camera
      return {
        id,
        words: title,
        offsetSeconds: variety * 7,
        loop(nowMs) {
          const name = nameAt(camera, nowMs)
          // Until its own is drawn: the same scene with other people, or whatever there is.
          const loop = loops.get(name) ?? loops.get(name.replace(/\d+$/, '1')) ?? first(loops)
          if (loop === undefined) throw new Error('nothing is drawn yet')
          return loop
        },
        isFrozen: () => trouble === 'frozen',
        isLost: (nowMs) =>
          trouble === 'lost' ||
          (trouble === 'shaky' && (nowMs + variety * minuteMs) % shakyEveryMs < shakyMs),
      }
    },
  }
}

const first = (loops: ReadonlyMap<string, Loop>): Loop | undefined => loops.values().next().value

async function run(signal: AbortSignal): Promise<void> {
  const ffmpeg = ffmpegPath()
  if (ffmpeg.kind === 'missing') return console.log(`Cameras: off. ${ffmpeg.sentence}`)
  mkdirSync(join(dataDir, 'footage'), { recursive: true })
  const folder = await versionFolder(join(dataDir, 'footage'))
  const county = makeCounty({ seed, asOf: localDay(Date.now()) })
  const cameras = countyCameras(county)
  const films = filming(county)
  const loops = new Map<string, Loop>()
  let publisher: Publisher | undefined
  try {
    for await (const name of drawn(folder, inOrderOfNeed(cameras, films, Date.now()), signal)) {
      loops.set(name, readLoop(folder, name))
      if (publisher !== undefined) continue
      publisher = await startPublisher({
        cameras: cameras.map((camera) => films.of(camera, loops)),
        port: 0,
      })
      registerCameras(join(dataDir, 'streams.yaml'), cameras, publisher.url, Date.now())
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
