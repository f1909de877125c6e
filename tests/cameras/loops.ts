/** Footage for tests: drawn in moments, and lively where a test looks. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drawLoop, type Loop } from '../../mock-feeds/footage/loops.ts'
import { HEIGHT, WIDTH, type Scene } from '../../mock-feeds/footage/scene.ts'
import { ffmpeg } from './program.ts'

/** Stripes that run over the whole picture, but not where the camera writes. */
export const stripes: Scene = {
  name: 'stripes',
  seconds: 3,
  isScreen: true,
  build() {
    const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4)
    return (phase) => {
      for (let y = 0, at = 0; y < HEIGHT; y += 1)
        for (let x = 0; x < WIDTH; x += 1, at += 4) {
          const run = y < 96 ? 0 : Math.floor(phase * 3 * 80)
          const shade = (x + run) % 80 < 40 ? 190 : 70
          pixels[at] = shade
          pixels[at + 1] = y > 200 ? 120 : shade
          pixels[at + 2] = 90
        }
      return pixels
    }
  },
}

/** A lens that is covered. */
export const black: Scene = {
  name: 'black',
  seconds: 2,
  isScreen: true,
  build: () => {
    const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4)
    return () => pixels
  },
}

/** Draws once and throws the files away: the loop itself is in memory. */
export async function drawForTest(scene: Scene): Promise<Loop> {
  const folder = mkdtempSync(join(tmpdir(), 'flagwall-loop-'))
  try {
    return await drawLoop({ scene, seed: 1 }, { ffmpeg: ffmpeg(), folder })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
