/**
 * One message to many screens: its frame is encoded once and handed to each socket's sender. That is the private
 * way that Socket.IO's own adapter ends in, without the queue, the packet and the callbacks of each socket before it,
 * which cost as much again as the write. A socket that has anything queued is served by Socket.IO itself, in order.
 */
import type { Server, Socket } from 'socket.io'
import { WebSocket } from 'ws'
import type { Patch, ToRelay, ToScreen } from '../../protocol/frames.ts'

export type ScreenSocket = Socket<ToRelay, ToScreen>

/** What is private in the types of Engine.IO and ws. */
interface Connection {
  readonly readyState: string
  readonly writeBuffer: { readonly length: number }
  readonly transport: { readonly writable: boolean; readonly socket?: Partial<Wire> }
}
interface Wire {
  readonly bufferedAmount: number
  readonly readyState: number
  readonly _sender: { sendFrame(parts: readonly Uint8Array[]): void }
}

/** The WebSocket under a socket; undefined where a version of Socket.IO keeps it elsewhere. */
function wireOf({ transport }: Connection): Wire | undefined {
  const { socket } = transport
  return typeof socket?._sender?.sendFrame === 'function' ? (socket as Wire) : undefined
}

// The compiler can't follow: the classes declare these members private or not at all.
const connectionOf = ({ conn }: ScreenSocket): Connection => conn as unknown as Connection

/** Bytes that were sent to a screen and that its socket has not taken. */
export function bufferedBytes(socket: ScreenSocket): number {
  return wireOf(connectionOf(socket))?.bufferedAmount ?? 0
}

/** Sends a patch to each of the sockets. */
export function broadcast(
  io: Server<ToRelay, ToScreen>,
  sockets: Iterable<ScreenSocket>,
  patch: Patch,
): void {
  let frame: readonly Uint8Array[] | undefined
  const queued: string[] = []
  for (const socket of sockets) {
    const connection = connectionOf(socket)
    const isFree = connection.writeBuffer.length === 0 && connection.transport.writable
    const wire = isFree ? wireOf(connection) : undefined
    if (wire === undefined) queued.push(socket.id)
    else if (connection.readyState === 'open' && wire.readyState === WebSocket.OPEN)
      wire._sender.sendFrame((frame ??= [frameOf('patch', patch)]))
  }
  if (queued.length > 0) io.to(queued).emit('patch', patch)
}

const textFrame = 0x81

/** An unmasked WebSocket text frame (RFC 6455 §5.2) around Engine.IO's message (4) of Socket.IO's event (2). */
function frameOf(name: keyof ToScreen, message: object): Uint8Array {
  const payload = Buffer.from(`42${JSON.stringify([name, message])}`)
  const { length } = payload
  const head =
    length < 126
      ? Buffer.from([textFrame, length])
      : length < 65_536
        ? Buffer.from([textFrame, 126, length >> 8, length & 0xff])
        : Buffer.from([textFrame, 127, 0, 0, 0, 0, 0, 0, 0, 0])
  if (length >= 65_536) head.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([head, payload])
}
