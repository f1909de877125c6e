/**
 * The video socket's wire. Client to server and server to client text is JSON; pictures are binary:
 * u8 kind (0 init, 1 fragment that starts with a key frame, 2 fragment), u16 BE source index, bytes.
 * An index is announced by the first `state` message of its source and never reused.
 */

export type ClientMessage =
  | { readonly type: 'watch'; readonly source: string }
  | { readonly type: 'unwatch'; readonly source: string }

export type SourceStatus =
  | { readonly state: 'idle'; readonly since: string }
  | { readonly state: 'connecting'; readonly since: string }
  | {
      readonly state: 'live'
      readonly since: string
      readonly codec: string
      readonly lastFrameAt: string
    }
  | {
      readonly state: 'lost'
      readonly since: string
      readonly error: string
      readonly lastFrameAt?: string
      /** Milliseconds from sending this message to the next attempt; absent while nothing is planned. */
      readonly retryInMs?: number
    }

export type ServerMessage =
  | ({ readonly type: 'state'; readonly source: string; readonly index: number } & SourceStatus)
  | { readonly type: 'refused'; readonly source: string; readonly reason: string }

export const MAX_CONTROL_BYTES = 1024
const MAX_SOURCE_ID = 200

export const FRAME_KIND = { init: 0, key: 1, fragment: 2 } as const
export type FrameKind = keyof typeof FRAME_KIND

export function writeFrame(kind: FrameKind, index: number, bytes: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(3 + bytes.length)
  frame.writeUInt8(FRAME_KIND[kind], 0)
  frame.writeUInt16BE(index, 1)
  bytes.copy(frame, 3)
  return frame
}

/** A message, or a sentence saying why it is none. */
export function readClientMessage(text: string): ClientMessage | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'message is not JSON'
  }
  if (typeof value !== 'object' || value === null) return 'message is not an object'
  if (!('type' in value) || !('source' in value)) return 'message needs type and source'
  const { type, source } = value
  if (typeof source !== 'string' || source.length === 0 || source.length > MAX_SOURCE_ID) {
    return `source must be a string of 1 to ${MAX_SOURCE_ID} characters`
  }
  if (type !== 'watch' && type !== 'unwatch') return 'type must be watch or unwatch'
  return { type, source }
}
