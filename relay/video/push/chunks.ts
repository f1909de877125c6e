/** RTMP's chunks: messages cut into pieces and mixed, put together again. Everything is bounded. */

export interface Message {
  readonly type: number
  readonly stream: number
  /** Milliseconds, 32 bits. */
  readonly time: number
  readonly payload: Buffer
}

export class ChunkError extends Error {
  override readonly name = 'ChunkError'
}

export const MESSAGE = {
  chunkSize: 1,
  abort: 2,
  acknowledgement: 3,
  window: 5,
  bandwidth: 6,
  video: 9,
  command3: 17,
  command: 20,
} as const

const MAX_MESSAGE_BYTES = 8 * 1024 * 1024
const MAX_CHUNK_BYTES = 4 * 1024 * 1024
const MAX_CHANNELS = 64
const HEADER_BYTES = [11, 7, 3, 0] as const
const EXTENDED = 0xffffff

interface Channel {
  time: number
  delta: number
  length: number
  type: number
  stream: number
  isExtended: boolean
  parts: Buffer[]
  got: number
}

const newChannel = (): Channel => ({
  time: 0,
  delta: 0,
  length: 0,
  type: 0,
  stream: 0,
  isExtended: false,
  parts: [],
  got: 0,
})

/** Returns what is whole by now. Throws `ChunkError`, and is useless then. */
export function createChunkReader(): (bytes: Buffer) => readonly Message[] {
  const channels = new Map<number, Channel>()
  let chunkBytes = 128
  let rest: Buffer = Buffer.alloc(0)

  /** One chunk from `at` on; undefined while it is not all there. */
  function take(at: number): { readonly next: number; readonly message?: Message } | undefined {
    const first = rest[at]
    if (first === undefined) return undefined
    let id = first & 0x3f
    let next = at + 1
    if (id < 2) {
      const bytes = id + 1
      if (next + bytes > rest.length) return undefined
      id = 64 + rest.readUInt8(next) + (bytes === 2 ? rest.readUInt8(next + 1) * 256 : 0)
      next += bytes
    }
    const format = first >> 6
    const headAt = next
    next += HEADER_BYTES[format] ?? 0
    if (next > rest.length) return undefined
    const known = channels.get(id)
    if (known === undefined && (format !== 0 || channels.size >= MAX_CHANNELS))
      throw new ChunkError('a chunk of a channel that was not opened')
    const channel = known ?? newChannel()
    const short = format < 3 ? rest.readUIntBE(headAt, 3) : 0
    const isExtended = format < 3 ? short === EXTENDED : channel.isExtended
    if (next + (isExtended ? 4 : 0) > rest.length) return undefined
    const told = isExtended ? rest.readUInt32BE(next) : short
    next += isExtended ? 4 : 0
    const length = format < 2 ? rest.readUIntBE(headAt + 3, 3) : channel.length
    if (length > MAX_MESSAGE_BYTES) throw new ChunkError('a message over 8 MB')
    const size = Math.min(chunkBytes, length - channel.got)
    if (next + size > rest.length) return undefined

    // All of it is there: only now the channel is changed.
    channels.set(id, channel)
    channel.isExtended = isExtended
    if (format < 2) {
      channel.length = length
      channel.type = rest.readUInt8(headAt + 6)
    }
    if (format === 0) {
      channel.stream = rest.readUInt32LE(headAt + 7)
      channel.time = told
      channel.delta = 0
    } else if (format < 3) channel.delta = told
    if (channel.got === 0 && format !== 0) channel.time = (channel.time + channel.delta) >>> 0
    channel.parts.push(rest.subarray(next, next + size))
    channel.got += size
    next += size
    if (channel.got < channel.length) return { next }
    const { type, stream, time } = channel
    const payload = Buffer.concat(channel.parts)
    channel.parts = []
    channel.got = 0
    return { next, message: { type, stream, time, payload } }
  }

  /** What concerns the chunks themselves. */
  function obey({ type, payload }: Message): void {
    if (type === MESSAGE.chunkSize && payload.length >= 4) {
      chunkBytes = payload.readUInt32BE(0) & 0x7fffffff
      if (chunkBytes === 0 || chunkBytes > MAX_CHUNK_BYTES) throw new ChunkError('chunks over 4 MB')
    }
    if (type === MESSAGE.abort && payload.length >= 4) {
      const channel = channels.get(payload.readUInt32BE(0))
      if (channel === undefined) return
      channel.parts = []
      channel.got = 0
    }
  }

  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    const messages: Message[] = []
    let at = 0
    for (;;) {
      const taken = take(at)
      if (taken === undefined) break
      at = taken.next
      if (taken.message === undefined) continue
      obey(taken.message)
      messages.push(taken.message)
    }
    rest = rest.subarray(at)
    return messages
  }
}

/** A message of at most 4,096 bytes in one chunk; the reader has to be told of that size first. */
export function writeMessage(type: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(12)
  // Channel 2 is the protocol's own, 3 that of commands.
  head[0] = type < MESSAGE.video ? 2 : 3
  head.writeUIntBE(payload.length, 4, 3)
  head[7] = type
  head.writeUInt32LE(stream, 8)
  return Buffer.concat([head, payload])
}
