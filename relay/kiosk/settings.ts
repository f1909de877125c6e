/** `kiosk.yaml`: which relay's walls a machine shows, on which of its monitors, and in which hours. */
import { existsSync, readFileSync } from 'node:fs'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { parseYamlFile } from '../yaml-file.ts'

/** A mistake in `kiosk.yaml`: line, column, and what to write instead. */
export class KioskError extends Error {
  override readonly name = 'KioskError'
}

/** Asia/Shanghai. */
const Minute = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })
const px = (least: number) => Type.Integer({ minimum: least, maximum: 32_768 })

const Monitor = Type.Object(
  {
    /** Its left upper corner on the desktop, px. */
    at: Type.Optional(Type.Tuple([px(0), px(0)])),
    /** px; the whole screen where there is none. */
    size: Type.Optional(Type.Tuple([px(320), px(240)])),
    /** Path and settings of the page. */
    page: Type.Optional(Type.String({ pattern: '^/(?!/)[^\\s#]*(#\\S*)?$', maxLength: 500 })),
  },
  { additionalProperties: false },
)

const Written = Type.Object(
  {
    relay: Type.String({ pattern: '^https?://[^\\s/?#@]+/?$', maxLength: 300 }),
    monitors: Type.Optional(Type.Array(Monitor, { minItems: 1, maxItems: 16 })),
    /** When browsers are started anew, up to ten minutes later: not all machines of a county at once. */
    restart: Type.Optional(Minute),
    hours: Type.Optional(Type.Object({ on: Minute, off: Minute }, { additionalProperties: false })),
    port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
    /** Instead of Debian's. */
    browser: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
    /** Of a browser's scripts, MB. */
    heap: Type.Optional(Type.Integer({ minimum: 256, maximum: 8_192 })),
  },
  { additionalProperties: false },
)
const File = Compile(Written)

export interface KioskMonitor {
  readonly at: readonly [x: number, y: number]
  readonly size: readonly [width: number, height: number] | null
  readonly page: string
}

export interface KioskSettings {
  readonly relay: URL
  readonly monitors: readonly KioskMonitor[]
  /** Minutes after midnight, Asia/Shanghai. */
  readonly restart: number
  /** Null: the monitors are never switched off. */
  readonly hours: { readonly on: number; readonly off: number } | null
  /** Of the agent, on loopback; 0 for any that is free. */
  readonly port: number
  readonly browser: string
  readonly heapMb: number
}

const minuteOf = (written: string): number => {
  const [hours = 0, minutes = 0] = written.split(':').map(Number)
  return hours * 60 + minutes
}

/** `file` is only for the messages. Throws `KioskError`. */
export function parseKiosk(content: string, file: string): KioskSettings {
  const written = parseYamlFile({
    content,
    file,
    schema: File,
    seeAlso: 'the settings are listed in relay/kiosk/README.md',
    fail: (sentence) => new KioskError(sentence),
  }) as Static<typeof Written>
  const { on, off } = written.hours ?? {}
  if (on !== undefined && on === off)
    throw new KioskError(`${file}: hours: on and off are the same minute, so leave "hours" out.`)
  return {
    relay: new URL(written.relay),
    monitors: (written.monitors ?? [{}]).map(({ at = [0, 0], size = null, page = '/' }) => ({
      at,
      size,
      page,
    })),
    restart: minuteOf(written.restart ?? '04:10'),
    hours: on === undefined || off === undefined ? null : { on: minuteOf(on), off: minuteOf(off) },
    port: written.port ?? 8790,
    browser: written.browser ?? 'chromium',
    heapMb: written.heap ?? 1024,
  }
}

/** Throws `KioskError`. */
export function readKiosk(file: string): KioskSettings {
  if (!existsSync(file))
    throw new KioskError(
      `${file} does not exist. Write it first; the least is one line: "relay: http://ADDRESS:8080". All of it stands in relay/kiosk/README.md.`,
    )
  return parseKiosk(readFileSync(file, 'utf8'), file)
}
