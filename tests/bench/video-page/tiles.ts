/** Tiles of the wall's own player and nothing else, or bare `<video>`s of a film; and what is seen in them. */
import { createTilePlayer } from '../../../display/canvas/video/tile-player.ts'
import { createVideoLink } from '../../../display/canvas/video/video-link.ts'
import { barsAt, type Counted, type Sighting, type VideoPage } from '../video-page.ts'

const SAMPLE_MS = 250
/** Pictures whose bars are read: all of them would cost what is measured elsewhere. */
const READ_EVERY = 5
const NINE = 9

const found = document.querySelector<HTMLElement>('#stage')
if (found === null) throw new Error('wall.html has no #stage')
const stage = found
const link = createVideoLink(`ws://${location.host}/v1/video`)
let stops: (() => void)[] = []

const videos = () => [...stage.querySelectorAll('video')]

function clear(): void {
  for (const stop of stops) stop()
  stops = []
  stage.replaceChildren()
}

/** Undefined plays the film. */
function play(source: string | undefined): HTMLVideoElement {
  const video = document.createElement('video')
  video.muted = true
  stage.append(video)
  if (source !== undefined) {
    const player = createTilePlayer(link, video, source, () => undefined)
    stops.push(() => player.dispose())
  } else {
    video.autoplay = true
    video.src = `/media/film.mp4?${performance.now()}`
    stops.push(() => video.removeAttribute('src'))
  }
  return video
}

const nextPicture = (video: HTMLVideoElement): Promise<VideoFrameCallbackMetadata> =>
  new Promise((seen) => video.requestVideoFrameCallback((_now, about) => seen(about)))

/** Ms from its begin until a picture of each is there. */
async function show(sources: readonly (string | undefined)[]): Promise<number> {
  clear()
  stage.classList.toggle('many', sources.length > NINE)
  const startedAt = performance.now()
  await Promise.all(sources.map((source) => nextPicture(play(source))))
  return performance.now() - startedAt
}

/** Counts by what the browser says; a player that began anew counts from nothing again. */
async function count(forMs: number): Promise<Counted> {
  const counts = new Map<HTMLVideoElement, Counted>()
  const sum = { decoded: 0, dropped: 0 }
  const until = performance.now() + forMs
  for (;;) {
    for (const video of videos()) {
      const { totalVideoFrames: decoded, droppedVideoFrames: dropped } =
        video.getVideoPlaybackQuality()
      const before = counts.get(video)
      counts.set(video, { decoded, dropped })
      if (before === undefined) continue
      sum.decoded += decoded - (decoded < before.decoded ? 0 : before.decoded)
      sum.dropped += dropped - (decoded < before.decoded ? 0 : before.dropped)
    }
    if (performance.now() >= until) return sum
    await new Promise((resume) => setTimeout(resume, SAMPLE_MS))
  }
}

const row = new OffscreenCanvas(barsAt.blocks * barsAt.size, barsAt.size).getContext('2d', {
  willReadFrequently: true,
})

function readRow(video: HTMLVideoElement): readonly boolean[] {
  if (row === null) return []
  const { width, height } = row.canvas
  row.drawImage(video, 0, barsAt.y, width, height, 0, 0, width, height)
  const { data } = row.getImageData(0, 0, width, height)
  const isBright = (block: number) =>
    (data[((height / 2) * width + (block + 0.5) * barsAt.size) * 4] ?? 0) > 128
  return Array.from({ length: barsAt.blocks }, (_, block) => isBright(block))
}

async function see(forMs: number): Promise<readonly Sighting[]> {
  const sightings: Sighting[] = []
  const until = performance.now() + forMs
  await Promise.all(
    videos().map(async (video) => {
      for (let number = 0; number === 0 || performance.now() < until; number += 1) {
        const { expectedDisplayTime } = await nextPicture(video)
        if (number % READ_EVERY > 0) continue
        const bars = readRow(video)
        const yetMs = Math.max(0, expectedDisplayTime - performance.now())
        sightings.push({ bars, atMs: Date.now() + yetMs })
      }
    }),
  )
  return sightings
}

const page: VideoPage = { tiles: { show, count, see, clear, isOpen: () => link.isOpen() } }
Object.assign(window, page)
