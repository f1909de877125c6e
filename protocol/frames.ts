/** What crosses the socket between relay and screen. Parse at both ends. */
import { Type, type Static } from 'typebox'
import type { Agreed, Drawn, Join, Proposal } from './agreement.ts'
import { tables, tableNames, type Row, type TableName } from './board.ts'
import { Instant, strict } from './fields.ts'
import type { Pinned, PinHere } from './pins.ts'
import type { JoinRemote, OpenRemote, RemoteDesk, RemoteJoined, Shown, Steer } from './remote.ts'
import type { Beat, Command, CommandDone, Notices, NoticeSeen } from './screens.ts'

const Version = Type.Integer({ minimum: 0 })

const putsOf = Object.fromEntries(
  tableNames.map((name) => [name, Type.Optional(Type.Array(tables[name]))]),
)
const deletesOf = Object.fromEntries(
  tableNames.map((name) => [name, Type.Optional(Type.Array(Type.String()))]),
)

/** Whole rows by table. */
export type Puts = { readonly [T in TableName]?: readonly Row<T>[] }
export type Deletes = { readonly [T in TableName]?: readonly string[] }

/**
 * The whole board at a version. `epoch` names the log and the reducer that
 * made it: a version means nothing in another epoch.
 */
export interface Snapshot {
  readonly epoch: string
  readonly version: number
  readonly at: string
  readonly scope: string
  readonly tables: Puts
}
export const Snapshot = Type.Unsafe<Snapshot>(
  Type.Object(
    {
      epoch: Type.String(),
      version: Version,
      at: Instant,
      scope: Type.String(),
      tables: Type.Object(putsOf, strict),
    },
    strict,
  ),
)

/** Rows changed after `base`, up to `version`. Rows are absolute: applying twice does no harm. */
export interface Patch {
  readonly epoch: string
  readonly base: number
  readonly version: number
  readonly at: string
  readonly puts: Puts
  readonly deletes: Deletes
}
export const Patch = Type.Unsafe<Patch>(
  Type.Object(
    {
      epoch: Type.String(),
      base: Version,
      version: Version,
      at: Instant,
      puts: Type.Object(putsOf, strict),
      deletes: Type.Object(deletesOf, strict),
    },
    strict,
  ),
)

/** On the way to a frame of the past that sums up many divisions: so many of them are made. */
export const Making = Type.Object(
  { made: Type.Integer({ minimum: 0 }), of: Type.Integer({ minimum: 1 }) },
  strict,
)
export type Making = Static<typeof Making>

/** Sent when nothing changed for a while, so that silence is never taken for life. */
export const Heartbeat = Type.Object(
  { epoch: Type.String(), version: Version, at: Instant },
  strict,
)
export type Heartbeat = Static<typeof Heartbeat>

/** screen → relay: start, or resume after a gap. */
export const Subscribe = Type.Object(
  {
    scope: Type.String({ minLength: 1, maxLength: 32 }),
    epoch: Type.Optional(Type.String({ maxLength: 80 })),
    version: Type.Optional(Version),
  },
  strict,
)
export type Subscribe = Static<typeof Subscribe>

/** relay → screen, answer to `subscribe`. */
export type Subscribed =
  | { readonly mode: 'patch'; readonly patch: Patch }
  | { readonly mode: 'snapshot'; readonly url: string }
  | { readonly mode: 'refused'; readonly reason: string }

/** screen → relay, once a second: how far the screen has come. */
export const Seen = Type.Object({ version: Version }, strict)
export type Seen = Static<typeof Seen>

/** Names of the socket's messages. */
export interface ToScreen {
  patch: (patch: Patch) => void
  heartbeat: (heartbeat: Heartbeat) => void
  agreed: (agreed: Agreed) => void
  /** To the screens of a wall. */
  remote: (desk: RemoteDesk) => void
  steer: (steer: Steer) => void
  pinned: (pinned: Pinned) => void
  /** To a phone. */
  shown: (shown: Shown) => void
  'remote-over': () => void
  /** To a screen of the fleet. */
  command: (command: Command) => void
  notices: (notices: Notices) => void
}
export interface ToRelay {
  subscribe: (request: Subscribe, answer: (reply: Subscribed) => void) => void
  seen: (seen: Seen) => void
  /** Answered with the relay's time in ms, for whoever needs it more exactly than frames tell it. */
  clock: (answer: (atMs: number) => void) => void
  /** Answered with false where this screen may not be a part of a wall. */
  join: (request: Join, answer: (isJoined: boolean) => void) => void
  propose: (proposal: Proposal) => void
  pin: (request: PinHere, answer: (isPinned: boolean) => void) => void
  drawn: (drawn: Drawn) => void
  'remote-open': (request: OpenRemote) => void
  'remote-end': () => void
  'remote-join': (request: JoinRemote, answer: (reply: RemoteJoined) => void) => void
  steer: (steer: Steer) => void
  beat: (beat: Beat) => void
  'command-done': (done: CommandDone) => void
  'notice-seen': (seen: NoticeSeen) => void
}
