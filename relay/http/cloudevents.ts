import type { IncomingHttpHeaders } from 'node:http'
import type { TSchema } from 'typebox'
import { eventData } from '../../protocol/events.ts'
import { sentKinds, typePrefix } from '../../protocol/schema.ts'
import { checkEvent, type Checked } from './check.ts'
import type { Item } from './deliver.ts'
import { redacted } from './redact.ts'

const attributes: ReadonlySet<string> = new Set([
  'specversion',
  'type',
  'source',
  'id',
  'rev',
  'retracts',
  'subject',
  'partitionkey',
  'time',
  'datacontenttype',
  'dataschema',
  'traceparent',
  'tracestate',
  'data',
])

/** What an operator may see of a refused one: the agreed fields, but no secretary, whose name may have come unmasked. */
export const shownFields: ReadonlySet<string> = new Set([
  'headers',
  ...[...attributes].flatMap((name) => [name, `ce-${name}`]),
  ...sentKinds.flatMap((kind) => namesIn(eventData[kind])).filter((name) => name !== 'secretary'),
])

function namesIn(schema: TSchema): readonly string[] {
  const { properties = {}, items } = schema as {
    readonly properties?: Readonly<Record<string, TSchema>>
    readonly items?: TSchema
  }
  const inner = Object.entries(properties).flatMap(([name, each]) => [name, ...namesIn(each)])
  return items === undefined ? inner : [...inner, ...namesIn(items)]
}

/** One in structured mode or of a batch, as an item of a delivery. */
export function cloudEventItem(value: unknown, platform: string, nowMs: number): Item {
  return {
    results: [readCloudEvent(value, platform, nowMs)],
    kept: () => redacted(value, shownFields),
  }
}

/** A CloudEvent in structured mode, or one of a batch. `platform` is who signed it: it speaks only for itself. */
export function readCloudEvent(value: unknown, platform: string, nowMs: number): Checked {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse('not an object; send a CloudEvent object')
  return read(new Map(Object.entries(value)), platform, nowMs)
}

/** A CloudEvent in binary mode: attributes in `ce-` headers, percent-encoded; the body is `data`. */
export function readBinary(
  headers: IncomingHttpHeaders,
  data: unknown,
  platform: string,
  nowMs: number,
): Checked {
  const fields = new Map<string, unknown>()
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith('ce-') || typeof value !== 'string') continue
    const attribute = name.slice(3)
    if (attribute === 'data')
      return refuse('the header ce-data is not an attribute; send the data as the body')
    try {
      fields.set(attribute, decodeURIComponent(value))
    } catch {
      return refuse(
        `the header ${name.slice(0, 40)} is not percent-encoded UTF-8; encode "%" as "%25"`,
      )
    }
  }
  // The signature covers webhook-id and the body, not the ce- headers: this ties at least the identity to it.
  if (fields.get('id') !== headers['webhook-id'])
    return refuse('ce-id differs from webhook-id; in binary mode send the same value in both')
  fields.set('data', data)
  return read(fields, platform, nowMs)
}

export function isBinary(headers: IncomingHttpHeaders): boolean {
  return (
    headers['ce-specversion'] !== undefined ||
    headers['ce-type'] !== undefined ||
    headers['ce-id'] !== undefined
  )
}

function read(fields: ReadonlyMap<string, unknown>, platform: string, nowMs: number): Checked {
  for (const name of fields.keys()) {
    if (name === 'data_base64')
      return refuse('data_base64 is not accepted; send the data as JSON in "data"')
    if (!attributes.has(name)) return refuse(`unknown attribute ${name.slice(0, 40)}; remove it`)
  }
  if (fields.get('specversion') !== '1.0')
    return refuse('specversion must be "1.0"; send CloudEvents 1.0')
  const type = fields.get('type')
  if (typeof type !== 'string' || !type.startsWith(typePrefix))
    return refuse(
      `type must begin with "${typePrefix}", such as ${typePrefix}points.awarded; send the kind of the event behind that prefix`,
    )
  const content = fields.get('datacontenttype')
  if (
    content !== undefined &&
    (typeof content !== 'string' || !/^application\/json\s*(;.*)?$/i.test(content))
  )
    return refuse('datacontenttype must be application/json; send the data as JSON')
  const source = fields.get('source')
  if (typeof source !== 'string' || !speaksFor(source, platform))
    return refuse(
      `source must be "${platform}" or begin with "${platform}/"; a platform speaks only for itself`,
    )
  const kind = type.slice(typePrefix.length)
  if (kind === 'source.reported' && fields.get('subject') !== platform)
    return refuse(
      `subject of source.reported must be "${platform}"; a platform reports only its own feeds`,
    )
  const retracts = fields.get('retracts')
  return checkEvent(
    {
      kind,
      source,
      id: fields.get('id'),
      rev: revision(fields.get('rev')),
      ...(retracts === undefined ? {} : { retracts }),
      subject: fields.get('subject'),
      county: fields.get('partitionkey'),
      time: fields.get('time'),
      data: fields.get('data'),
    },
    nowMs,
  )
}

function refuse(reason: string): Checked {
  return { ok: false, reason }
}

function speaksFor(source: string, platform: string): boolean {
  return source === platform || source.startsWith(`${platform}/`)
}

/** 1 when absent; headers and some SDKs carry integers as text. */
function revision(value: unknown): unknown {
  if (value === undefined) return 1
  return typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value
}
