/**
 * A screen of the fleet: how it is paired, what it is set to, what it says of itself, and what it is told. Pairing has the
 * shape of RFC 8628 (https://www.rfc-editor.org/rfc/rfc8628): the screen shows a code, a person approves it elsewhere.
 */
import { Type, type Static } from 'typebox'
import { Count, Id, Instant, oneOf, strict, Text } from './fields.ts'
import { codeLength, codeLetters } from './remote.ts'

const Ms = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 })
const Division = Type.String({ pattern: '^\\d{6}$' })
const SceneId = Type.String({ pattern: '^[a-z][a-z-]{0,31}$' })
/** HH:MM, Beijing time. */
const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })
const KeyCode = Type.Integer({ minimum: 0, maximum: 65_535 })

/** A place in the organisation tree, by its digits: county 6, township 9, village 12; each begins with the one above it. */
export const Scope = Type.String({ pattern: '^\\d{6}(\\d{3}(\\d{3})?)?$' })
/** 256 bits in base64url. It goes into a header, a cookie or the socket's `auth`, and never into an address. */
export const ScreenToken = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })
export const UserCode = Type.String({ pattern: `^[${codeLetters}]{${codeLength}}$` })

/** `wall` a browser of the command centre, `tv` a television with its remote, `tablet` one that is touched. */
export const Profile = oneOf('wall', 'tv', 'tablet')
export type Profile = Static<typeof Profile>
export const ScreenAudience = oneOf('public', 'wall', 'township', 'county')
export type ScreenAudience = Static<typeof ScreenAudience>

const Grid = Type.Tuple([
  Type.Integer({ minimum: 1, maximum: 16 }),
  Type.Integer({ minimum: 1, maximum: 16 }),
])

/** What the keys of a television's remote may mean. */
export const keyActions = [
  'up',
  'down',
  'left',
  'right',
  'ok',
  'back',
  'menu',
  'page-up',
  'page-down',
  'channel-up',
  'channel-down',
  'red',
  'green',
  'yellow',
  'blue',
] as const

/** What a person sets a screen to. */
const settings = {
  name: Text(40),
  county: Division,
  /** Where it hangs: the county itself, a township or a village of it. */
  scope: Scope,
  /** `wall` and `county` hang in the county's own rooms, `township` in one township's; `public` anywhere. */
  audience: ScreenAudience,
  profile: Profile,
  /** The scenes that it shows, in this order; what its profile shows where there are none. */
  scenes: Type.Array(SceneId, { maxItems: 16 }),
  /** Its part of a wall of several, and the panels that the picture is made of; null is one whole picture. */
  size: Type.Union([
    Type.Object(
      {
        /** The wall's name, for the browsers that share it. */
        wall: Type.String({ pattern: '^[a-z0-9-]{1,32}$' }),
        /** Columns and rows of browsers. */
        grid: Grid,
        /** This one's column and row, from 1. */
        part: Grid,
        /** px that the frames of two neighbours hide. */
        bezel: Type.Integer({ minimum: 0, maximum: 200 }),
        /** Columns and rows of panels; null where there are no seams. */
        seams: Type.Union([Grid, Type.Null()]),
      },
      strict,
    ),
    Type.Null(),
  ]),
  /** Which remote it has, and what was learned beside that: key codes by what they mean. */
  keyMap: Type.Object(
    {
      set: oneOf('pc', 'iptv', 'tizen', 'webos'),
      learned: Type.Partial(
        Type.Object(
          Object.fromEntries(keyActions.map((action) => [action, KeyCode])) as Record<
            (typeof keyActions)[number],
            typeof KeyCode
          >,
          strict,
        ),
      ),
    },
    strict,
  ),
  /** Switched off from … to, over midnight where `from` is later: silence then is no fault. Null: never. */
  sleep: Type.Union([Type.Object({ from: TimeOfDay, to: TimeOfDay }, strict), Type.Null()]),
  /** Percent of full loudness; 0 is mute. */
  audio: Type.Integer({ minimum: 0, maximum: 100 }),
  /** A word by which several screens are told at once. */
  group: Type.Union([Text(20), Type.Null()]),
} as const

export const ScreenSettings = Type.Object(settings, strict)
export type ScreenSettings = Static<typeof ScreenSettings>
export const ScreenConfig = Type.Object(
  { id: Id, /** Shown full-screen to find it. */ number: Count, ...settings },
  strict,
)
export type ScreenConfig = Static<typeof ScreenConfig>

/** POST /v1/pair: a screen that wants to be let in. */
export const PairRequest = Type.Object({ profile: Profile, engine: Text(80) }, strict)
export type PairRequest = Static<typeof PairRequest>

/** The answer to it. `deviceCode` is the screen's secret, `userCode` is for everybody to read. */
export const PairOffer = Type.Object(
  {
    deviceCode: ScreenToken,
    userCode: UserCode,
    /** Seconds. */
    expiresIn: Type.Integer({ minimum: 1 }),
    /** Seconds between two polls. */
    interval: Type.Integer({ minimum: 1 }),
    /** Of the page at which a person types the code. */
    verificationUri: Text(200),
    /** The same with the code in it, for the QR. */
    verificationUriComplete: Text(240),
  },
  strict,
)
export type PairOffer = Static<typeof PairOffer>

/** POST /v1/pair/token, every `interval` seconds. */
export const PairPoll = Type.Object({ deviceCode: ScreenToken }, strict)

/** POST /v1/pair/join: by a link of a roll-out, which lets one box in once. */
export const JoinRequest = Type.Object({ ticket: ScreenToken }, strict)

export const PairAnswer = Type.Union([
  Type.Object({ state: Type.Literal('pending') }, strict),
  /** Asked too soon: `interval` seconds lie between two polls from now on. */
  Type.Object({ state: Type.Literal('slow-down'), interval: Type.Integer({ minimum: 1 }) }, strict),
  /** No such code, or not any more, or a person said no: begin anew. */
  Type.Object({ state: Type.Literal('expired') }, strict),
  /** Said once. A browser has the token in an HttpOnly cookie as well and need not keep it. */
  Type.Object({ state: Type.Literal('paired'), token: ScreenToken, screen: ScreenConfig }, strict),
])
export type PairAnswer = Static<typeof PairAnswer>

/** GET /v1/screen: who this browser is to the relay. 401 with a token that counts no longer: pair anew. */
export const WhoAmI = Type.Object(
  {
    /** Null without a token: the relay's own machine is the wall, and everything else the public. */
    screen: Type.Union([ScreenConfig, Type.Null()]),
    audience: ScreenAudience,
  },
  strict,
)
export type WhoAmI = Static<typeof WhoAmI>

/** screen → relay, every 15 s, from inside the page: a picture that stands still says so by its frames. */
export const Beat = Type.Object(
  {
    build: Text(40),
    /** Of the wire: the last line of its history that this build knows. */
    wire: Type.Integer({ minimum: 1 }),
    /** Chromium 109 */
    engine: Text(80),
    /** Null where the browser does not tell. */
    heapMb: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    /** Frames drawn since the page was loaded. */
    frames: Type.Integer({ minimum: 0 }),
    /** px. */
    width: Count,
    height: Count,
    boardVersion: Type.Integer({ minimum: 0 }),
    /** When the relay was last heard of; null before the first board. */
    boardAsOf: Type.Union([Instant, Type.Null()]),
    scene: Type.Union([SceneId, Type.Null()]),
    lastError: Type.Union([Text(200), Type.Null()]),
  },
  strict,
)
export type Beat = Static<typeof Beat>

const seconds = Type.Integer({ minimum: 1, maximum: 3_600 })

/** relay → screen: do it, and say so with `command-done`. */
export const Command = Type.Union([
  /** Show the number over everything. */
  Type.Object({ id: Id, do: Type.Literal('identify'), number: Count, seconds }, strict),
  Type.Object({ id: Id, do: Type.Literal('reload') }, strict),
  /** Open another page, of this relay (`/…`) or of another. */
  Type.Object(
    {
      id: Id,
      do: Type.Literal('redirect'),
      url: Type.String({ maxLength: 300, pattern: '^(/(?!/)|https?://[A-Za-z0-9[])' }),
    },
    strict,
  ),
  /** A band at the edge, while the picture goes on. */
  Type.Object({ id: Id, do: Type.Literal('message'), text: Text(80), seconds }, strict),
  /** Post what is on, to /v1/screen/pictures/ID. */
  Type.Object({ id: Id, do: Type.Literal('screenshot') }, strict),
  /** The token counts no longer. */
  Type.Object({ id: Id, do: Type.Literal('revoke') }, strict),
  /** Apply it without loading anew where that is possible. */
  Type.Object({ id: Id, do: Type.Literal('configure'), screen: ScreenConfig }, strict),
])
export type Command = Static<typeof Command>

/** screen → relay. */
export const CommandDone = Type.Object(
  { id: Id, ok: Type.Boolean(), detail: Type.Union([Text(200), Type.Null()]) },
  strict,
)
export type CommandDone = Static<typeof CommandDone>

/**
 * What a page can say of its own picture: no browser takes a picture of itself, so these are the texts with their places.
 * An agent beside the browser posts an image (image/jpeg or image/png) in its stead.
 */
export const Layout = Type.Object(
  {
    kind: Type.Literal('layout'),
    width: Count,
    height: Count,
    scene: Type.Union([SceneId, Type.Null()]),
    texts: Type.Array(
      Type.Object(
        {
          x: Type.Integer(),
          y: Type.Integer(),
          w: Count,
          h: Count,
          text: Text(80),
          color: Type.String({ pattern: '^#[0-9a-f]{6}$' }),
        },
        strict,
      ),
      { maxItems: 600 },
    ),
  },
  strict,
)
export type Layout = Static<typeof Layout>

/** An urgent word of somebody who may say it. It takes the picture over and ends by itself. */
export const Notice = Type.Object(
  {
    id: Id,
    title: Text(30),
    text: Text(200),
    /** Who says it: an office. */
    from: Text(40),
    /** ms of the relay's clock. */
    since: Ms,
    until: Ms,
  },
  strict,
)
export type Notice = Static<typeof Notice>

/** relay → screen: all that holds now for this screen, the newest last; told anew whenever that changes. */
export const Notices = Type.Array(Notice, { maxItems: 8 })
export type Notices = Static<typeof Notices>

/** screen → relay: it is on. */
export const NoticeSeen = Type.Object({ id: Id }, strict)
export type NoticeSeen = Static<typeof NoticeSeen>
