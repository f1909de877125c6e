/** Writes H.264 as FLV, the way gateways hand it on over HTTP and WebSocket: Adobe's FLV 10.1, annex E. */

/** File header, and the tag that holds the parameter sets. */
export function flvHead(sps: Buffer, pps: Buffer): Buffer {
  const config = Buffer.concat([
    Buffer.from([1, sps[1] ?? 0, sps[2] ?? 0, sps[3] ?? 0, 0xff, 0xe1]),
    sized(2, sps),
    Buffer.from([1]),
    sized(2, pps),
  ])
  return Buffer.concat([
    Buffer.from([0x46, 0x4c, 0x56, 1, 1, 0, 0, 0, 9, 0, 0, 0, 0]),
    tag(0, Buffer.from([0x17, 0, 0, 0, 0]), [config]),
  ])
}

/** One picture; `atMs` is its moment. */
export function flvPicture(atMs: number, isKey: boolean, nals: readonly Buffer[]): Buffer {
  return tag(
    atMs,
    Buffer.from([isKey ? 0x17 : 0x27, 1, 0, 0, 0]),
    nals.map((nal) => sized(4, nal)),
  )
}

function sized(width: 2 | 4, bytes: Buffer): Buffer {
  const head = Buffer.alloc(width)
  head.writeUIntBE(bytes.length, 0, width)
  return Buffer.concat([head, bytes])
}

function tag(atMs: number, head: Buffer, parts: readonly Buffer[]): Buffer {
  const size = head.length + parts.reduce((sum, part) => sum + part.length, 0)
  const start = Buffer.alloc(11)
  start[0] = 9
  start.writeUIntBE(size, 1, 3)
  start.writeUIntBE(atMs & 0xffffff, 4, 3)
  start[7] = (atMs >> 24) & 0xff
  const end = Buffer.alloc(4)
  end.writeUInt32BE(size + 11)
  return Buffer.concat([start, head, ...parts, end])
}
