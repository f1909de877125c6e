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
const init = Buffer.concat([
  box('ftyp', Buffer.from('iso5')),
  box('moov', box('trak', box('mdia', box('minf', box('stbl', stsd))))),
])

function fragment(isKey: boolean): Buffer {
  const tfhd = box(
    'tfhd',
    Buffer.from([0, 0x02, 0, 0x20, 0, 0, 0, 1]),
    Buffer.from([isKey ? 2 : 1, isKey ? 0 : 1, 0, 0]),
  )
  const trun = box('trun', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]))
  return Buffer.concat([box('moof', box('traf', tfhd, trun)), box('mdat', Buffer.alloc(100, 7))])
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
  it('are refused when they are no boxes', () => {
    expect(() => read(Buffer.from('<html>not found</html>'), 9)).toThrow(BoxError)
  })
  it('are refused when they claim more than is ever held', () => {
    expect(() => read(Buffer.from([0x7f, 0, 0, 0, 0x6d, 0x64, 0x61, 0x74]), 8)).toThrow(/claims/)
  })
})
