import { describe, expect, it } from 'vitest'
import { BoxError, createSegmentReader, type Segment } from './boxes.ts'

function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}
const avcC = box('avcC', Buffer.from([1, 0x4d, 0x40, 0x1e, 0xff]))
const stsd = box('stsd', Buffer.alloc(8), box('avc1', Buffer.alloc(78), avcC))
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const mdhd = box('mdhd', Buffer.alloc(12), u32(15_360), Buffer.alloc(8))
const init = Buffer.concat([
  box('ftyp', Buffer.from('iso5')),
  box('moov', box('trak', box('mdia', mdhd, box('minf', box('stbl', stsd))))),
])
/** An access unit delimiter, and a sequence parameter set where there is one. */
const units = (parameters: string): Buffer => {
  const nal = (...bytes: readonly number[]) =>
    Buffer.concat([u32(bytes.length), Buffer.from(bytes)])
  return Buffer.concat([nal(0x09, 0xf0), nal(0x67, ...Buffer.from(parameters)), nal(0x65, 1, 2, 3)])
}

function fragment(isKey: boolean, ticks = 0, content: Buffer = Buffer.alloc(100, 7)): Buffer {
  const tfhd = box(
    'tfhd',
    Buffer.from([0, 0x02, 0, 0x20, 0, 0, 0, 1]),
    Buffer.from([isKey ? 2 : 1, isKey ? 0 : 1, 0, 0]),
  )
  const trun = box('trun', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]))
  const tfdt = box('tfdt', Buffer.from([1, 0, 0, 0]), Buffer.alloc(4), u32(ticks))
  return Buffer.concat([box('moof', box('traf', tfhd, tfdt, trun)), box('mdat', content)])
}
const stream = Buffer.concat([init, fragment(true), fragment(false), fragment(true)])

function read(bytes: Buffer, step: number): Segment[] {
  const reader = createSegmentReader()
  const segments: Segment[] = []
  for (let at = 0; at < bytes.length; at += step)
    segments.push(...reader.push(bytes.subarray(at, at + step)))
  return segments
}

describe('boxes from a pipe', () => {
  it.each([1, 3, 7, 64, 10_000])('come out whole when they go in %i bytes at a time', (step) => {
    const segments = read(stream, step)
    expect(segments.map((s) => (s.kind === 'init' ? s.codec : s.isKey))).toEqual([
      'avc1.4d401e',
      true,
      false,
      true,
    ])
    expect(Buffer.concat(segments.map((s) => s.bytes)).equals(stream)).toBe(true)
  })
  it('tell when they are due and what the decoder has to be set to', () => {
    const bytes = [
      init,
      fragment(true, 15_360, units('a')),
      fragment(false, 23_040),
      fragment(true, 30_720, units('b')),
    ]
    const [, first, second, third] = read(Buffer.concat(bytes), 50)
    expect([first, second, third]).toMatchObject([
      { seconds: 1, parameters: Buffer.from('ga').toString('base64') },
      { seconds: 1.5, parameters: undefined },
      { seconds: 2, parameters: Buffer.from('gb').toString('base64') },
    ])
  })
  it('are refused when they are no boxes', () => {
    expect(() => read(Buffer.from('<html>not found</html>'), 9)).toThrow(BoxError)
  })
  it('are refused when they claim more than is ever held', () => {
    expect(() => read(Buffer.from([0x7f, 0, 0, 0, 0x6d, 0x64, 0x61, 0x74]), 8)).toThrow(/claims/)
  })
})
