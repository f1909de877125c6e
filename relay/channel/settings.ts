/** `channel.yaml`: which villages and which pages of a relay become television channels, and where they go. */
import { existsSync, readFileSync } from 'node:fs'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { parseYamlFile } from '../yaml-file.ts'

/** A mistake in `channel.yaml`: line, column, and what to write instead. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError'
}

const closed = { additionalProperties: false } as const
const Name = Type.String({ pattern: '^[a-z][a-z0-9-]{0,30}$' })
const px = Type.Integer({ minimum: 320, maximum: 3_840, multipleOf: 2 })

const Live = Type.Object(
  {
    id: Name,
    title: Type.String({ minLength: 1, maxLength: 30 }),
    /** Path and settings of a page of the relay. */
    page: Type.String({ pattern: '^/(?!/)[^\\s#]*(#\\S*)?$', maxLength: 500 }),
    size: Type.Optional(Type.Tuple([px, px])),
    /** How often a second the page is looked at; sent are always 25 pictures. */
    fps: Type.Optional(Type.Integer({ minimum: 1, maximum: 25 })),
  },
  closed,
)
const Out = Type.Object(
  {
    /** Of a live page, or a village's organisation. */
    channel: Type.String({ minLength: 1, maxLength: 60 }),
    to: Type.String({ pattern: '^(udp|srt|rtmp)://[^\\s]+$', maxLength: 300 }),
  },
  closed,
)
const Written = Type.Object(
  {
    relay: Type.String({ pattern: '^https?://[^\\s/?#@]+/?$', maxLength: 300 }),
    county: Type.Optional(Type.String({ pattern: '^\\d{6}$' })),
    host: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
    /** Organisations, or by the beginning of their codes; all where nothing is said. */
    villages: Type.Optional(
      Type.Array(Type.String({ pattern: '^[A-Za-z0-9-]{1,40}$' }), { maxItems: 2_000 }),
    ),
    /** How long a slide stands, s. */
    slide: Type.Optional(Type.Integer({ minimum: 4, maximum: 120 })),
    live: Type.Optional(Type.Array(Live, { maxItems: 8 })),
    out: Type.Optional(Type.Array(Out, { maxItems: 200 })),
    /** Folder with the sound of radio columns. */
    media: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
    /** Instead of Debian's. */
    browser: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
  },
  closed,
)
const File = Compile(Written)

export interface LivePage {
  readonly id: string
  readonly title: string
  readonly page: string
  readonly size: readonly [width: number, height: number]
  readonly fps: number
}
export interface HandOff {
  readonly channel: string
  readonly to: string
}
export interface ChannelSettings {
  readonly relay: URL
  /** Null: the relay's own. */
  readonly county: string | null
  readonly host: string
  readonly port: number
  /** Null: every village. */
  readonly villages: readonly string[] | null
  readonly slideMs: number
  readonly live: readonly LivePage[]
  readonly out: readonly HandOff[]
  readonly media: string | null
  readonly browser: string
}

/** `file` is only for the messages. Throws `ChannelError`. */
export function parseChannels(content: string, file: string): ChannelSettings {
  const written = parseYamlFile({
    content,
    file,
    schema: File,
    seeAlso: 'the settings are listed in relay/channel/README.md',
    fail: (sentence) => new ChannelError(sentence),
  }) as Static<typeof Written>
  const live = (written.live ?? []).map(({ size = [1920, 1080], fps = 5, ...rest }) => ({
    ...rest,
    size,
    fps,
  }))
  const twice = live.find(({ id }, at) => live.findIndex((other) => other.id === id) < at)
  if (twice !== undefined)
    throw new ChannelError(`${file}: live: two pages have the id ${twice.id}; give each its own.`)
  return {
    relay: new URL(written.relay),
    county: written.county ?? null,
    host: written.host ?? '127.0.0.1',
    port: written.port ?? 8791,
    villages: written.villages ?? null,
    slideMs: (written.slide ?? 12) * 1_000,
    live,
    out: written.out ?? [],
    media: written.media ?? null,
    browser: written.browser ?? 'chromium',
  }
}

/** Throws `ChannelError`. */
export function readChannels(file: string): ChannelSettings {
  if (!existsSync(file))
    throw new ChannelError(
      `${file} does not exist. Write it first; the least is one line: "relay: http://ADDRESS:8080". All of it stands in relay/channel/README.md.`,
    )
  return parseChannels(readFileSync(file, 'utf8'), file)
}
