/** A county's cameras for the parts that look at video: each 640 × 360 at 15 pictures a second, H.264, the time in every picture as bars. */
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { flvHead, flvPicture } from '../../mock-feeds/footage/flv.ts'
import { FPS, type Loop } from '../../mock-feeds/footage/loops.ts'
import { startPublisher, type Publisher } from '../../mock-feeds/footage/publisher.ts'
import { createReel } from '../../mock-feeds/footage/reel.ts'
import { hall } from '../../mock-feeds/footage/scenes/hall.ts'
import { drawForTest } from '../cameras/loops.ts'
import { ffmpeg } from '../cameras/program.ts'
import type { Bench } from './measure.ts'

export const drawHall = (): Promise<Loop> => drawForTest(hall)

export async function publish(
  bench: Bench,
  {
    loop,
    ids,
    port = 0,
  }: { readonly loop: Loop; readonly ids: readonly string[]; readonly port?: number },
): Promise<Publisher> {
  const publisher = await startPublisher({
    cameras: ids.map((id, at) => ({
      id,
      words: id,
      loop: () => loop,
      offsetSeconds: at,
      hasBars: true,
    })),
    port,
  })
  bench.atEnd(() => publisher.stop())
  return publisher
}

/** The same pictures as a file that a browser plays by itself. */
export function writeFilm(loop: Loop, file: string, seconds: number): void {
  const reel = createReel({ words: '影片', loop: () => loop, hasBars: true }, 0)
  const parts = [flvHead(loop.stream.sps, loop.stream.pps)]
  for (let number = 0; number < seconds * FPS; number += FPS)
    for (const { atMs, isKey, nals } of reel.until(((number + FPS - 1) * 1000) / FPS + 1))
      parts.push(flvPicture(atMs, isKey, nals))
  mkdirSync(dirname(file), { recursive: true })
  const made = spawnSync(
    ffmpeg(),
    `-y -loglevel error -f flv -i pipe:0 -c copy -movflags faststart ${file}`.split(' '),
    { input: Buffer.concat(parts) },
  )
  if (made.status !== 0) throw new Error(`no film: ${made.stderr.toString()}`)
}
