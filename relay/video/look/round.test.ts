import { spawnSync } from 'node:child_process'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createSegmentReader } from '../boxes.ts'
import { ffmpegPath } from '../ffmpeg-path.ts'
import type { Source } from '../source.ts'
import { createRound, type Round } from './round.ts'
import type { Sample } from './take-sample.ts'

const found = ffmpegPath()
const program = found.kind === 'found' ? found.ffmpeg : undefined
const soon = { timeout: 15_000, interval: 20 }

describe.skipIf(program === undefined)('the round', { timeout: 40_000 }, () => {
  let init: Uint8Array
  /** Key frames of a picture with noise: no two of them are equal. */
  let noisy: readonly Uint8Array[]
  /** The first of them again and again. */
  let hung: readonly Uint8Array[]
  let round: Round
  let at = Date.parse('2026-06-18T09:00:00+08:00')
  const asked: string[] = []
  let together = 0
  let most = 0
  let shown: (id: string) => Sample

  function start(cameras: ReadonlyMap<string, unknown>, minutes = 0.01): void {
    round = createRound({
      ffmpeg: program,
      find: (id) => ({ name: id }) as Source,
      onChange: () => undefined,
      log: (line) => expect.fail(line),
      now: () => at,
      clock: () => performance.now(),
      doubtMs: 20,
      tickMs: 10,
      async sample({ name }) {
        asked.push(name)
        together += 1
        most = Math.max(most, together)
        await new Promise((resume) => setTimeout(resume, 5))
        together -= 1
        at += 20_000
        return shown(name)
      },
    })
    round.follow(cameras, minutes)
  }
  const taken = (...keys: readonly Uint8Array[]): Sample => ({
    kind: 'taken',
    init,
    keys: keys.map((bytes, index) => ({ at: at + index * 1_000, bytes })),
  })
  let next = 0
  const living = (): Sample => {
    next += 2
    return taken(
      noisy[next % noisy.length] ?? new Uint8Array(),
      noisy[(next + 1) % noisy.length] ?? new Uint8Array(),
    )
  }
  const stateOf = (id: string) => round.health(id)?.state

  beforeAll(() => {
    const draw = (picture: string) => {
      const made = spawnSync(
        program?.path ?? '',
        `-loglevel error -f lavfi -i ${picture} -t 2 -c:v libx264 -preset ultrafast -qp 20 -g 1 -pix_fmt yuv420p -movflags frag_every_frame+empty_moov+default_base_moof -f mp4 pipe:1`.split(
          ' ',
        ),
        { maxBuffer: 1e8 },
      )
      const segments = createSegmentReader().push(made.stdout)
      init = segments[0]?.bytes ?? new Uint8Array()
      return segments.slice(1).map(({ bytes }) => bytes)
    }
    const scene = 'testsrc=size=160x90:rate=10,noise=alls=8:allf=t'
    noisy = draw(scene)
    hung = draw(`${scene},loop=loop=-1:size=1`)
  })
  afterEach(() => {
    round.stop()
    asked.length = 0
    most = 0
  })

  it('makes a still of each camera and says that it is well', async () => {
    shown = living
    start(
      new Map([
        ['a', 1],
        ['b', 1],
      ]),
    )
    expect([stateOf('a'), stateOf('none')]).toEqual(['unknown', undefined])
    await vi.waitFor(() => expect([stateOf('a'), stateOf('b')]).toEqual(['ok', 'ok']), soon)
    const still = round.still('a')
    expect(still?.jpeg.toString('hex', 0, 3)).toBe('ffd8ff')
    expect(round.stillOf('a')?.url).toBe(`/v1/video/a/still.jpg?v=${still?.tag}`)
    await vi.waitFor(() => expect(round.still('a')?.tag).not.toBe(still?.tag), soon)
  })

  it('looks again soon where a camera is in doubt, until it knows: it hangs, and lives again', async () => {
    shown = living
    start(new Map([['a', 1]]), 0.005)
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(12), soon)
    shown = () => taken(...hung.slice(0, 2))
    await vi.waitFor(() => expect(stateOf('a')).toBe('frozen'), soon)
    shown = living
    await vi.waitFor(() => expect(stateOf('a')).toBe('ok'), soon)
  })

  it('says what it heard of one that is lost, keeps its last still, and takes no full machine for its fault', async () => {
    shown = living
    start(
      new Map([
        ['a', 1],
        ['b', 1],
      ]),
      0.005,
    )
    await vi.waitFor(() => expect([stateOf('a'), stateOf('b')]).toEqual(['ok', 'ok']), soon)
    shown = (id) => (id === 'a' ? { kind: 'missed', why: '信号源拒绝连接' } : { kind: 'busy' })
    await vi.waitFor(() => expect(stateOf('a')).toBe('lost'), soon)
    expect(round.health('a')).toMatchObject({ why: '信号源拒绝连接', lastOkAt: expect.any(String) })
    expect([stateOf('b'), round.still('a') === undefined]).toEqual(['ok', false])
  })

  it('looks at few at a time, and at as many as its period asks for', async () => {
    shown = living
    const many = new Map(Array.from({ length: 12 }, (_, index) => [`cam-${index}`, 1]))
    start(many, 10)
    await vi.waitFor(() => expect(round.stats().looks).toBe(12), soon)
    expect([most, new Set(asked).size, asked.length]).toEqual([1, 12, 12])
    round.stop()
    start(many, 0.001)
    await vi.waitFor(() => expect(round.stats().looks).toBeGreaterThan(12), soon)
    expect(most).toBe(4)
  })

  it('forgets a camera that stands elsewhere, and looks at none where it is told so', async () => {
    shown = living
    start(
      new Map([
        ['a', 1],
        ['b', 1],
      ]),
    )
    await vi.waitFor(() => expect([stateOf('a'), stateOf('b')]).toEqual(['ok', 'ok']), soon)
    round.follow(new Map([['a', 2]]), 0)
    expect([stateOf('a'), stateOf('b')]).toEqual(['unknown', undefined])
    expect([round.still('a'), round.still('b')]).toEqual([undefined, undefined])
    await vi.waitFor(() => expect(together).toBe(0), soon)
    const before = asked.length
    await new Promise((resume) => setTimeout(resume, 600))
    expect(asked).toHaveLength(before)
  })
})
