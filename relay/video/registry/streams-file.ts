/** `DATA_DIR/streams.yaml`: the county's cameras, the gateways that some of them stand behind, and who signed for which. */
import { readFileSync } from 'node:fs'
import type { Camera } from '../../../protocol/video.ts'
import { cleanText } from '../../http/text.ts'
import { openYamlFile } from '../../yaml-file.ts'
import {
  cameraSchemas,
  frameSchema,
  gatewaySchemas,
  type Secret,
  type Via,
  type WrittenCamera,
  type WrittenFrame,
  type WrittenGateway,
  type WrittenOfGateway,
} from './streams-schema.ts'

/** A mistake in `streams.yaml`: line, column, and what to write instead; quotes no address and no secret. */
export class StreamsError extends Error {
  override readonly name = 'StreamsError'
}

interface OfGateways {
  readonly name: string
  readonly url: string
  readonly addressSeconds: number | undefined
}
interface Bases {
  readonly http?: string
  readonly rtsp?: string
  readonly rtmp?: string
  readonly query?: string
}
export type Gateway =
  | (OfGateways & { readonly kind: 'wvp'; readonly user: string; readonly password: string })
  | (OfGateways &
      Bases & { readonly kind: 'zlmediakit'; readonly secret: string; readonly vhost: string })
  | (OfGateways &
      Bases & { readonly kind: 'srs'; readonly user?: string; readonly password?: string })

/** Where pictures come from. None of it leaves the relay. */
export type Origin =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'socket'; readonly url: string; readonly format: 'flv' | 'mp4' }
  | { readonly kind: 'push'; readonly key: string }
  | { readonly kind: 'whep'; readonly url: string; readonly token: string | undefined }
  | {
      readonly kind: 'gateway'
      readonly gateway: Gateway
      readonly via: Via
      /** Device and channel of a WVP, app and stream of the others. */
      readonly group: string
      readonly name: string
      readonly proxy?: string
    }

/** The browser fetches its pictures from where they are, and the relay only lets it. */
export const isWhep = (origin: Origin): boolean =>
  origin.kind === 'whep' || (origin.kind === 'gateway' && origin.via === 'whep')

/** Who signed for showing a camera on public screens. */
export interface Clearance {
  readonly by: string
  readonly at: string
  readonly reason: string | undefined
}

export interface RegisteredCamera {
  readonly id: string
  readonly county: string
  readonly organization: string
  readonly title: string
  readonly kind: Camera['kind']
  readonly clearance: Clearance | undefined
  /** What tiles show: the smaller picture where there are two. */
  readonly tile: Origin
  /** The large picture where there are two. */
  readonly main: Origin | undefined
}

export interface Streams {
  readonly cameras: readonly RegisteredCamera[]
  readonly limits: { readonly processes: number; readonly transcodes: number }
  /** Where phones push to; undefined where none may. */
  readonly push: { readonly port: number; readonly host: string } | undefined
  /** Every camera is looked at once in so many minutes; 0: none. */
  readonly lookMinutes: number
}

export interface StreamsSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Division of cameras that name none. */
  readonly home: string
}

/** Two walls on patrol, each with nine tiles and what it fetches beforehand. */
const processesUsual = 32
const lookMinutesUsual = 10

export const noStreams: Streams = {
  cameras: [],
  limits: { processes: processesUsual, transcodes: 1 },
  push: undefined,
  lookMinutes: lookMinutesUsual,
}

type Path = readonly (string | number)[]

/** `file` is only for the messages. Throws `StreamsError`. */
export function parseStreams(
  content: string,
  file: string,
  { env, home }: StreamsSurroundings,
): Streams {
  const yaml = openYamlFile({
    content,
    file,
    seeAlso: 'CONTRIBUTING.md shows every setting of cameras',
    fail: (sentence) => new StreamsError(sentence),
    isSecret: true,
  })

  function secretOf(secret: Secret, path: Path): string {
    if (typeof secret === 'string') return secret
    if ('env' in secret) {
      const value = env[secret.env] ?? ''
      if (value === '')
        throw yaml.faultAt(path, `the environment variable ${secret.env} is not set for the relay`)
      return value
    }
    try {
      const value = readFileSync(secret.file, 'utf8').trim()
      if (value !== '') return value
    } catch {
      // Told below, without the system's own words: the remedy is the same.
    }
    throw yaml.faultAt(path, `${secret.file} is empty or can't be read by the relay's user`)
  }

  const filled = (text: string, secret: string | undefined): string =>
    secret === undefined ? text : text.replaceAll('{secret}', encodeURIComponent(secret))

  yaml.check(frameSchema, yaml.root)
  const root = yaml.root as WrittenFrame

  const gateways = new Map<string, Gateway & { readonly via: Via }>()
  for (const [name, given] of Object.entries(root.gateways ?? {})) {
    const path = ['gateways', name]
    yaml.check(gatewaySchemas[given.kind], given, path)
    gateways.set(name, gatewayOf(name, given as WrittenGateway, path))
  }

  function gatewayOf(
    name: string,
    written: WrittenGateway,
    path: Path,
  ): Gateway & { readonly via: Via } {
    const { url, addressSeconds, via = 'http-flv' } = written
    const common = { name, url: url.replace(/\/+$/, ''), addressSeconds, via }
    if (written.kind === 'wvp') {
      const password = secretOf(written.password, [...path, 'password'])
      return { ...common, kind: 'wvp', user: written.user, password }
    }
    const secret =
      written.secret === undefined ? undefined : secretOf(written.secret, [...path, 'secret'])
    const { http, rtsp, rtmp, query } = written
    const bases = {
      ...(http !== undefined && { http }),
      ...(rtsp !== undefined && { rtsp }),
      ...(rtmp !== undefined && { rtmp }),
      ...(query !== undefined && { query: filled(query, secret) }),
    }
    if (written.kind === 'zlmediakit') {
      const { vhost = '__defaultVhost__' } = written
      return { ...common, ...bases, kind: 'zlmediakit', secret: secret ?? '', vhost }
    }
    return {
      ...common,
      ...bases,
      kind: 'srs',
      ...(written.user !== undefined && { user: written.user }),
      ...(written.password !== undefined && {
        password: secretOf(written.password, [...path, 'password']),
      }),
    }
  }

  function behindGateway(written: WrittenOfGateway, path: Path): readonly [Origin, Origin?] {
    const gateway = gateways.get(written.gateway)
    if (gateway === undefined)
      throw yaml.faultAt([...path, 'gateway'], 'no such name stands under gateways')
    const isWvp = gateway.kind === 'wvp'
    const [group, main, sub] = isWvp
      ? [written.device, written.channel, written.subChannel]
      : [written.app, written.stream, written.subStream]
    if (group === undefined || main === undefined)
      throw yaml.faultAt(path, isWvp ? 'write device and channel' : 'write app and stream')
    const secret =
      written.secret === undefined ? undefined : secretOf(written.secret, [...path, 'secret'])
    const of = (name: string): Origin => ({
      kind: 'gateway',
      gateway,
      via: written.via ?? gateway.via,
      group,
      name,
      ...(written.proxy !== undefined && { proxy: filled(written.proxy, secret) }),
    })
    return sub === undefined ? [of(main)] : [of(sub), of(main)]
  }

  /** For tiles, and behind it that for large pictures. */
  function originsOf(written: WrittenCamera, path: Path): readonly [Origin, Origin?] {
    if (written.kind === 'file') return [{ kind: 'file', path: written.url }]
    if (written.kind === 'gateway') return behindGateway(written, path)
    const secret =
      written.secret === undefined ? undefined : secretOf(written.secret, [...path, 'secret'])
    if (written.kind === 'rtmp-push') return [{ kind: 'push', key: secret ?? '' }]
    if (written.kind === 'whep') return [{ kind: 'whep', url: written.url, token: secret }]
    const { kind, url, sub } = written
    const of = (text: string): Origin => {
      const address = filled(text, secret)
      if (kind === 'ws-flv') return { kind: 'socket', url: address, format: 'flv' }
      if (kind === 'ws-fmp4') return { kind: 'socket', url: address, format: 'mp4' }
      return { kind: 'address', url: address }
    }
    return sub === undefined ? [of(url)] : [of(sub), of(url)]
  }

  const ids = new Set<string>()
  const keys = new Set<string>()
  const cameras = (root.cameras ?? []).map((given, index): RegisteredCamera => {
    const path = ['cameras', index]
    yaml.check(cameraSchemas[given.kind], given, path)
    const written = given as WrittenCamera
    const { id, organization, title, kind, county = home } = written
    if (ids.has(id)) throw yaml.faultAt([...path, 'id'], 'a camera above has this id')
    ids.add(id)
    const [tile, main] = originsOf(written, path)
    if (tile.kind === 'push') {
      if (!/^[A-Za-z0-9_-]{16,64}$/.test(tile.key))
        throw yaml.faultAt(
          [...path, 'secret'],
          'a stream key is 16 to 64 letters, digits, "-" and "_"',
        )
      if (keys.has(tile.key))
        throw yaml.faultAt([...path, 'secret'], 'a camera above has this stream key')
      keys.add(tile.key)
    }
    return {
      id,
      county,
      organization,
      title: cleanText(title),
      kind,
      clearance: clearanceOf(written),
      tile,
      main,
    }
  })

  const { push, limits, look } = root
  return {
    cameras,
    limits: { ...noStreams.limits, ...limits },
    push: push === undefined ? undefined : { host: '0.0.0.0', ...push },
    lookMinutes: look?.minutes ?? lookMinutesUsual,
  }
}

/** One that does not say both who signed and when is none. */
function clearanceOf(written: WrittenCamera): Clearance | undefined {
  const { publicDisplay, clearedBy, clearedAt, clearedFor } = written
  if (publicDisplay !== true || clearedBy === undefined || clearedAt === undefined) return undefined
  return { by: clearedBy, at: clearedAt, reason: clearedFor }
}
