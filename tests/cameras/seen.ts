/** Reads a picture as whoever looks at it would: its bars, how bright it is, and what of it is new. */
import { spawnSync } from 'node:child_process'
import { BARS_ROW, readBars } from '../../mock-feeds/footage/bars.ts'
import { ROW_BLOCKS } from '../../mock-feeds/footage/h264.ts'
import { HEIGHT, WIDTH } from '../../mock-feeds/footage/scene.ts'
import { ffmpeg } from './program.ts'

export interface SeenPicture {
  readonly writtenMs: number | undefined
  /** 0 … 255. */
  readonly brightness: number
}

/** Decodes a stream of any kind and tells of each picture; throws ffmpeg's words when it decodes nothing. */
export function decodePictures(stream: Buffer, nowMs: number): readonly SeenPicture[] {
  const { stdout, stderr } = spawnSync(
    ffmpeg(),
    [
      ...'-hide_banner -loglevel error -i pipe:0 -vsync 0'.split(' '),
      '-vf',
      `scale=${WIDTH}:${HEIGHT}`,
      ...'-f rawvideo -pix_fmt gray pipe:1'.split(' '),
    ],
    { input: stream, maxBuffer: 400 * 1024 * 1024 },
  )
  const bytes = WIDTH * HEIGHT
  if (stdout.length < bytes)
    throw new Error(`nothing was decoded: ${stderr.toString().slice(-500)}`)
  return Array.from({ length: Math.floor(stdout.length / bytes) }, (_, at) => {
    const picture = stdout.subarray(at * bytes, (at + 1) * bytes)
    const bars = Array.from(
      { length: ROW_BLOCKS },
      (_block, block) => (picture[(BARS_ROW * 16 + 8) * WIDTH + block * 16 + 8] ?? 0) > 128,
    )
    let sum = 0
    for (let pixel = 0; pixel < bytes; pixel += 97) sum += picture[pixel] ?? 0
    return { writtenMs: readBars(bars, nowMs), brightness: sum / Math.ceil(bytes / 97) }
  })
}
