/** Makes film of a still picture, and frames of sound of a file, with ffmpeg; boxes of ten years ago play both. */
import { spawn } from 'node:child_process'
import { audioFrames, pictures } from './transport/times.ts'
import type { Film, Sound } from './transport/slot.ts'

const patienceMs = 60_000
const mostSaid = 500

/** Main@4.0 without B pictures, television range, one key picture at its beginning. */
const filmed = [
  ['-f', 'image2pipe', '-i', 'pipe:0'],
  // Scaled before it is repeated: once, not 48 times.
  '-vf',
  `scale=1920:1080:out_color_matrix=bt709:out_range=tv,format=yuv420p,loop=loop=${pictures - 1}:size=1:start=0`,
  ['-frames:v', String(pictures), '-r', '25'],
  ['-c:v', 'libx264', '-preset', 'superfast', '-tune', 'stillimage'],
  ['-profile:v', 'main', '-level', '4.0', '-g', String(pictures), '-bf', '0'],
  ['-sc_threshold', '0', '-crf', '20'],
  ['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709'],
  '-x264-params',
  'aud=1:threads=1:rc-lookahead=0:sync-lookahead=0:mbtree=0:ref=1:subme=1:me=dia:weightp=0',
  ['-f', 'h264', 'pipe:1'],
].flat()
const sounded = [
  '-vn',
  '-ar',
  '48000',
  '-ac',
  '2',
  '-c:a',
  'aac',
  '-b:a',
  '96k',
  '-f',
  'adts',
  'pipe:1',
]

/** Throws with what ffmpeg said where it makes no film of this. */
export async function filmOf(ffmpeg: string, png: Buffer): Promise<Film> {
  const film = picturesOf(await run(ffmpeg, filmed, png))
  if (film.length !== pictures)
    throw new Error(`ffmpeg made ${film.length} pictures instead of ${pictures}`)
  return film
}

/** All of a file; throws with what ffmpeg said where it can't be heard. */
export async function soundOf(ffmpeg: string, file: string): Promise<Sound> {
  return framesOf(await run(ffmpeg, ['-i', file, ...sounded]))
}

export async function silence(ffmpeg: string): Promise<Sound> {
  const source = ['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo', '-t', '4']
  // The first frame is what the coder begins with.
  return framesOf(await run(ffmpeg, [...source, ...sounded])).slice(1, 1 + audioFrames)
}

/** Each begins with its delimiter, a NAL unit of type 9 (H.264, 7.4.1.2.3). */
export function picturesOf(stream: Buffer): Film {
  const delimiter = Buffer.from([0, 0, 0, 1, 9])
  const starts: number[] = []
  for (let at = stream.indexOf(delimiter); at >= 0; at = stream.indexOf(delimiter, at + 5))
    starts.push(at)
  return starts.map((start, at) => stream.subarray(start, starts[at + 1]))
}

/** ADTS (ISO/IEC 13818-7, 6.2): 13 bits from the fourth byte on are a frame's length. Throws where none begins. */
export function framesOf(stream: Buffer): Sound {
  const frames: Buffer[] = []
  for (let at = 0; at + 7 <= stream.length;) {
    if ((stream.readUInt16BE(at) & 0xfff6) !== 0xfff0)
      throw new Error(`no frame of AAC at byte ${at}`)
    const length = (stream.readUIntBE(at + 3, 3) >> 5) & 0x1fff
    if (length < 7) throw new Error(`a frame of AAC of ${length} bytes at byte ${at}`)
    frames.push(stream.subarray(at, at + length))
    at += length
  }
  return frames
}

async function run(ffmpeg: string, args: readonly string[], input?: Buffer): Promise<Buffer> {
  const child = spawn(ffmpeg, ['-hide_banner', '-loglevel', 'error', '-nostdin', ...args], {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  })
  const parts: Buffer[] = []
  let said = ''
  child.stdout?.on('data', (part: Buffer) => parts.push(part))
  child.stderr
    ?.setEncoding('utf8')
    .on('data', (text: string) => (said = (said + text).slice(-mostSaid)))
  // It may end before it has read everything: its own words say more than the broken pipe.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(input)
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail)
    child.once('close', done)
  })
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}: ${said.trim()}`)
  return Buffer.concat(parts)
}
