/** Loops of footage as files: drawn once, encoded once, read by the cameras. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readStream, type Stream } from './h264.ts'
import { OSD_ROW, ROW_BYTES } from './osd.ts'
import { createRandom } from './render/noise.ts'
import { HEIGHT, WIDTH, type Scene } from './scene.ts'

export const FPS = 15
/** Rows of 16 pixels, each a slice of its own, so that a camera can write into one. */
const ROWS = Math.ceil(HEIGHT / 16)

export interface LoopPlan {
  readonly scene: Scene
  /** Other numbers give other people, colours and words. */
  readonly seed: number
}

export interface Loop {
  readonly name: string
  readonly stream: Stream
  /** The picture beneath the camera's own words. */
  readonly row: Buffer
}

export const nameOf = ({ scene, seed }: LoopPlan): string => `${scene.name}-${seed}`

/** Changes with every line that the footage is drawn by. */
export function footageVersion(): string {
  const hash = createHash('sha256')
  const read = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) read(path)
      else if (entry.name.endsWith('.ts') && !entry.name.includes('.test.'))
        hash.update(readFileSync(path))
    }
  }
  read(import.meta.dirname)
  return hash.digest('hex').slice(0, 12)
}

/** A folder for this version inside `folder`; those of others are removed. */
export async function versionFolder(folder: string): Promise<string> {
  const version = footageVersion()
  const own = join(folder, version)
  await mkdir(own, { recursive: true })
  for (const name of await readdir(folder))
    if (name !== version) await rm(join(folder, name), { recursive: true, force: true })
  return own
}

export interface DrawOptions {
  readonly ffmpeg: string
  readonly folder: string
  /** Ends the drawing early; what is half drawn is thrown away. */
  readonly signal?: AbortSignal
}

/** Draws and encodes a loop unless its files are there. Throws ffmpeg's words, and the reason of `signal` when that ends it. */
export async function drawLoop(
  plan: LoopPlan,
  { ffmpeg, folder, signal }: DrawOptions,
): Promise<Loop> {
  const name = nameOf(plan)
  const file = join(folder, `${name}.h264`)
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (!isThere) {
    await mkdir(folder, { recursive: true })
    const draft = `${file}.${process.pid}.part`
    try {
      await encode(plan, ffmpeg, draft, signal)
      await writeFile(rowFile(file), await firstRow(ffmpeg, draft))
      await rename(draft, file)
    } finally {
      await rm(draft, { force: true })
    }
  }
  return readLoop(folder, name)
}

/** A loop that has been drawn. */
export function readLoop(folder: string, name: string): Loop {
  const file = join(folder, `${name}.h264`)
  return { name, stream: readStream(readFileSync(file)), row: readFileSync(rowFile(file)) }
}

const rowFile = (file: string): string => file.replace(/\.h264$/, '.row')

/** What a cheap camera does to a picture: a little barrel, soft, dark at the corners, noisy. */
const lens = ({ isScreen = false, isGrey = false }: Scene): string =>
  [
    'format=yuv420p',
    ...(isGrey ? ['hue=s=0'] : []),
    ...(isScreen ? [] : ['lenscorrection=k1=-0.06:k2=0', 'vignette=PI/7']),
    'unsharp=3:3:-0.8:3:3:0',
    'noise=alls=6:allf=t',
  ].join(',')

async function encode(
  plan: LoopPlan,
  ffmpeg: string,
  file: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { scene, seed } = plan
  const random = createRandom(seed * 7919 + 17)
  const paint = scene.build(random)
  const child = spawn(
    ffmpeg,
    [
      ...'-hide_banner -loglevel error -y'.split(' '),
      ...'-f rawvideo -pix_fmt rgba -s'.split(' '),
      `${WIDTH}x${HEIGHT}`,
      '-r',
      String(FPS),
      ...'-i pipe:0'.split(' '),
      '-vf',
      lens(scene),
      ...'-c:v libx264 -preset veryfast -profile:v main -coder 0 -crf 26'.split(' '),
      '-g',
      String(FPS),
      ...'-bf 0 -refs 1'.split(' '),
      '-x264-params',
      `slices=${ROWS}:weightp=0:aud=1:scenecut=0:sliced-threads=0:threads=2:deblock=0,0`,
      ...'-an -f h264'.split(' '),
      file,
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  )
  const closed = ended(child)
  let isClosed = false
  const settled = closed.finally(() => (isClosed = true)).catch(() => undefined)
  // EPIPE when ffmpeg ends early; its exit code and words tell more.
  child.stdin.on('error', () => child.stdin.destroy())
  try {
    const frames = scene.seconds * FPS
    for (let at = 0; at < frames; at += 1) {
      signal?.throwIfAborted()
      if (isClosed || child.stdin.destroyed) break
      const isTaken = child.stdin.write(Buffer.from(paint(at / frames)))
      await Promise.race([isTaken ? nextTurn() : once(child.stdin, 'drain'), settled])
    }
    child.stdin.end()
    await closed
  } finally {
    if (!isClosed) child.kill('SIGKILL')
  }
}

/** Signals and cameras that are on already have their turn between two pictures. */
const nextTurn = (): Promise<void> => new Promise((resume) => setImmediate(resume))

/** Resolves when ffmpeg has ended well; throws its words otherwise. */
function ended(child: ReturnType<typeof spawn>): Promise<void> {
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-2000)
  })
  return new Promise((done, failed) => {
    child.once('error', failed)
    child.once('close', (code) =>
      code === 0
        ? done()
        : failed(
            new Error(`ffmpeg could not write the footage: ${words.trim() || `exit ${code}`}`),
          ),
    )
  })
}

/** The row as a decoder shows it in the first picture. */
async function firstRow(ffmpeg: string, file: string): Promise<Buffer> {
  const child = spawn(
    ffmpeg,
    [
      '-loglevel',
      'error',
      '-i',
      file,
      '-frames:v',
      '1',
      '-vf',
      `crop=${WIDTH}:16:0:${OSD_ROW * 16}`,
      '-pix_fmt',
      'yuv420p',
      '-f',
      'rawvideo',
      'pipe:1',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const parts: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => parts.push(part))
  await ended(child)
  const row = Buffer.concat(parts)
  if (row.length !== ROW_BYTES) throw new Error(`a row of ${row.length} bytes, not ${ROW_BYTES}`)
  return row
}
