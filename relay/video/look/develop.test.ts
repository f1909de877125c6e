import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { createSegmentReader } from '../boxes.ts'
import { ffmpegPath } from '../ffmpeg-path.ts'
import { develop } from './develop.ts'

const found = ffmpegPath()
const program =
  found.kind === 'found'
    ? found.ffmpeg
    : { path: '', rtspTimeout: '-timeout' as const, findsNames: true }

/** The first key frames of what ffmpeg draws, a second apart, as a source hands them over. */
function keysOf(picture: string, codec = 'libx264') {
  const made = spawnSync(
    program.path,
    `-loglevel error -f lavfi -i ${picture} -t 1.2 -c:v ${codec} -preset ultrafast -g 10 -keyint_min 10 -x265-params keyint=10:log-level=none -pix_fmt yuv420p -movflags frag_every_frame+empty_moov+default_base_moof -f mp4 pipe:1`.split(
      ' ',
    ),
    { maxBuffer: 1e8 },
  )
  const segments = createSegmentReader().push(made.stdout)
  const init = segments.find(({ kind }) => kind === 'init')
  const keys = segments.filter((segment) => segment.kind === 'fragment' && segment.isKey)
  if (init === undefined) throw new Error(made.stderr.toString())
  return {
    kind: 'taken' as const,
    init: init.bytes,
    keys: keys.slice(0, 2).map(({ bytes }, at) => ({ at: at * 1_000, bytes })),
  }
}
const mean = (greys: Uint8Array): number =>
  greys.reduce((sum, grey) => sum + grey, 0) / greys.length

describe.skipIf(found.kind === 'missing')('key frames that are developed', () => {
  it.each(['libx264', 'libx265'])('become two pictures and a JPEG, from %s', async (codec) => {
    const noisy = 'testsrc=size=960x540:rate=10,noise=alls=8:allf=t'
    const made = await develop(program, keysOf(noisy, codec))
    expect(made?.pictures.map(({ at, greys }) => [at, greys.length])).toEqual([
      [0, 576],
      [1_000, 576],
    ])
    const [first, second] = made?.pictures ?? []
    expect(first?.hash).not.toBe(second?.hash)
    expect(made?.jpeg.subarray(0, 3).toString('hex')).toBe('ffd8ff')
    const size = spawnSync(program.path, '-i pipe:0 -f null -'.split(' '), { input: made?.jpeg })
    expect(size.stderr.toString()).toMatch(/mjpeg.* 640x360/)
  })

  it('are equal to the last pixel where nothing moves, and black where it is dark', async () => {
    const made = await develop(program, keysOf('color=black:size=640x360:rate=10'))
    const [first, second] = made?.pictures ?? []
    expect(first?.hash).toBe(second?.hash)
    expect(mean(first?.greys ?? new Uint8Array([255]))).toBeLessThan(3)
    const white = await develop(program, keysOf('color=white:size=640x360:rate=10'))
    expect(mean(white?.pictures[0]?.greys ?? new Uint8Array([0]))).toBeGreaterThan(250)
  })

  it('are nothing where they are spoiled', async () => {
    const { init, keys } = keysOf('testsrc=size=320x180:rate=10')
    const spoiled = keys.map(({ at, bytes }) => ({ at, bytes: Buffer.alloc(bytes.length, 7) }))
    expect(await develop(program, { kind: 'taken', init, keys: spoiled })).toBeUndefined()
  })
})
