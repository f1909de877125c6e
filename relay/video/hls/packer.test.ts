import { expect, it } from 'vitest'
import { createStore } from '../picture-store.ts'
import { createPacker } from './packer.ts'

const at = Date.parse('2026-06-18T09:00:00+08:00')
const store = createStore(10_000)
const packer = () => createPacker({ store, now: () => at })
const init = new Uint8Array([1])

/** Twenty-five frames a second with a key frame every so many seconds. */
function play(
  to: ReturnType<typeof packer>,
  { from = 0, seconds = 10, keys = 1 }: { from?: number; seconds?: number; keys?: number },
): void {
  for (let frame = 0; frame < seconds * 25; frame += 1)
    to.push(new Uint8Array(2), { isKey: frame % (keys * 25) === 0, seconds: from + frame / 25 })
}
const lines = (of: ReturnType<typeof packer>): readonly string[] =>
  (of.playlist() ?? '').trim().split('\n')
const lengths = (of: ReturnType<typeof packer>) =>
  lines(of).flatMap((line) => /^#EXTINF:([\d.]+)/.exec(line)?.[1] ?? [])

it('makes segments of a second where the camera sends a key frame each second, and keeps few', () => {
  const hls = packer()
  expect(hls.playlist()).toBeUndefined()
  hls.begin(init)
  play(hls, { seconds: 20 })
  expect(lengths(hls)).toEqual(Array.from({ length: 6 }, () => '1.000'))
  expect(lines(hls).slice(0, 6)).toEqual([
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-TARGETDURATION:1',
    '#EXT-X-MEDIA-SEQUENCE:13',
    '#EXT-X-DISCONTINUITY-SEQUENCE:0',
    '#EXT-X-MAP:URI="init-1.mp4"',
  ])
  expect(lines(hls)).toContain('#EXT-X-PROGRAM-DATE-TIME:2026-06-18T09:00:00+08:00')
  expect(hls.part('init-1.mp4')).toEqual(init)
  expect(hls.part('18.m4s')).toHaveLength(50)
  // One that has just left the list is still there, an older one is not.
  expect([hls.part('11.m4s')?.length, hls.part('9.m4s')]).toEqual([50, undefined])
  for (const none of ['19.m4s', 'init-2.mp4', '../18.m4s', '18', 'x.m4s', ''])
    expect(hls.part(none)).toBeUndefined()
  hls.drop()
  expect(store.used()).toBe(0)
})

it('waits for the camera’s own key frames, however seldom, but not for ever', () => {
  const four = packer()
  four.begin(init)
  play(four, { seconds: 21, keys: 4 })
  expect(lengths(four)).toEqual(['4.000', '4.000', '4.000', '4.000', '4.000'])
  const never = packer()
  never.begin(init)
  play(never, { seconds: 25, keys: 100 })
  expect(lengths(never)).toEqual(['10.000', '10.000'])
  four.drop()
  never.drop()
})

it('says where the pictures begin anew, and counts what has left the list', () => {
  const hls = packer()
  hls.begin(init)
  play(hls, { seconds: 3 })
  hls.begin(new Uint8Array([2]))
  play(hls, { seconds: 3 })
  expect(lines(hls).filter((line) => /MAP|DISCONTINUITY$/.test(line))).toEqual([
    '#EXT-X-MAP:URI="init-1.mp4"',
    '#EXT-X-DISCONTINUITY',
    '#EXT-X-MAP:URI="init-2.mp4"',
  ])
  play(hls, { from: 3, seconds: 12 })
  expect(lines(hls)).toContain('#EXT-X-DISCONTINUITY-SEQUENCE:1')
  expect(hls.part('init-1.mp4')).toBeUndefined()
  hls.drop()
})

it('takes a leap of the camera’s clock for what it is', () => {
  const hls = packer()
  hls.begin(init)
  play(hls, { seconds: 2 })
  play(hls, { from: 4_000, seconds: 2 })
  play(hls, { from: 7, seconds: 2 })
  expect(Math.max(...lengths(hls).map(Number))).toBeLessThan(1.1)
  expect(lines(hls).filter((line) => line === '#EXT-X-DISCONTINUITY')).toHaveLength(2)
  hls.drop()
})

it('leaves out what all sources together have no room for, and gives everything back', () => {
  const full = createStore(120)
  const hls = createPacker({ store: full, now: () => at })
  hls.begin(init)
  play(hls, { seconds: 6 })
  expect(full.used()).toBeLessThanOrEqual(120)
  hls.drop()
  expect(full.used()).toBe(0)
})
