/**
 * Draws the loops that stand in for cameras. Existing files are kept, so only the first start pays.
 *
 *   npx node mock-feeds/footage/make-footage.ts DIR
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createCanvas, GlobalFonts, type Canvas, type SKRSContext2D } from '@napi-rs/canvas'
import { createRandom, HEIGHT, SANS, WIDTH } from './brush.ts'
import { ffmpegPath } from './ffmpeg-path.ts'
import type { Scene } from './scene.ts'
import { courtyard } from './scenes/courtyard.ts'
import { field } from './scenes/field.ts'
import { hall } from './scenes/hall.ts'
import { online } from './scenes/online.ts'
import { table } from './scenes/table.ts'

const SCENES: readonly Scene[] = [hall, courtyard, field, online, table]
const FPS = 15

export interface Loop {
  readonly name: string
  readonly file: string
}

export interface FootageOptions {
  /** Which loops; all of them unless told. */
  readonly scenes?: readonly Scene[]
  /** Share 0..1 of all frames that had to be drawn. */
  onProgress?(share: number): void
  /** Ends the drawing early; what is half drawn is thrown away. */
  readonly signal?: AbortSignal
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

function registerFonts(): void {
  const require = createRequire(import.meta.url)
  for (const [family, name] of [
    ['noto-sans-sc', 'Noto Sans SC'],
    ['noto-serif-sc', 'Noto Serif SC'],
  ] as const) {
    const files = join(dirname(require.resolve(`@fontsource/${family}/package.json`)), 'files')
    for (const subset of ['latin', 'chinese-simplified']) {
      for (const weight of [500, 700])
        GlobalFonts.registerFromPath(
          join(files, `${family}-${subset}-${weight}-normal.woff2`),
          name,
        )
    }
  }
}

/** Grey speckle, drawn at a new offset each frame: the cheapest honest sensor noise. */
function drawNoise(random: () => number): Canvas {
  const noise = createCanvas(WIDTH + 64, HEIGHT + 64)
  const g = noise.getContext('2d')
  const image = g.createImageData(noise.width, noise.height)
  for (let at = 0; at < image.data.length; at += 4) {
    const grey = random() < 0.5 ? 0 : 255
    image.data[at] = grey
    image.data[at + 1] = grey
    image.data[at + 2] = grey
    image.data[at + 3] = Math.floor(random() * 15)
  }
  g.putImageData(image, 0, 0)
  return noise
}

function drawVignette(): Canvas {
  const canvas = createCanvas(WIDTH, HEIGHT)
  const g = canvas.getContext('2d')
  const fill = g.createRadialGradient(
    WIDTH / 2,
    HEIGHT / 2,
    HEIGHT * 0.45,
    WIDTH / 2,
    HEIGHT / 2,
    WIDTH * 0.62,
  )
  fill.addColorStop(0, 'rgba(0,0,0,0)')
  fill.addColorStop(1, 'rgba(8,8,14,.46)')
  g.fillStyle = fill
  g.fillRect(0, 0, WIDTH, HEIGHT)
  return canvas
}

/** What the camera itself burns in, at the right edge with its foot at `y`. */
function overlay(g: SKRSContext2D, text: string, y: number): void {
  const x = WIDTH - 10
  g.font = `700 15px ${SANS}`
  g.textAlign = 'right'
  g.lineJoin = 'round'
  g.lineWidth = 3
  g.strokeStyle = 'rgba(0,0,0,.75)'
  g.strokeText(text, x, y)
  g.fillStyle = '#ffffff'
  g.fillText(text, x, y)
}

/** Frame after frame of one scene, each as RGBA in a buffer of its own. */
export function* drawFrames(scene: Scene): Generator<Buffer> {
  const random = createRandom(scene.seed)
  const still = createCanvas(WIDTH, HEIGHT)
  const paint = scene.paint(still.getContext('2d'), random)
  const noise = drawNoise(random)
  const vignette = drawVignette()
  const canvas = createCanvas(WIDTH, HEIGHT)
  const g = canvas.getContext('2d')
  const frames = scene.seconds * FPS
  for (let at = 0; at < frames; at += 1) {
    g.drawImage(still, 0, 0)
    g.save()
    paint(g, at / frames)
    g.restore()
    g.drawImage(vignette, 0, 0)
    g.drawImage(noise, -Math.floor(random() * 64), -Math.floor(random() * 64))
    // The wall lays its badge top left, the elapsed time top right and the caption along the foot. No clock: a loop's would be wrong.
    overlay(g, scene.camera, HEIGHT * 0.24)
    yield Buffer.from(canvas.data())
  }
}

async function encode(
  ffmpeg: string,
  scene: Scene,
  file: string,
  onFrame: () => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const draft = `${file}.${process.pid}.part`
  const child = spawn(
    ffmpeg,
    [
      '-hide_banner',
      '-loglevel',
      'error',
      '-y',
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgba',
      '-s',
      `${WIDTH}x${HEIGHT}`,
      '-r',
      String(FPS),
      '-i',
      'pipe:0',
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-profile:v',
      'main',
      '-level',
      '3.0',
      '-pix_fmt',
      'yuv420p',
      '-crf',
      '25',
      '-g',
      String(FPS),
      '-keyint_min',
      String(FPS),
      '-sc_threshold',
      '0',
      '-bf',
      '0',
      '-flags',
      '+cgop',
      '-an',
      '-movflags',
      '+faststart',
      '-f',
      'mp4',
      draft,
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  )
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-2000)
  })
  const closed = new Promise<number | null>((done, failed) => {
    child.once('error', failed)
    child.once('close', done)
  })
  let isClosed = false
  const settled = closed
    .then(
      (code) => code,
      () => null,
    )
    .then((code) => {
      isClosed = true
      return code
    })
  // EPIPE when ffmpeg ends early; its exit code and stderr tell more.
  child.stdin.on('error', () => child.stdin.destroy())
  try {
    for (const frame of drawFrames(scene)) {
      signal?.throwIfAborted()
      if (isClosed || child.stdin.destroyed) break
      if (!child.stdin.write(frame)) await Promise.race([once(child.stdin, 'drain'), settled])
      onFrame()
    }
    child.stdin.end()
    const code = await closed
    if (code !== 0)
      throw new Error(`ffmpeg could not write ${scene.name}: ${stderr.trim() || `exit ${code}`}`)
    await rename(draft, file)
  } finally {
    if (!isClosed) child.kill('SIGKILL')
    await rm(draft, { force: true })
  }
}

/** Throws a sentence when no ffmpeg is there and a loop is missing, and the reason of `signal` when that ends it. */
export async function makeFootage(
  dir: string,
  { scenes = SCENES, onProgress, signal }: FootageOptions = {},
): Promise<Loop[]> {
  await mkdir(dir, { recursive: true })
  const loops = scenes.map(({ name }) => ({ name, file: join(dir, `${name}.mp4`) }))
  const missing: Scene[] = []
  for (const [at, scene] of scenes.entries()) {
    const loop = loops[at]
    if (loop !== undefined && !(await exists(loop.file))) missing.push(scene)
  }
  if (missing.length === 0) return loops
  const ffmpeg = ffmpegPath()
  if (ffmpeg.kind === 'missing') throw new Error(ffmpeg.sentence)
  registerFonts()
  const total = missing.reduce((sum, { seconds }) => sum + seconds * FPS, 0)
  let done = 0
  for (const scene of missing) {
    const onFrame = (): void => {
      done += 1
      if (done % FPS === 0 || done === total) onProgress?.(done / total)
    }
    await encode(ffmpeg.path, scene, join(dir, `${scene.name}.mp4`), onFrame, signal)
  }
  return loops
}

if (import.meta.main) {
  const dir = process.argv[2]
  if (dir === undefined) throw new Error('usage: make-footage.ts DIR')
  for (const { name, file } of await makeFootage(dir, {
    onProgress: (share) => console.error(`${Math.round(share * 100)} %`),
  }))
    console.log(name, file)
}
