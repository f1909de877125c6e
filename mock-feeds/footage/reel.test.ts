import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BARS_ROW, readBars } from './bars.ts'
import { ffmpegPath } from './ffmpeg-path.ts'
import { drawLoop, FPS, type Loop } from './loops.ts'
import { OSD_ROW } from './osd.ts'
import { createReel, type ReelPlan, type Shot } from './reel.ts'
import { HEIGHT, WIDTH, type Scene } from './scene.ts'

const found = ffmpegPath()
const ffmpeg = found.kind === 'found' ? found.path : ''
const startMs = Date.parse('2026-06-18T09:30:00+08:00')

/** A grey room in which something bright goes from left to right below the camera's words. */
const sliding = (shade: number): Scene => ({
  name: `sliding-${shade}`,
  seconds: 2,
  build() {
    const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4)
    return (phase) => {
      pixels.fill(shade)
      for (let y = 150; y < 250; y += 1)
        pixels.fill(
          240,
          (y * WIDTH + Math.floor(phase * 500)) * 4,
          (y * WIDTH + Math.floor(phase * 500) + 90) * 4,
        )
      return pixels
    }
  },
})

const lumaBytes = WIDTH * HEIGHT
const code = Buffer.from([0, 0, 0, 1])

/** What a decoder makes of the pictures: their brightness, one buffer each. */
function decode(shots: readonly Shot[]): Buffer[] {
  const stream = Buffer.concat(
    shots.flatMap(({ isKey, nals, sps, pps }) =>
      (isKey ? [sps, pps, ...nals] : nals).flatMap((nal) => [code, nal]),
    ),
  )
  const { stdout, stderr } = spawnSync(
    ffmpeg,
    [
      '-loglevel',
      'warning',
      '-f',
      'h264',
      '-i',
      'pipe:0',
      '-vsync',
      '0',
      '-f',
      'rawvideo',
      '-pix_fmt',
      'gray',
      'pipe:1',
    ],
    { input: stream, maxBuffer: 200 * 1024 * 1024 },
  )
  expect(
    stderr
      .toString()
      .replace(/^.*(?:VBV|deprecated|swscaler).*$/gm, '')
      .trim(),
  ).toBe('')
  return Array.from({ length: stdout.length / lumaBytes }, (_, at) =>
    stdout.subarray(at * lumaBytes, (at + 1) * lumaBytes),
  )
}

/** The letters' part of the row: at its edges a decoder smooths over to the neighbours. */
const rowOf = (picture: Buffer, row: number): Buffer =>
  picture.subarray((row * 16 + 3) * WIDTH, (row * 16 + 13) * WIDTH)
const timeIn = (picture: Buffer): number | undefined =>
  readBars(
    Array.from(
      { length: 40 },
      (_, at) => (picture[(BARS_ROW * 16 + 8) * WIDTH + at * 16 + 8] ?? 0) > 128,
    ),
    startMs,
  )

describe.skipIf(found.kind === 'missing')('a camera’s film', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'reel-'))
  let light: Loop
  let shadow: Loop
  beforeAll(async () => {
    light = await drawLoop({ scene: sliding(150), seed: 1 }, { ffmpeg, folder })
    shadow = await drawLoop({ scene: sliding(60), seed: 1 }, { ffmpeg, folder })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function film(plan: Partial<ReelPlan>, seconds: number): readonly Shot[] {
    const reel = createReel({ words: '龙珠村 党群服务中心', loop: () => light, ...plan }, startMs)
    return Array.from({ length: seconds * FPS }, (_, at) =>
      reel.until(startMs + Math.ceil((at * 1000) / FPS)),
    ).flat()
  }

  it('runs past the end of its loop without a gap, fifteen pictures a second', () => {
    const shots = film({}, 5)
    expect(shots).toHaveLength(5 * FPS)
    expect(shots.every(({ atMs }, at) => atMs === Math.round((at * 1000) / FPS))).toBe(true)
    expect(decode(shots)).toHaveLength(5 * FPS)
  })

  it('writes the time, and changes it each second and at no other moment', () => {
    const pictures = decode(film({}, 3))
    const changes = pictures.flatMap((picture, at) => {
      const before = pictures[at - 1]
      return before !== undefined && !rowOf(before, OSD_ROW).equals(rowOf(picture, OSD_ROW))
        ? [at]
        : []
    })
    expect(changes).toEqual([FPS, 2 * FPS])
  })

  it('writes bars that say the moment of each picture', () => {
    const pictures = decode(film({ hasBars: true }, 2))
    expect(pictures.map(timeIn)).toEqual(
      pictures.map((_, at) => Math.floor(startMs + (at * 1000) / FPS)),
    )
    expect(decode(film({}, 1)).map(timeIn)).toEqual(Array.from({ length: FPS }, () => undefined))
  })

  it('changes to another loop at a key picture', () => {
    const pictures = decode(
      film({ loop: (nowMs) => (nowMs < startMs + 1_500 ? light : shadow) }, 4),
    )
    const corners = pictures.map((picture) => (picture[120 * WIDTH + 320] ?? 0) > 100)
    expect(corners.lastIndexOf(true)).toBe(2 * FPS - 1)
    expect(corners.indexOf(false)).toBe(2 * FPS)
  })

  it('shows the very same picture while it is frozen, its clock too', () => {
    const isFrozen = (nowMs: number): boolean => nowMs >= startMs + 1_000
    const pictures = decode(film({ isFrozen }, 4)).slice(FPS + 1)
    expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(1)
  })

  it('begins with a key picture for whoever comes in the middle of a second', () => {
    const reel = createReel({ words: '', loop: () => light }, startMs)
    const shots = reel.until(startMs + 3_500)
    expect(shots.map(({ isKey }) => isKey)).toEqual(Array.from({ length: 8 }, (_, at) => at === 0))
    expect(reel.dueMs()).toBeGreaterThan(startMs + 3_500)
  })
})
