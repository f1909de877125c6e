/** A moving picture with noise, as a camera has it, for tests that need some picture and no more. */
import { spawnSync } from 'node:child_process'
import { ffmpegPath } from '../../mock-feeds/footage/ffmpeg-path.ts'

export function ffmpegProgram(): string {
  const found = ffmpegPath()
  if (found.kind === 'missing') throw new Error(found.sentence)
  return found.path
}

interface LoopOptions {
  readonly seconds?: number
  readonly codec?: 'libx264' | 'libx265'
  /** An ffmpeg source of pictures. */
  readonly picture?: string
}

export function makeLoop(
  file: string,
  { seconds = 4, codec = 'libx264', picture = 'testsrc=size=320x180:rate=15' }: LoopOptions = {},
): void {
  const keys =
    codec === 'libx264'
      ? ['-g', '15', '-bf', '0']
      : ['-x265-params', 'keyint=15:bframes=0:log-level=none']
  const made = spawnSync(ffmpegProgram(), [
    ...`-y -loglevel error -f lavfi -i ${picture} -t ${seconds} -c:v ${codec}`.split(' '),
    ...keys,
    ...`-preset ultrafast -pix_fmt yuv420p ${file}`.split(' '),
  ])
  if (made.status !== 0) throw new Error(`no loop: ${made.stderr.toString()}`)
}
