/** One connection of a phone that pushes: handshake, a few commands, and then its pictures. */
import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { AmfError, readAmf, writeAmf, type AmfValue } from './amf.ts'
import { ChunkError, createChunkReader, MESSAGE, writeMessage, type Message } from './chunks.ts'

interface SessionOptions {
  readonly socket: Socket
  /** Whether somebody may push with such a stream key. */
  publish(key: string): boolean
  video(payload: Buffer, time: number): void
  /** Exactly once; undefined where it just ended. */
  onEnd(why: string | undefined): void
}

const HANDSHAKE_BYTES = 1536
const WINDOW_BYTES = 2_500_000
const CHUNK_BYTES = 4_096
const HELLO_MS = 10_000
const SILENT_MS = 15_000
const STREAM = 1

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export function openSession({ socket, publish, video, onEnd }: SessionOptions): void {
  const readChunks = createChunkReader()
  let state: 'hello' | 'answered' | 'open' | 'publishing' = 'hello'
  let held: Buffer = Buffer.alloc(0)
  let window = WINDOW_BYTES
  let received = 0
  let acknowledged = 0
  let why: string | undefined

  socket.setNoDelay(true)
  socket.setTimeout(SILENT_MS, () => end('nothing came for 15 s'))
  const hello = setTimeout(() => {
    if (state !== 'publishing') end('it did not begin to push within 10 s')
  }, HELLO_MS)

  function end(reason?: string): void {
    why ??= reason
    // What refuses it goes out first.
    socket.end()
    socket.destroySoon()
  }

  const send = (type: number, stream: number, payload: Buffer): void =>
    void socket.write(writeMessage(type, stream, payload))
  const answer = (...values: readonly AmfValue[]): void =>
    send(MESSAGE.command, 0, writeAmf(...values))
  const tell = (level: 'status' | 'error', code: string): void =>
    send(MESSAGE.command, STREAM, writeAmf('onStatus', 0, null, { level, code, description: code }))

  function connect(transaction: AmfValue): void {
    send(MESSAGE.window, 0, u32(WINDOW_BYTES))
    send(MESSAGE.bandwidth, 0, Buffer.concat([u32(WINDOW_BYTES), Buffer.from([2])]))
    send(MESSAGE.chunkSize, 0, u32(CHUNK_BYTES))
    answer(
      '_result',
      transaction,
      { fmsVer: 'FMS/3,0,1,123', capabilities: 31 },
      {
        level: 'status',
        code: 'NetConnection.Connect.Success',
        description: 'Connected',
        objectEncoding: 0,
      },
    )
  }

  function command(payload: Buffer): void {
    const [name, transaction = 0, , key] = readAmf(payload)
    switch (name) {
      case 'connect':
        return connect(transaction)
      case 'createStream':
        return answer('_result', transaction, null, STREAM)
      case 'publish': {
        // Some phones put what they know of themselves behind it.
        const given = typeof key === 'string' ? (key.split('?')[0] ?? '') : ''
        if (state === 'publishing' || !publish(given)) {
          tell('error', 'NetStream.Publish.BadName')
          return end('its stream key is of no camera')
        }
        state = 'publishing'
        return tell('status', 'NetStream.Publish.Start')
      }
      case 'deleteStream':
      case 'closeStream':
      case 'FCUnpublish':
        return end()
      case 'play':
        return end('it wants to watch')
      case 'releaseStream':
      case 'FCPublish':
        return answer('_result', transaction, null)
      default:
        return undefined
    }
  }

  function obey({ type, payload, time }: Message): void {
    if (type === MESSAGE.video && state === 'publishing') video(payload, time)
    else if (type === MESSAGE.window && payload.length >= 4)
      window = Math.max(1_024, payload.readUInt32BE(0))
    else if (type === MESSAGE.command) command(payload)
    // The same behind a byte of no meaning.
    else if (type === MESSAGE.command3) command(payload.subarray(1))
  }

  function chunks(bytes: Buffer): void {
    for (const message of readChunks(bytes)) obey(message)
    if (received - acknowledged < window / 2) return
    acknowledged = received
    send(MESSAGE.acknowledgement, 0, u32(received >>> 0))
  }

  /** Returns what is behind the handshake; undefined while that is not over. */
  function shakeHands(bytes: Buffer): Buffer | undefined {
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes])
    if (state === 'hello') {
      if (held[0] !== undefined && held[0] !== 3) throw new ChunkError('it speaks no RTMP')
      if (held.length < 1 + HANDSHAKE_BYTES) return undefined
      const theirs = held.subarray(1, 1 + HANDSHAKE_BYTES)
      const own = Buffer.concat([Buffer.alloc(8), randomBytes(HANDSHAKE_BYTES - 8)])
      socket.write(Buffer.concat([Buffer.from([3]), own, theirs]))
      held = held.subarray(1 + HANDSHAKE_BYTES)
      state = 'answered'
    }
    if (held.length < HANDSHAKE_BYTES) return undefined
    state = 'open'
    return held.subarray(HANDSHAKE_BYTES)
  }

  socket.on('data', (bytes: Buffer) => {
    received += bytes.length
    try {
      const behind = state === 'hello' || state === 'answered' ? shakeHands(bytes) : bytes
      if (behind !== undefined) chunks(behind)
    } catch (error) {
      if (!(error instanceof ChunkError || error instanceof AmfError)) throw error
      end(error.message)
    }
  })
  // A broken connection is closed next.
  socket.on('error', () => undefined)
  socket.on('close', () => {
    clearTimeout(hello)
    onEnd(why)
  })
}
