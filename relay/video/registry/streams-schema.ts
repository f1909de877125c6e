/** What may stand in `streams.yaml`; CONTRIBUTING.md shows it to whoever writes one. */
import { Type, type Static, type TProperties } from 'typebox'
import { Compile } from 'typebox/compile'
import { Id, Instant, oneOf, strict, Text } from '../../../protocol/fields.ts'
import { cameraKinds } from '../../../protocol/video.ts'

const Division = Type.String({ pattern: '^\\d{6}$' })
/** The secret itself, or where it stands. */
export const Secret = Type.Union([
  Type.String({ minLength: 1, maxLength: 200 }),
  Type.Object({ env: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }) }, strict),
  Type.Object({ file: Type.String({ minLength: 1, maxLength: 500 }) }, strict),
])
export type Secret = Static<typeof Secret>

const url = (schemes: string) => Type.String({ pattern: `^(${schemes})://\\S{1,500}$` })
const http = url('https?')

/** How a gateway is asked for its pictures. */
const Via = oneOf(
  'rtsp',
  'rtmp',
  'hls',
  'http-flv',
  'http-ts',
  'http-fmp4',
  'ws-flv',
  'ws-fmp4',
  'whep',
)
export type Via = Static<typeof Via>

const ofGateways = {
  url: http,
  via: Type.Optional(Via),
  /** How long an address that it hands out may be used, where the address does not say so itself. */
  addressSeconds: Type.Optional(Type.Integer({ minimum: 30, maximum: 86_400 })),
}
/** Where its pictures are, unless at the host of its API: `rtsp://10.0.0.8:10554`. */
const bases = {
  http: Type.Optional(http),
  rtsp: Type.Optional(url('rtsps?')),
  rtmp: Type.Optional(url('rtmps?')),
  /** Behind every address that it plays: `token={secret}`. */
  query: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
}
const gateway = <P extends TProperties>(properties: P) =>
  Type.Object({ ...ofGateways, ...properties }, strict)
const Wvp = gateway({ kind: Type.Literal('wvp'), user: Text(100), password: Secret })
const Zlmediakit = gateway({
  kind: Type.Literal('zlmediakit'),
  secret: Secret,
  vhost: Type.Optional(Text(100)),
  ...bases,
})
const Srs = gateway({
  kind: Type.Literal('srs'),
  user: Type.Optional(Text(100)),
  password: Type.Optional(Secret),
  secret: Type.Optional(Secret),
  ...bases,
})
export type WrittenGateway = Static<typeof Wvp> | Static<typeof Zlmediakit> | Static<typeof Srs>
export const gatewaySchemas = {
  wvp: Compile(Wvp),
  zlmediakit: Compile(Zlmediakit),
  srs: Compile(Srs),
}

const ofCameras = {
  id: Id,
  organization: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$' }),
  title: Text(60),
  /** Division (GB/T 2260); the relay's home where it is left away. */
  county: Type.Optional(Division),
  /** Public screens may show it, once `clearedBy` and `clearedAt` say who signed for that and when. */
  publicDisplay: Type.Optional(Type.Boolean()),
  clearedBy: Type.Optional(Text(60)),
  clearedAt: Type.Optional(Instant),
  clearedFor: Type.Optional(Text(200)),
}
const camera = <P extends TProperties>(properties: P) =>
  Type.Object({ ...ofCameras, ...properties }, strict)
/** Kinds that are an address and no more, and how it begins. */
const addressed = {
  rtsp: 'rtsps?',
  rtmp: 'rtmps?',
  hls: 'https?',
  'http-flv': 'https?',
  'http-ts': 'https?',
  'ws-flv': 'wss?',
  'ws-fmp4': 'wss?',
} as const
type AddressedKind = keyof typeof addressed
/** `{secret}` in an address stands for the secret. */
const byAddress = (kind: AddressedKind) =>
  camera({
    kind: Type.Unsafe<AddressedKind>({ const: kind }),
    url: url(addressed[kind]),
    /** A smaller picture of the same, for tiles. */
    sub: Type.Optional(url(addressed[kind])),
    secret: Type.Optional(Secret),
  })
const File = camera({
  kind: Type.Literal('file'),
  url: Type.String({ minLength: 1, maxLength: 500 }),
})
const RtmpPush = camera({ kind: Type.Literal('rtmp-push'), secret: Secret })
const Whep = camera({ kind: Type.Literal('whep'), url: http, secret: Type.Optional(Secret) })
const device = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })
const name = Type.String({ pattern: '^[A-Za-z0-9._~-]{1,128}$' })
const OfGateway = camera({
  kind: Type.Literal('gateway'),
  gateway: Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' }),
  via: Type.Optional(Via),
  /** Of a WVP. */
  device: Type.Optional(device),
  channel: Type.Optional(device),
  subChannel: Type.Optional(device),
  /** Of a ZLMediaKit or SRS. */
  app: Type.Optional(name),
  stream: Type.Optional(name),
  subStream: Type.Optional(name),
  /** What a ZLMediaKit is told to fetch where it has no such stream yet. */
  proxy: Type.Optional(url('rtsps?|rtmps?|https?')),
  secret: Type.Optional(Secret),
})
export type WrittenOfGateway = Static<typeof OfGateway>
export type WrittenCamera =
  | Static<ReturnType<typeof byAddress>>
  | Static<typeof File>
  | Static<typeof RtmpPush>
  | Static<typeof Whep>
  | WrittenOfGateway
export const cameraSchemas = {
  file: Compile(File),
  rtsp: Compile(byAddress('rtsp')),
  rtmp: Compile(byAddress('rtmp')),
  'rtmp-push': Compile(RtmpPush),
  hls: Compile(byAddress('hls')),
  'http-flv': Compile(byAddress('http-flv')),
  'http-ts': Compile(byAddress('http-ts')),
  'ws-flv': Compile(byAddress('ws-flv')),
  'ws-fmp4': Compile(byAddress('ws-fmp4')),
  whep: Compile(Whep),
  gateway: Compile(OfGateway),
}

const Limits = Type.Object(
  {
    /** Programs that fetch pictures at once; each costs some 30 MB. */
    processes: Type.Optional(Type.Integer({ minimum: 1, maximum: 512 })),
    /** Of them those that turn another coding into H.264; each costs about half a core. */
    transcodes: Type.Optional(Type.Integer({ minimum: 0, maximum: 64 })),
  },
  strict,
)
const Push = Type.Object(
  { port: Type.Integer({ minimum: 1, maximum: 65_535 }), host: Type.Optional(Text(100)) },
  strict,
)
const Look = Type.Object(
  {
    /** Every camera is looked at once in so many minutes; 0 looks at none. */
    minutes: Type.Integer({ minimum: 0, maximum: 1_440 }),
  },
  strict,
)
const Frame = Type.Object(
  {
    cameras: Type.Optional(
      Type.Array(Type.Object({ kind: oneOf(...cameraKinds) }), { maxItems: 2_000 }),
    ),
    gateways: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' }),
        Type.Object({ kind: oneOf('wvp', 'zlmediakit', 'srs') }),
        strict,
      ),
    ),
    limits: Type.Optional(Limits),
    push: Type.Optional(Push),
    look: Type.Optional(Look),
  },
  strict,
)
/** Of the whole file; each camera and gateway has a schema of its own. */
export const frameSchema = Compile(Frame)
export type WrittenFrame = Static<typeof Frame>
