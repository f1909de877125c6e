/**
 * Live video: cameras as an audience sees them, and the wire of the video socket, `/v1/video?scope=431128`.
 *
 * Text is JSON, one message a frame. Pictures are binary: u8 kind (0 init, 1 fragment that begins with a key frame, 2
 * fragment), u16 BE index of the source, then the bytes of fragmented MP4. An index is told by the first `state` of its
 * source and never used for another. The relay says `cameras` first, without being asked.
 */
import { Type, type Static, type TObject } from 'typebox'
import { Id, Instant, oneOf, strict, Text } from './fields.ts'

/** How a camera is reached; `gateway` stands for one that a WVP, ZLMediaKit or SRS is asked for. */
export const cameraKinds = [
  'file',
  'rtsp',
  'rtmp',
  'rtmp-push',
  'hls',
  'http-flv',
  'http-ts',
  'ws-flv',
  'ws-fmp4',
  'whep',
  'gateway',
] as const

/** `dark`: nothing but black; `frozen`: the same picture again and again; `lost`: no picture; `unknown`: nobody has looked yet. */
export const healthStates = ['unknown', 'ok', 'dark', 'frozen', 'lost'] as const

export const CameraHealth = Type.Object(
  {
    state: oneOf(...healthStates),
    since: Instant,
    /** When a good picture was last seen. */
    lastOkAt: Type.Optional(Instant),
    /** In Chinese, for a screen; names no address. */
    why: Type.Optional(Type.String({ maxLength: 120 })),
  },
  strict,
)
export type CameraHealth = Static<typeof CameraHealth>

/** What is watched: a camera's id, or the id and `@main` for its large picture where it has two. */
export const SourceId = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}(@main)?$' })

/** One row of the list. Never an address, a user, a password or what a gateway calls it. */
export const Camera = Type.Object(
  {
    id: Id,
    /** Division (GB/T 2260). */
    county: Type.String({ pattern: '^\\d{6}$' }),
    organization: Type.String({ minLength: 1, maxLength: 128 }),
    title: Text(60),
    kind: oneOf(...cameraKinds),
    /** Somebody signed for it: public screens may show it. */
    isPublic: Type.Boolean(),
    health: CameraHealth,
    /** A JPEG; the address changes with the picture. */
    still: Type.Optional(
      Type.Object({ at: Instant, url: Type.String({ maxLength: 200 }) }, strict),
    ),
    /** `relay`: watch it on the video socket, or by HLS. `whep`: POST an offer to `/v1/video/ID/whep`. */
    play: oneOf('relay', 'whep'),
    /** What to watch for a large picture; equal to `id` where there is one stream only. */
    large: SourceId,
  },
  strict,
)
export type Camera = Static<typeof Camera>

/** screen → relay */
export const VideoRequest = Type.Object(
  { type: oneOf('watch', 'unwatch'), source: SourceId },
  strict,
)
export type VideoRequest = Static<typeof VideoRequest>

const Why = Type.String({ maxLength: 200 })
const since = { since: Instant }
const quiet = { state: oneOf('idle', 'connecting'), ...since }
/** It comes by itself as soon as the relay has a place for it. */
const waiting = { state: Type.Literal('waiting'), ...since, error: Why }
const live = {
  state: Type.Literal('live'),
  ...since,
  codec: Type.String({ maxLength: 40 }),
  lastFrameAt: Instant,
}
const lost = {
  state: Type.Literal('lost'),
  ...since,
  error: Why,
  lastFrameAt: Type.Optional(Instant),
  /** Milliseconds from this message to the next attempt; absent while none is planned. */
  retryInMs: Type.Optional(Type.Integer({ minimum: 0 })),
}

/** How a source fares. */
export type SourceStatus =
  | Static<TObject<typeof quiet>>
  | Static<TObject<typeof waiting>>
  | Static<TObject<typeof live>>
  | Static<TObject<typeof lost>>

const told = {
  type: Type.Literal('state'),
  source: SourceId,
  index: Type.Integer({ minimum: 0, maximum: 0xffff }),
}

/** relay → screen */
export const VideoMessage = Type.Union([
  Type.Object({ ...told, ...quiet }, strict),
  Type.Object({ ...told, ...waiting }, strict),
  Type.Object({ ...told, ...live }, strict),
  Type.Object({ ...told, ...lost }, strict),
  /** Not watched: not allowed, not there, or one too many. */
  Type.Object({ type: Type.Literal('refused'), source: SourceId, reason: Why }, strict),
  /** Watched until now, and not any more: its clearance was revoked, or the camera was removed. */
  Type.Object({ type: Type.Literal('closed'), source: SourceId, reason: Why }, strict),
  /** The cameras that this socket may see: all of them where `isWhole`, else those that changed and the ids of those that are gone. */
  Type.Object(
    {
      type: Type.Literal('cameras'),
      isWhole: Type.Boolean(),
      rows: Type.Array(Camera, { maxItems: 5_000 }),
      gone: Type.Array(Id, { maxItems: 5_000 }),
    },
    strict,
  ),
])
export type VideoMessage = Static<typeof VideoMessage>

export const requestBytesMost = 1_024

export const pictureKinds = ['init', 'key', 'fragment'] as const
export type PictureKind = (typeof pictureKinds)[number]

export interface PictureFrame {
  readonly kind: PictureKind
  readonly index: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

const headBytes = 3

export function writePicture(
  kind: PictureKind,
  index: number,
  bytes: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(headBytes + bytes.length)
  frame[0] = pictureKinds.indexOf(kind)
  frame[1] = index >> 8
  frame[2] = index & 0xff
  frame.set(bytes, headBytes)
  return frame
}

/** Undefined where it is none. */
export function readPicture(frame: ArrayBuffer): PictureFrame | undefined {
  if (frame.byteLength < headBytes) return undefined
  const head = new DataView(frame)
  const kind = pictureKinds[head.getUint8(0)]
  if (kind === undefined) return undefined
  return { kind, index: head.getUint16(1), bytes: new Uint8Array(frame, headBytes) }
}
