/**
 * What `platforms.yaml` may hold. Each property's description is the sentence that an operator reads when
 * it is wrong: it says what to write instead.
 */
import { Type, type Static, type TObject } from 'typebox'

const strict = { additionalProperties: false } as const

const text = (description: string) => Type.String({ minLength: 1, maxLength: 500, description })
const seconds = (most: number, usual: number) =>
  Type.Optional(
    Type.Number({
      minimum: 0.1,
      maximum: most,
      description: `write a number of seconds from 0.1 to ${most}, such as ${usual}`,
    }),
  )

/** A value that must not stand in the file. `prefix` goes before it, as in `Bearer …`. */
export const Secret = Type.Object(
  {
    env: Type.Optional(text('write the name of an environment variable, such as GRID_PASSWORD')),
    file: Type.Optional(text('write the path of a file that holds nothing but the secret')),
    prefix: Type.Optional(
      Type.String({ maxLength: 40, description: 'write a text, such as "Bearer "' }),
    ),
  },
  {
    ...strict,
    description:
      'write where the secret is kept, { env: NAME } or { file: /path }, never the secret itself',
  },
)
export type Secret = Static<typeof Secret>

/** The same for every kind. */
const common = {
  name: Type.String({
    pattern: '^[a-z][a-z0-9-]{0,39}$',
    description:
      'write a name of its own, lower-case letters, digits and "-", such as grid-table; its progress is kept under it',
  }),
  platform: Type.String({
    pattern: '^[a-z][a-z0-9-]{0,31}$',
    description: 'write the name of the platform, such as xintian',
  }),
  format: Type.Optional(
    Type.Unsafe<'native' | 'cloudevents'>({
      type: 'string',
      enum: ['native', 'cloudevents'],
      description: "write native (the platform's own messages) or cloudevents",
    }),
  ),
  counties: Type.Optional(
    Type.Array(
      Type.String({
        pattern: '^\\d{6}$',
        description: 'write a six-digit code in quotes, such as "431128"',
      }),
      {
        minItems: 1,
        maxItems: 200,
        description: 'write a list of six-digit codes in quotes, such as ["431128"]',
      },
    ),
  ),
}

const batch = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 5000,
    description: 'write a whole number of rows from 1 to 5000, such as 500',
  }),
)
const body = Type.Optional(
  Type.Unknown({
    description: 'write the message that a row becomes, with {column} where a value goes',
  }),
)

const Push = Type.Object(
  { ...common, kind: Type.Literal('push') },
  { ...strict, description: 'push takes name, platform and counties' },
)

const Poll = Type.Object(
  {
    ...common,
    kind: Type.Literal('poll'),
    url: text(
      'write an http(s) address with {cursor} in it, such as "https://host/api/events?after={cursor}"',
    ),
    headers: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Secret]), {
        description: 'write headers as name: value, with { env: NAME } for a secret value',
      }),
    ),
    cursor: Type.String({
      pattern: '^(/[^/]*)+$',
      description:
        'write the JSON pointer of the next cursor in the answer, such as /nextCursor or /list/-1/id (-1 is the last of a list)',
    }),
    message: Type.Optional(
      Type.String({
        pattern: '^(/[^/]*)+$',
        description:
          'write the JSON pointer of the message within the answer, such as /data, or leave it out where the whole answer is the message',
      }),
    ),
    items: Type.String({
      pattern: '^(/[^/]*)+$',
      description:
        'write the JSON pointer of the list in the answer, such as /list: an empty one ends the paging',
    }),
    start: Type.Optional(
      Type.String({ maxLength: 500, description: 'write the first cursor in quotes, such as "0"' }),
    ),
    everySeconds: seconds(86_400, 30),
    body,
  },
  {
    ...strict,
    description: 'poll takes url, headers, cursor, items, message, start, everySeconds and body',
  },
)

const Table = Type.Object(
  {
    ...common,
    kind: Type.Literal('table'),
    server: Type.Unsafe<'postgresql' | 'mysql'>({
      type: 'string',
      enum: ['postgresql', 'mysql'],
      description: 'write postgresql or mysql (which is MariaDB too)',
    }),
    host: text('write the host name, or the folder (PostgreSQL) or path (MySQL) of its socket'),
    port: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 65_535, description: 'write a port from 1 to 65535' }),
    ),
    database: text('write the name of the database'),
    user: text('write the name of the database user'),
    password: Type.Optional(Secret),
    tls: Type.Optional(
      Type.Boolean({
        description:
          'write true to demand TLS (with NODE_EXTRA_CA_CERTS for a CA of your own), or leave it out',
      }),
    ),
    table: Type.String({
      pattern: '^[^\\s."`]{1,63}(\\.[^\\s."`]{1,63})?$',
      description: 'write the name of the table or view, such as outbox or exchange.outbox',
    }),
    mark: Type.Object(
      {
        id: text('write the column of the unique id, such as id'),
        updatedAt: Type.Optional(
          text(
            'write the column of the time of the last change, or leave it out where rows never change',
          ),
        ),
      },
      {
        ...strict,
        description: 'write mark: { id: column } or mark: { updatedAt: column, id: column }',
      },
    ),
    overlap: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 100_000,
        description:
          'write how far behind its mark the table is read again, in ids (or in seconds with updatedAt): longer than any transaction of the platform stays open',
      }),
    ),
    batch,
    everySeconds: seconds(86_400, 5),
    body,
  },
  {
    ...strict,
    description:
      'table takes server, host, port, database, user, password, tls, table, mark, overlap, batch, everySeconds and body',
  },
)

const Folder = Type.Object(
  {
    ...common,
    kind: Type.Literal('folder'),
    folder: text('write the path of the folder, such as /srv/exchange/xintian'),
    headerRow: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 50,
        description: 'write the number of the row with the column names, such as 1',
      }),
    ),
    delimiter: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1,
        description: 'write the one character between CSV fields, such as ";"',
      }),
    ),
    settleSeconds: seconds(3_600, 5),
    everySeconds: seconds(86_400, 5),
    batch,
    body,
  },
  {
    ...strict,
    description:
      'folder takes folder, headerRow, delimiter, settleSeconds, everySeconds, batch and body',
  },
)

const Mqtt = Type.Object(
  {
    ...common,
    kind: Type.Literal('mqtt'),
    url: text('write the address of the broker, such as mqtt://host:1883 or mqtts://host:8883'),
    topics: Type.Array(text('write a topic filter, such as party/xintian/#'), {
      minItems: 1,
      maxItems: 50,
      description: 'write a list of topic filters, such as [party/xintian/#]',
    }),
    clientId: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9_-]{1,64}$',
        description: 'write a client id of letters and digits that no other client uses',
      }),
    ),
    user: Type.Optional(text('write the name of the broker user')),
    password: Type.Optional(Secret),
  },
  { ...strict, description: 'mqtt takes url, topics, clientId, user and password' },
)

const Kafka = Type.Object(
  {
    ...common,
    kind: Type.Literal('kafka'),
    brokers: Type.Array(
      Type.String({
        pattern: '^[^\\s:/]+:\\d{1,5}$',
        description: 'write host:port, such as kafka-1:9092',
      }),
      { minItems: 1, maxItems: 50, description: 'write a list of brokers, such as [kafka-1:9092]' },
    ),
    topics: Type.Array(text('write the name of a topic'), {
      minItems: 1,
      maxItems: 50,
      description: 'write a list of topics, such as [party-events]',
    }),
    group: Type.Optional(text('write the name of the consumer group, such as flagwall')),
    user: Type.Optional(text('write the SASL user')),
    password: Type.Optional(Secret),
    mechanism: Type.Optional(
      Type.Unsafe<'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'>({
        type: 'string',
        enum: ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'],
        description: 'write PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512',
      }),
    ),
    tls: Type.Optional(Type.Boolean({ description: 'write true to demand TLS, or leave it out' })),
    batch,
  },
  {
    ...strict,
    description: 'kafka takes brokers, topics, group, user, password, mechanism, tls and batch',
  },
)

/** kind → its schema. */
export const schemas = {
  push: Push,
  poll: Poll,
  table: Table,
  folder: Folder,
  mqtt: Mqtt,
  kafka: Kafka,
} satisfies Record<string, TObject>

export type Kind = keyof typeof schemas
export type ConfigOf<K extends Kind> = Static<(typeof schemas)[K]>
export type Config = { [K in Kind]: ConfigOf<K> }[Kind]
export const kinds = Object.keys(schemas) as readonly Kind[]
