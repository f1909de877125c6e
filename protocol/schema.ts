/** The wire as documents: CloudEvents, OpenAPI 3.1 and AsyncAPI 3.0, from the schemas that validate it. */
import { Type, type TSchema } from 'typebox'
import { Agreed, Drawn, Join, Proposal } from './agreement.ts'
import { tables } from './board.ts'
import { BranchDetail } from './branch.ts'
import {
  ConsolePlatforms,
  ConsoleRevoked,
  ConsoleRoster,
  ConsoleRules,
  ConsoleSecret,
  MakeKey,
} from './console.ts'
import {
  ConsoleCamera,
  ConsoleCameras,
  ConsoleWalls,
  PinCamera,
  SignCamera,
} from './console-cameras.ts'
import { CountyFile } from './county-file.ts'
import { eventData, eventKinds, type EventKind } from './events.ts'
import { Instant, PlainDate, strict } from './fields.ts'
import { fleetPaths } from './openapi-fleet.ts'
import { peoplePaths } from './openapi-people.ts'
import type { Json, Writer } from './openapi-writer.ts'
import { HeardPlatforms } from './heard.ts'
import { Heartbeat, Making, Patch, Seen, Snapshot, Subscribe } from './frames.ts'
import { Pinned, PinHere } from './pins.ts'
import { TelevisionFile } from './television.ts'
import { JoinRemote, OpenRemote, RemoteDesk, RemoteJoined, Shown, Steer } from './remote.ts'
import { SourceId, VideoMessage, VideoRequest } from './video.ts'
import {
  Beat,
  Command,
  CommandDone,
  Layout,
  Notices,
  NoticeSeen,
  PairAnswer,
  PairOffer,
  PairPoll,
  PairRequest,
  WhoAmI,
} from './screens.ts'

/** One line for each change of the wire; the newest last. `fingerprint.test.ts` holds the hash of the newest. */
export const history: readonly string[] = [
  '1: branches, townships, county, feed, warnings, streams, sources, study, destinations, orders',
  '2: events of services, cases, members, floating members and commerce; all warning rules; handling of warnings',
  '3: totals, the sums that every figure is made of',
  '4: warnings of all rules with their handling; cleared, foresight, floods',
  '5: cases, orders with their ageing, stations, services, communities, teams, basics, curves, goods, transfers, honours, programmes, prices',
  '6: divisions, one row for each county of a province',
  '7: minutesMonth among the totals',
  '8: election and approved postponement of an organisation',
  '9: floating organisations with who took part, members away of a township; who is attached at a destination',
  '10: activeOrganizations among the curves',
  '11: grids, categories and durations of cases, where a case came from, orders by the days that they wait, minutes of each branch',
  '12: when a price and a service were told',
  '13: what ended a cleared warning and what was done about it before',
  '14: what ended a cleared warning and what was done about it before',
  '15: thresholds of the county',
  '16: from how many days before its end a term of office is due soon',
  '17: what members are set to pay against the standard of dues, and its warning rule',
  '18: points of the leaders week by week',
  '19: points of members, their names masked',
  "20: what the browsers of one wall agree to show, and the relay's clock",
  '21: a phone that steers a wall by a code that the wall shows',
  '22: cameras and what becomes of their pictures, on the video socket',
  '23: screens of the fleet: pairing, settings, heartbeats, commands and notices',
  '24: cameras whose pictures come as MPEG-TS over HTTP',
  '25: how far the relay has come with a frame of the past',
  '26: a camera that somebody pinned to a wall',
  '27: a browser of a wall that has drawn what was agreed on',
  '28: a browser of a wall that pins a camera to it',
]

/** `type` of a CloudEvent is the kind behind this. */
export const typePrefix = 'cn.flagwall.'

/** What every event carries besides its data; see `Envelope` in events.ts. */
export const envelope = {
  source: Type.String({ pattern: '^[\\x21-\\x7e]{1,128}$' }),
  id: Type.String({ pattern: '^[\\x21-\\x7e]{1,128}$' }),
  rev: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
  retracts: Type.Optional(Type.String({ pattern: '^[\\x21-\\x7e]{1,128}$' })),
  subject: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$' }),
  county: Type.String({ pattern: '^\\d{6}$' }),
  time: Instant,
} as const

/** A canonical event of one kind. */
export function eventSchema(kind: EventKind): TSchema {
  return Type.Object({ ...envelope, kind: Type.Literal(kind), data: eventData[kind] }, strict)
}

/** The same event as a structured CloudEvent. */
export function cloudEventSchema(kind: EventKind): TSchema {
  return Type.Object(
    {
      specversion: Type.Literal('1.0'),
      type: Type.Literal(`${typePrefix}${kind}`),
      source: envelope.source,
      id: envelope.id,
      rev: Type.Optional(envelope.rev),
      retracts: envelope.retracts,
      subject: envelope.subject,
      partitionkey: envelope.county,
      time: Instant,
      datacontenttype: Type.Optional(Type.Literal('application/json')),
      dataschema: Type.Optional(Type.String()),
      traceparent: Type.Optional(Type.String()),
      tracestate: Type.Optional(Type.String()),
      data: eventData[kind],
    },
    strict,
  )
}

/** Kinds that a platform may send: the relay alone says when a day begins. */
export const sentKinds = eventKinds.filter((kind) => kind !== 'day.began')

const Subscribed = Type.Union([
  Type.Object({ mode: Type.Literal('patch'), patch: Patch }, strict),
  Type.Object({ mode: Type.Literal('snapshot'), url: Type.String() }, strict),
  Type.Object({ mode: Type.Literal('refused'), reason: Type.String() }, strict),
])

const ProblemBody = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String({ description: 'What to do.' }),
  items: Type.Optional(Type.Array(Type.Unknown())),
})

const Receipt = Type.Object(
  {
    accepted: Type.Integer({ minimum: 0 }),
    duplicate: Type.Integer({ minimum: 0 }),
    rejected: Type.Integer({ minimum: 0 }),
    items: Type.Array(
      Type.Object(
        {
          index: Type.Integer({ minimum: 0 }),
          status: Type.Unsafe<'accepted' | 'duplicate' | 'rejected'>({
            type: 'string',
            enum: ['accepted', 'duplicate', 'rejected'],
          }),
          ordinal: Type.Optional(Type.Integer({ minimum: 0, description: 'Place in the log.' })),
          reason: Type.Optional(Type.String({ description: 'Why, and what to do.' })),
        },
        strict,
      ),
    ),
  },
  strict,
)

/** What a day, week or month was like. */
const Digest = Type.Object(
  {
    scope: Type.String(),
    period: Type.Unsafe<'day' | 'week' | 'month'>({
      type: 'string',
      enum: ['day', 'week', 'month'],
    }),
    from: PlainDate,
    to: PlainDate,
    figures: Type.Record(Type.String(), Type.Number()),
    corrected: Type.Record(
      Type.String(),
      Type.Object({ was: Type.Number(), is: Type.Number() }, strict),
      { description: 'Figures that were known otherwise when the period ended.' },
    ),
  },
  strict,
)

/** Flat: figure → number, besides `asOf` and the age of each source by `platform/feed`. */
const Figures = Type.Object(
  {
    asOf: Instant,
    ages: Type.Record(
      Type.String(),
      Type.Object({ asOf: Instant, ageSeconds: Type.Integer({ minimum: 0 }) }, strict),
    ),
  },
  { additionalProperties: { type: 'number' } },
)

const RefusalList = Type.Object(
  {
    refusals: Type.Array(
      Type.Object(
        {
          number: Type.Integer(),
          platform: Type.String(),
          receivedAt: Type.String(),
          status: Type.Integer(),
          reason: Type.String(),
          body: Type.String({
            description: 'At most 2 KB; identity and phone numbers are masked.',
          }),
        },
        strict,
      ),
    ),
    next: Type.Optional(Type.Integer({ description: 'Pass as `before` for the next page.' })),
  },
  strict,
)

const ConnectorList = Type.Object(
  {
    connectors: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          platform: Type.String(),
          kind: Type.String({ description: 'push, poll, table, folder, mqtt or kafka.' }),
          state: Type.String({ description: 'running, backing-off, misconfigured or stopped.' }),
          lastOkAt: Type.Optional(Instant),
          lastError: Type.Optional(
            Type.String({ description: 'One sentence; it stays after the source is back.' }),
          ),
          lastErrorAt: Type.Optional(Instant),
          lag: Type.Optional(
            Type.Union([
              Type.Object({ rows: Type.Integer() }, strict),
              Type.Object({ seconds: Type.Integer() }, strict),
            ]),
          ),
          rate: Type.Number({ description: 'Events a second over the last minute.' }),
          accepted: Type.Integer(),
          duplicate: Type.Integer(),
          rejected: Type.Integer(),
        },
        strict,
      ),
    ),
  },
  strict,
)

const Roster = Type.Object(
  {
    organizations: Type.Array(
      Type.Object(
        {
          id: envelope.subject,
          recorded: eventData['organization.recorded'],
          members: Type.Integer({ minimum: 0 }),
        },
        strict,
      ),
    ),
  },
  strict,
)

/** Every schema that crosses the wire, by name: what the fingerprint covers. */
export function wire(): Readonly<Record<string, unknown>> {
  return {
    envelope,
    eventData,
    tables,
    frames: {
      Snapshot,
      Patch,
      Heartbeat,
      Making,
      Subscribe,
      Subscribed,
      Seen,
      Join,
      Proposal,
      Drawn,
      Agreed,
    },
    remote: { OpenRemote, RemoteDesk, JoinRemote, RemoteJoined, Steer, Shown },
    video: { VideoRequest, VideoMessage, Pinned, PinHere },
    screens: {
      PairRequest,
      PairOffer,
      PairPoll,
      PairAnswer,
      WhoAmI,
      Beat,
      Command,
      CommandDone,
      Layout,
      Notices,
      NoticeSeen,
    },
  }
}

const plain = (schema: unknown): Json => JSON.parse(JSON.stringify(schema)) as Json
const componentName = (kind: string) =>
  kind
    .split(/[.-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

export function openApi(): Json {
  const kindRefs = sentKinds.map((kind) => ref(componentName(kind)))
  const problem = (description: string, retry = false): Json => ({
    description,
    ...(retry
      ? { headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } } }
      : {}),
    content: { 'application/problem+json': { schema: ref('Problem') } },
  })
  const json = (description: string, schema: Json): Json => ({
    description,
    content: { 'application/json': { schema } },
  })
  const path = (name: string, schema: Json, description: string): Json => ({
    name,
    in: 'path',
    required: true,
    schema,
    description,
  })
  const query = (name: string, schema: Json, description: string, required = false): Json => ({
    name,
    in: 'query',
    ...(required ? { required } : {}),
    schema,
    description,
  })
  const header = (name: string, description: string, pattern?: string): Json => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: pattern === undefined ? { type: 'string' } : { type: 'string', pattern },
  })
  const text = { type: 'string' }
  const source = path('source', plain(SourceId), "A camera's id; with `@main` its large picture.")
  const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  const forOperators = {
    401: problem('For those who are signed in or have the token'),
    403: problem('Not among the rights of the account'),
    429: problem('Locked out after wrong tokens', true),
  }
  const writer: Writer = {
    json: (description, schema) => json(description, plain(schema)),
    body: (schema) => ({
      required: true,
      content: { 'application/json': { schema: plain(schema) } },
    }),
    path,
    query,
    problem,
    forOperators,
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Flagwall relay',
      version: String(history.length),
      description:
        "Events in, a county's board out. Deliveries are signed as Standard Webhooks describes.",
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: {
      '/v1/platforms/{platform}/events': {
        post: {
          operationId: 'postEvents',
          summary: 'Deliver events',
          description:
            'One event of at most 256 KB, or a batch of at most 4 MB and 5,000 events. 202 means on disk; sending again is harmless, (source, id, rev) counts once. A CloudEvent in binary mode has its attributes in ce- headers, and webhook-id equals ce-id.',
          parameters: [
            path('platform', text, 'Name of the platform.'),
            header('webhook-id', 'A fresh id for each delivery.'),
            header('webhook-timestamp', 'Seconds since 1970, within 300 s of now.', '^\\d{10}$'),
            header(
              'webhook-signature',
              '"v1," + base64 of HMAC-SHA256 over id.timestamp.body; several, with spaces between, while keys rotate.',
            ),
          ],
          requestBody: {
            required: true,
            content: {
              'application/cloudevents+json': { schema: { oneOf: kindRefs } },
              'application/cloudevents-batch+json': {
                schema: { type: 'array', maxItems: 5000, items: { oneOf: kindRefs } },
              },
              'application/json': {
                schema: {
                  description:
                    "The platform's native message, or the data of a CloudEvent in binary mode.",
                },
              },
              'application/x-www-form-urlencoded': {
                schema: {
                  type: 'object',
                  additionalProperties: { type: 'string' },
                  description: "The platform's native message, where its dialect posts forms.",
                },
              },
            },
          },
          responses: {
            202: json('On disk, item by item', ref('Receipt')),
            400: problem('Not strict JSON in UTF-8'),
            401: problem('Missing, old or wrong signature'),
            404: problem('No such platform'),
            405: problem('Not a POST'),
            408: problem('The body came too slowly'),
            413: problem('Too large'),
            415: problem('Content type or encoding not accepted'),
            422: problem('The event was refused; it is kept where the operator can see it'),
            429: problem('Too many events', true),
            503: problem('Disk full or too much queued', true),
          },
        },
      },
      '/v1/figures/{scope}': {
        get: {
          operationId: 'getFigures',
          summary: 'Figures of a county, now or at an instant',
          parameters: [
            path('scope', text, 'Division code (GB/T 2260).'),
            query('at', plain(Instant), 'An instant of the past; now when absent.'),
            query(
              'known',
              { type: 'string', enum: ['now', 'then'], default: 'now' },
              '`now`: the past as it is known today. `then`: what was shown, by the time of receipt.',
            ),
          ],
          responses: {
            200: json('Figures', ref('Figures')),
            400: problem('Not an instant'),
            404: problem('No such division'),
          },
        },
      },
      '/v1/snapshot/{scope}': {
        get: {
          operationId: 'getSnapshot',
          summary: 'The whole board of a scope',
          parameters: [
            path('scope', text, 'Division code (GB/T 2260).'),
            query('at', plain(Instant), 'An instant of the past; now when absent.'),
            query(
              'known',
              { type: 'string', enum: ['now', 'then'], default: 'now' },
              '`now`: the past as it is known today. `then`: what was shown, by the time of receipt.',
            ),
          ],
          responses: {
            200: json('Snapshot', ref('Snapshot')),
            304: { description: 'Unchanged' },
            400: problem('Not an instant'),
            404: problem('No such scope'),
          },
        },
      },
      '/v1/past/{scope}': {
        get: {
          operationId: 'playPast',
          summary: 'The board as it went on between two instants, as known now',
          description:
            'One frame a line: a Snapshot, then a Patch for each step; before one that sums up many divisions, how many are made. At most 1,000 frames and 31 days; it ends with the connection.',
          parameters: [
            path('scope', text, 'Division code (GB/T 2260).'),
            query('from', plain(Instant), 'The first frame.', true),
            query('to', plain(Instant), 'The last frame; `from` when absent.'),
            query(
              'step',
              { type: 'integer', minimum: 1, maximum: 99_999, default: 60 },
              'Seconds between two frames.',
            ),
          ],
          responses: {
            200: {
              description: 'Frames, gzip',
              content: {
                'application/x-ndjson': {
                  schema: { anyOf: [ref('Snapshot'), ref('Patch'), ref('Making')] },
                },
              },
            },
            400: problem('Not instants, or too far apart'),
            404: problem('No such scope'),
            503: problem('Too many look into the past', true),
          },
        },
      },
      '/v1/branches/{id}': {
        get: {
          operationId: 'getBranch',
          summary: 'One organisation beyond its rows on the board, as its card shows it',
          parameters: [
            path('id', text, 'Id of the organisation.'),
            query('at', plain(Instant), 'An instant of the past, as known now; now when absent.'),
          ],
          responses: {
            200: json('Organisation', ref('BranchDetail')),
            400: problem('Not an instant'),
            404: problem('No such organisation'),
          },
        },
      },
      '/v1/platforms': {
        get: {
          operationId: 'getPlatforms',
          summary: 'What was heard of each platform, and how old its feeds are',
          responses: { 200: json('Platforms', ref('HeardPlatforms')) },
        },
      },
      '/v1/digests/{scope}': {
        get: {
          operationId: 'getDigest',
          summary: 'What a day, week or month was like, and what was corrected afterwards',
          parameters: [
            path('scope', text, 'Division code (GB/T 2260).'),
            query(
              'period',
              { type: 'string', enum: ['day', 'week', 'month'], default: 'day' },
              'Weeks begin on Monday.',
            ),
            query('of', plain(PlainDate), 'A local day within the period; today when absent.'),
          ],
          responses: {
            200: json('Digest', ref('Digest')),
            400: problem('Not a day or a period'),
            404: problem('No such scope'),
          },
        },
      },
      '/v1/county': {
        get: {
          operationId: 'getHome',
          summary: "Names, map and colours of the relay's own wall",
          responses: { 200: json('The county file', ref('CountyFile')) },
        },
      },
      '/v1/county/{code}': {
        get: {
          operationId: 'getCounty',
          summary: 'Names, map and colours of a division; plain ones where it has no file',
          parameters: [
            path('code', { type: 'string', pattern: '^\\d{6}$' }, 'Division code (GB/T 2260).'),
          ],
          responses: {
            200: json('The county file', ref('CountyFile')),
            404: problem('Not a division code'),
          },
        },
      },
      '/v1/television/{county}': {
        get: {
          operationId: 'getTelevision',
          summary: 'Lessons, radio columns, calendar and notices of village televisions',
          parameters: [
            path('county', { type: 'string', pattern: '^\\d{6}$' }, 'Division code (GB/T 2260).'),
          ],
          responses: {
            200: json('The television file', ref('TelevisionFile')),
            404: problem('Not a division code'),
          },
        },
      },
      '/v1/basemap/{county}/{z}/{x}/{y}': {
        get: {
          operationId: 'getBasemapTile',
          summary: "A tile of the map under a county's outline, where its county file names one",
          parameters: [
            path('county', { type: 'string', pattern: '^\\d{6}$' }, 'Division code (GB/T 2260).'),
            path('z', { type: 'integer' }, 'Zoom, 1 to 16.'),
            path('x', { type: 'integer' }, 'Column.'),
            path('y', { type: 'integer' }, 'Row, from the north.'),
          ],
          responses: {
            200: { description: 'PNG, JPEG or WebP' },
            404: problem('Nothing of the county, or no map'),
            502: problem('The service has no tile; the outline stands alone'),
          },
        },
      },
      '/v1/video/{source}/index.m3u8': {
        get: {
          operationId: 'getPlaylist',
          summary: 'A camera as HLS, for players without the video socket',
          parameters: [source],
          responses: {
            200: { description: 'Playlist', content: { 'application/vnd.apple.mpegurl': {} } },
            403: problem('Not cleared for the caller, or not there'),
            503: problem('No picture yet', true),
          },
        },
      },
      '/v1/video/{source}/still.jpg': {
        get: {
          operationId: 'getStill',
          summary: 'The latest still of a camera',
          parameters: [source],
          responses: {
            200: {
              description: 'JPEG',
              headers: { 'X-Taken-At': { schema: plain(Instant) } },
              content: { 'image/jpeg': {} },
            },
            304: { description: 'Unchanged' },
            403: problem('Not cleared for the caller, or not there'),
            404: problem('None was taken yet'),
          },
        },
      },
      '/v1/video/{source}/{part}': {
        get: {
          operationId: 'getPart',
          summary: 'What a playlist names',
          parameters: [source, path('part', text, '`init-1.mp4` or `41.m4s`.')],
          responses: {
            200: { description: 'Fragmented MP4', content: { 'video/mp4': {} } },
            403: problem('Not cleared for the caller, or not there'),
            404: problem('Not kept any more'),
          },
        },
      },
      '/v1/video/{source}/whep': {
        post: {
          operationId: 'offerWhep',
          summary: 'Hand a WebRTC offer on to where the pictures are; only for `play: whep`',
          parameters: [source],
          requestBody: { required: true, content: { 'application/sdp': {} } },
          responses: {
            201: {
              description: 'The answer; `Location` is the session',
              headers: { Location: { schema: text } },
              content: { 'application/sdp': {} },
            },
            403: problem('Not cleared for the caller, or not there'),
            415: problem('Not SDP'),
            502: problem('The other side gave no answer'),
          },
        },
      },
      '/v1/video/{source}/whep/{session}': {
        delete: {
          operationId: 'endWhep',
          summary: 'End a WebRTC session',
          parameters: [source, path('session', text, 'As `Location` names it.')],
          responses: { 200: { description: 'Ended' }, 404: problem('No such session') },
        },
      },
      '/v1/roster/{county}': {
        get: {
          operationId: 'getRoster',
          summary: 'The organisations of a county as they are recorded; for operators',
          parameters: [
            path('county', { type: 'string', pattern: '^\\d{6}$' }, 'Division code (GB/T 2260).'),
          ],
          responses: {
            200: json('Organisations', ref('Roster')),
            401: problem('For those who are signed in or have the token'),
            403: problem('Not among the rights of the account'),
            404: problem('No such county'),
          },
        },
      },
      '/v1/connectors': {
        get: {
          operationId: 'getConnectors',
          summary: 'How each connector of platforms.yaml fares; for operators',
          responses: {
            200: json('Connectors', ref('Connectors')),
            401: problem('For those who are signed in or have the token'),
            403: problem('Not among the rights of the account'),
          },
        },
      },
      '/v1/refusals': {
        get: {
          operationId: 'getRefusals',
          summary: 'Deliveries that were refused, newest first; for operators',
          parameters: [
            query('platform', text, 'Only this platform.'),
            query('before', { type: 'integer', minimum: 1 }, '`next` of the page before.'),
            query('limit', { type: 'integer', minimum: 1, maximum: 500, default: 100 }, 'Rows.'),
          ],
          responses: {
            200: json('Refusals', ref('Refusals')),
            400: problem('Bad query'),
            401: problem('For those who are signed in or have the token'),
            403: problem('Not among the rights of the account'),
          },
        },
      },
      '/v1/console/platforms': {
        get: {
          operationId: 'getConsolePlatforms',
          summary:
            'Every platform with its rate, feeds, keys, connectors and refusals; for operators',
          responses: { 200: json('Platforms', ref('ConsolePlatforms')), ...forOperators },
        },
      },
      '/v1/console/keys': {
        post: {
          operationId: 'makeKey',
          summary: 'Make a key; the secret is in the answer and never again; for operators',
          requestBody: {
            required: true,
            content: { 'application/json': { schema: plain(MakeKey) } },
          },
          responses: {
            201: json('The key', ref('ConsoleSecret')),
            400: problem('Not strict JSON'),
            415: problem('Not JSON'),
            422: problem('Not a platform, or not counties'),
            ...forOperators,
          },
        },
      },
      '/v1/console/keys/{platform}/rotate': {
        post: {
          operationId: 'rotateKey',
          summary: 'Make a new key; the old ones end in 24 hours; for operators',
          parameters: [path('platform', text, 'Name of the platform.')],
          responses: {
            201: json('The new key', ref('ConsoleSecret')),
            404: problem('No valid key to rotate'),
            ...forOperators,
          },
        },
      },
      '/v1/console/keys/{id}/revoke': {
        post: {
          operationId: 'revokeKey',
          summary: 'End a key at once; for operators',
          parameters: [path('id', text, 'Id of the key.')],
          responses: {
            200: json('The key', ref('ConsoleRevoked')),
            404: problem('No such key'),
            422: problem('Revoked already'),
            ...forOperators,
          },
        },
      },
      '/v1/console/roster/template': {
        get: {
          operationId: 'getRosterTemplate',
          summary: 'The empty sheet of organisations; for operators',
          responses: {
            200: { description: 'Workbook', content: { [workbook]: {} } },
            ...forOperators,
          },
        },
      },
      '/v1/console/roster/{county}': {
        post: {
          operationId: 'importRoster',
          summary:
            'Compare a sheet with what is recorded, and write it with apply=yes; for operators',
          parameters: [
            path('county', { type: 'string', pattern: '^\\d{6}$' }, 'Division code (GB/T 2260).'),
            query('apply', { type: 'string', enum: ['yes'] }, 'Write; a dry run when absent.'),
          ],
          requestBody: { required: true, content: { [workbook]: {}, 'text/csv': {} } },
          responses: {
            200: json('What changes', ref('ConsoleRoster')),
            400: problem('Bad query'),
            404: problem('No such county'),
            413: problem('Too large'),
            415: problem('Not a sheet'),
            422: problem('Wrong cells, listed in `problems`; nothing was written'),
            503: problem('Disk full'),
            ...forOperators,
          },
        },
      },
      '/v1/console/cameras': {
        get: {
          operationId: 'getConsoleCameras',
          summary: 'Every camera with how it fares and who signed for it; for operators',
          responses: { 200: json('Cameras', ref('ConsoleCameras')), ...forOperators },
        },
      },
      '/v1/console/cameras/{id}/clearance': {
        post: {
          operationId: 'signCamera',
          summary: 'Sign for showing a camera to the public, or take that back; for operators',
          parameters: [path('id', text, 'Id of the camera.')],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: plain(SignCamera) } },
          },
          responses: {
            200: json('The camera', plain(ConsoleCamera)),
            404: problem('No such camera'),
            415: problem('Not JSON'),
            422: problem('No name or no reason'),
            503: problem(
              'The disk takes nothing, or streams.yaml is broken; what was taken back holds',
            ),
            ...forOperators,
          },
        },
      },
      '/v1/console/walls': {
        get: {
          operationId: 'getWalls',
          summary: 'Walls that are on, and what is pinned to them; for operators',
          responses: { 200: json('Walls', ref('ConsoleWalls')), ...forOperators },
        },
      },
      '/v1/console/pins': {
        post: {
          operationId: 'pinCamera',
          summary: 'Pin a camera to a wall or to all of a division, or let go; for operators',
          requestBody: {
            required: true,
            content: { 'application/json': { schema: plain(PinCamera) } },
          },
          responses: {
            200: json('Walls', ref('ConsoleWalls')),
            404: problem('No such camera, or nothing to let go of'),
            415: problem('Not JSON'),
            422: problem('Not a wall, a name or minutes'),
            ...forOperators,
          },
        },
      },
      '/v1/console/rules/{county}': {
        get: {
          operationId: 'getConsoleRules',
          summary: 'The rules of a county in force, beside the defaults; for operators',
          parameters: [
            path('county', { type: 'string', pattern: '^\\d{6}$' }, 'Division code (GB/T 2260).'),
          ],
          responses: {
            200: json('Rules', ref('ConsoleRules')),
            404: problem('No such county'),
            ...forOperators,
          },
        },
      },
      ...fleetPaths(writer),
      ...peoplePaths(writer),
      '/healthz': {
        get: {
          operationId: 'getHealth',
          summary: 'The process lives',
          responses: { 200: { description: 'Alive' } },
        },
      },
      '/readyz': {
        get: {
          operationId: 'getReadiness',
          summary: 'The log is open and writable',
          responses: { 200: { description: 'Ready' }, 503: { description: 'Not ready' } },
        },
      },
      '/metrics': {
        get: {
          operationId: 'getMetrics',
          summary: 'Prometheus metrics',
          responses: {
            200: { description: 'Metrics', content: { 'text/plain': { schema: text } } },
          },
        },
      },
      '/openapi.json': {
        get: {
          operationId: 'getOpenApi',
          summary: 'This document',
          responses: { 200: json('OpenAPI 3.1', { type: 'object' }) },
        },
      },
      '/asyncapi.json': {
        get: {
          operationId: 'getAsyncApi',
          summary: 'The socket',
          responses: { 200: json('AsyncAPI 3.0', { type: 'object' }) },
        },
      },
    },
    components: {
      schemas: {
        ...Object.fromEntries(
          sentKinds.map((kind) => [componentName(kind), plain(cloudEventSchema(kind))]),
        ),
        Receipt: plain(Receipt),
        Problem: plain(ProblemBody),
        BranchDetail: plain(BranchDetail),
        HeardPlatforms: plain(HeardPlatforms),
        Digest: plain(Digest),
        Figures: plain(Figures),
        Snapshot: plain(Snapshot),
        Making: plain(Making),
        Patch: plain(Patch),
        Connectors: plain(ConnectorList),
        Refusals: plain(RefusalList),
        Roster: plain(Roster),
        CountyFile: plain(CountyFile),
        TelevisionFile: plain(TelevisionFile),
        ConsolePlatforms: plain(ConsolePlatforms),
        ConsoleSecret: plain(ConsoleSecret),
        ConsoleRevoked: plain(ConsoleRevoked),
        ConsoleRoster: plain(ConsoleRoster),
        ConsoleRules: plain(ConsoleRules),
        ConsoleCameras: plain(ConsoleCameras),
        ConsoleWalls: plain(ConsoleWalls),
      },
    },
  }
}

export function asyncApi(): Json {
  const messages: Readonly<
    Record<string, { readonly summary: string; readonly payload: unknown }>
  > = {
    subscribe: { summary: 'Start, or resume after a gap.', payload: Subscribe },
    subscribed: { summary: 'The answer to subscribe.', payload: Subscribed },
    seen: { summary: 'Once a second: how far the screen has come.', payload: Seen },
    patch: { summary: 'Whole rows changed since a version.', payload: Patch },
    heartbeat: { summary: 'Nothing changed; the line is alive.', payload: Heartbeat },
    clock: { summary: "The relay's time, in ms, is the answer.", payload: Type.Null() },
    join: {
      summary: 'One of the browsers of a wall; the answer says whether it is.',
      payload: Join,
    },
    propose: { summary: 'What the whole wall should show, from when.', payload: Proposal },
    drawn: { summary: 'A scene that was agreed on is drawn, unseen.', payload: Drawn },
    agreed: { summary: 'What the browsers of a wall agreed on, and who leads.', payload: Agreed },
    'remote-open': { summary: 'Let phones steer this wall.', payload: OpenRemote },
    'remote-end': { summary: 'No phone steers this wall any more.', payload: Type.Null() },
    remote: { summary: 'How a phone joins, and which have.', payload: RemoteDesk },
    'remote-join': { summary: 'A phone, with a code or a pass.', payload: JoinRemote },
    'remote-joined': { summary: 'The answer to remote-join.', payload: RemoteJoined },
    steer: { summary: 'What somebody at a phone wants to see.', payload: Steer },
    shown: { summary: 'What the wall of a phone shows.', payload: Shown },
    pinned: { summary: 'The camera that is pinned to the wall.', payload: Pinned },
    pin: {
      summary: 'Pin a camera to this wall, or let go; the answer says whether it was.',
      payload: PinHere,
    },
    'remote-over': { summary: 'The phone steers no longer.', payload: Type.Null() },
  }
  const pictures: typeof messages = {
    'video-request': { summary: 'Watch a source, or no longer.', payload: VideoRequest },
    'video-message': {
      summary: 'The cameras, and how what is watched fares.',
      payload: VideoMessage,
    },
  }
  const names = Object.keys(messages)
  const refer = (to: string, list: readonly string[]) =>
    Object.fromEntries(list.map((name) => [name, { $ref: `${to}/${name}` }]))
  const channel = { $ref: '#/channels/board' }
  const inChannel = (name: string) => ({ $ref: `#/channels/board/messages/${name}` })
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Flagwall screens',
      version: String(history.length),
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      board: {
        address: '/socket.io/',
        title: 'Board',
        description:
          'Socket.IO; message names are event names. `subscribe` is acknowledged with `subscribed`.',
        messages: refer('#/components/messages', names),
      },
      video: {
        address: '/v1/video',
        title: 'Video',
        description:
          'A WebSocket of its own. Text is one message a frame; binary is u8 kind (0 init, 1 key fragment, 2 fragment), u16 BE index, fragmented MP4. The query `scope` names the division whose cameras are told.',
        messages: refer('#/components/messages', Object.keys(pictures)),
      },
    },
    operations: {
      receiveSubscribe: {
        action: 'receive',
        channel,
        messages: [inChannel('subscribe')],
        reply: { channel, messages: [inChannel('subscribed')] },
      },
      receiveSeen: { action: 'receive', channel, messages: [inChannel('seen')] },
      receiveClock: { action: 'receive', channel, messages: [inChannel('clock')] },
      receiveJoin: { action: 'receive', channel, messages: [inChannel('join')] },
      receivePropose: { action: 'receive', channel, messages: [inChannel('propose')] },
      receivePin: { action: 'receive', channel, messages: [inChannel('pin')] },
      receiveDrawn: { action: 'receive', channel, messages: [inChannel('drawn')] },
      sendAgreed: { action: 'send', channel, messages: [inChannel('agreed')] },
      receiveRemoteOpen: { action: 'receive', channel, messages: [inChannel('remote-open')] },
      receiveRemoteEnd: { action: 'receive', channel, messages: [inChannel('remote-end')] },
      receiveRemoteJoin: {
        action: 'receive',
        channel,
        messages: [inChannel('remote-join')],
        reply: { channel, messages: [inChannel('remote-joined')] },
      },
      receiveSteer: { action: 'receive', channel, messages: [inChannel('steer')] },
      sendRemote: { action: 'send', channel, messages: [inChannel('remote')] },
      sendSteer: { action: 'send', channel, messages: [inChannel('steer')] },
      sendPinned: { action: 'send', channel, messages: [inChannel('pinned')] },
      sendShown: { action: 'send', channel, messages: [inChannel('shown')] },
      sendRemoteOver: { action: 'send', channel, messages: [inChannel('remote-over')] },
      sendPatch: { action: 'send', channel, messages: [inChannel('patch')] },
      sendHeartbeat: { action: 'send', channel, messages: [inChannel('heartbeat')] },
      receiveVideo: {
        action: 'receive',
        channel: { $ref: '#/channels/video' },
        messages: [{ $ref: '#/channels/video/messages/video-request' }],
      },
      sendVideo: {
        action: 'send',
        channel: { $ref: '#/channels/video' },
        messages: [{ $ref: '#/channels/video/messages/video-message' }],
      },
    },
    components: {
      messages: Object.fromEntries(
        Object.entries({ ...messages, ...pictures }).map(([name, { summary, payload }]) => [
          name,
          { name, summary, payload: plain(payload) },
        ]),
      ),
    },
  }
}
