/** Channels of slides as a box receives them: ten minutes of transport stream, and what a player makes of it. */
import { createCanvas } from '@napi-rs/canvas'
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { filmOf, silence } from '../../relay/channel/film.ts'
import { numbered, slotOf, type Film, type Sound } from '../../relay/channel/transport/slot.ts'
import { pids } from '../../relay/channel/transport/tables.ts'
import { audioFrames, pictures, slotMs, slotTicks } from '../../relay/channel/transport/times.ts'
import { ffmpegPath } from '../../relay/video/ffmpeg-path.ts'
import { checkTransport } from '../support/transport-check.ts'

/** As long as those of slides, and nothing that could be seen. */
const film = (keyBytes: number): Film =>
  Array.from({ length: pictures }, (_, at) => Buffer.alloc(at === 0 ? keyBytes : 40 + at, at))
const sound = (bytes: number): Sound =>
  Array.from({ length: audioFrames }, () => Buffer.alloc(bytes, 7))

const slots = [
  slotOf(film(91_000), sound(9)),
  slotOf(film(14_321), sound(262)),
  slotOf(film(120_007), sound(9)),
] as const
/** Ten minutes that begin two minutes before the stamps' 33 bits are full. */
const wrapAt = Math.ceil(2 ** 33 / slotTicks)
const tenMinutes = Array.from({ length: Math.ceil(600_000 / slotMs) }, (_, at) => wrapAt - 60 + at)

function* stream(numbers: readonly number[]): Iterable<Buffer> {
  // Slides of a village, then others: which follows which is never the same.
  for (const n of numbers)
    yield numbered(slots[Math.floor((n * n) / 6) % slots.length] ?? slots[0], n)
}

describe('the transport stream of slides', () => {
  it('has no irregular stamp, counter, clock or table in ten minutes of changing slides', () => {
    const { packets, problems, steps } = checkTransport(stream(tenMinutes))
    expect(problems).toEqual([])
    expect(packets).toBeGreaterThan(100_000)
    expect(new Set(steps.get(pids.video)?.keys())).toEqual(new Set([3_600]))
    expect(new Set(steps.get(pids.audio)?.keys())).toEqual(new Set([11_520]))
  })

  it.each([
    ['a slot that is left out', [10, 11, 13], /goes on by|is shown/],
    ['a slot that comes twice', [10, 11, 11], /goes on by/],
  ])('would be told of %s', (_, numbers, why) => {
    expect(checkTransport(stream(numbers)).problems.join('\n')).toMatch(why)
  })

  it('is told of a packet that is lost', () => {
    const slot = numbered(slots[0], 5)
    const gap = Buffer.concat([slot.subarray(0, 188 * 20), slot.subarray(188 * 21)])
    expect(checkTransport([gap]).problems[0]).toMatch(/goes on from/)
  })

  it('refuses film and sound of another length', () => {
    expect(() => slotOf(film(900).slice(1), sound(9))).toThrow(/47 and 90/)
    expect(() => slotOf(film(900), sound(9).slice(2))).toThrow(/48 and 88/)
  })

  it('is decoded to every picture of every slot, without a word of complaint', async () => {
    const found = ffmpegPath()
    if (found.kind === 'missing') throw new Error(found.sentence)
    const { path } = found.ffmpeg
    const quiet = await silence(path)
    const drawn = await Promise.all(
      ['#7e0f13', '#0b1a2c'].map(async (colour) =>
        slotOf(await filmOf(path, slideOf(colour)), quiet),
      ),
    )
    const parts = [0, 1, 1, 0].map((which, at) =>
      numbered(drawn[which] ?? Buffer.alloc(0), 935_000_000 + at),
    )
    expect(checkTransport(parts).problems).toEqual([])
    const decoded = spawnSync(
      path,
      ['-hide_banner', '-v', 'warning', '-i', 'pipe:0', '-map', '0:v', '-f', 'framemd5', 'pipe:1'],
      { input: Buffer.concat(parts), encoding: 'utf8', maxBuffer: 2 ** 24 },
    )
    expect(decoded.stderr).toBe('')
    const lines = decoded.stdout.split('\n').filter((line) => line.startsWith('0,'))
    expect(lines).toHaveLength(4 * pictures)
    const seen = lines.map((line) => line.split(',').at(-1))
    const first = (slot: number) => seen[slot * pictures]
    expect(first(3)).toBe(first(0))
    expect(first(2)).toBe(first(1))
    expect(first(1)).not.toBe(first(0))
  })

  it('says what ffmpeg said where there is no picture', async () => {
    const found = ffmpegPath()
    if (found.kind === 'missing') throw new Error(found.sentence)
    await expect(filmOf(found.ffmpeg.path, Buffer.from('no picture'))).rejects.toThrow(
      /ffmpeg ended with/,
    )
  })
})

function slideOf(colour: string): Buffer {
  const canvas = createCanvas(1920, 1080)
  const context = canvas.getContext('2d')
  context.fillStyle = colour
  context.fillRect(0, 0, 1920, 1080)
  context.fillStyle = '#f2e3b3'
  context.font = '120px sans-serif'
  context.fillText(`红旗 ${colour}`, 200, 400)
  return canvas.toBuffer('image/png')
}
