/** From key frames to what is judged and shown: ffmpeg decodes them once, and gives their hashes, small greys, and a JPEG. */
import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { Ffmpeg } from '../ffmpeg-path.ts'
import type { Picture } from './judge.ts'
import type { Sample } from './take-sample.ts'

interface Developed {
  readonly pictures: readonly Picture[]
  /** Of the last of them. */
  readonly jpeg: Buffer
}

const GREYS = { width: 32, height: 18 }
const STILL_WIDTH = 640
const PATIENCE_MS = 10_000
/** Stands nowhere else in one. */
const JPEG_BEGINS = Buffer.from([0xff, 0xd8, 0xff])
const MAX_JPEG_BYTES = 300_000

/** Undefined where nothing can be made of them. */
export async function develop(
  { path }: Ffmpeg,
  { init, keys }: Extract<Sample, { readonly kind: 'taken' }>,
): Promise<Developed | undefined> {
  // One after the other, whatever time lies between them: no picture is to be doubled or left out.
  const graph = [
    '[0:v:0]setpts=N/(25*TB),split=3[hashed][small][shown]',
    `[small]scale=${GREYS.width}:${GREYS.height},format=gray[greys]`,
    `[shown]scale=min(${STILL_WIDTH}\\,iw):-2[still]`,
  ].join(';')
  const child = spawn(
    path,
    [
      ...'-hide_banner -loglevel error -protocol_whitelist pipe -f mp4 -i pipe:0'.split(' '),
      '-filter_complex',
      graph,
      ...'-map [hashed] -r 25 -f framemd5 pipe:3'.split(' '),
      ...'-map [greys] -r 25 -f rawvideo pipe:1'.split(' '),
      ...'-map [still] -r 25 -c:v mjpeg -q:v 5 -f image2pipe pipe:4'.split(' '),
    ],
    { stdio: ['pipe', 'pipe', 'ignore', 'pipe', 'pipe'] },
  )
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  const ended = new Promise<void>((done) => {
    child.once('error', () => done())
    child.once('close', () => done())
  })
  // A program that has ended reads no more; what it wrote says whether that was enough.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(Buffer.concat([init, ...keys.map(({ bytes }) => bytes)]))
  const [hashText, greys, jpegs] = await Promise.all([
    collect(child.stdio[3]),
    collect(child.stdout),
    collect(child.stdio[4]),
  ])
  await ended
  clearTimeout(timer)

  const hashes = hashText
    .toString('latin1')
    .split('\n')
    .flatMap((line) =>
      line.startsWith('#') ? [] : (/([0-9a-f]{32})$/.exec(line.trim())?.[1] ?? []),
    )
  const size = GREYS.width * GREYS.height
  const pictures = keys.flatMap(({ at }, index): Picture[] => {
    const hash = hashes[index]
    const own = greys.subarray(index * size, (index + 1) * size)
    return hash === undefined || own.length < size ? [] : [{ at, hash, greys: new Uint8Array(own) }]
  })
  const jpeg = jpegs.subarray(Math.max(0, jpegs.lastIndexOf(JPEG_BEGINS)))
  const isJpeg = jpeg.length > 100 && jpeg.length <= MAX_JPEG_BYTES
  return pictures.length === 0 || !isJpeg ? undefined : { pictures, jpeg }
}

async function collect(stream: unknown): Promise<Buffer> {
  const chunks: Buffer[] = []
  // The types of extra pipes are those of sockets, which read as well as write.
  for await (const chunk of stream as Readable) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
