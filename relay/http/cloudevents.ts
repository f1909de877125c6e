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
    return refuse('报文不是对象,应为一个 CloudEvent 对象')
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
      return refuse('请求头 ce-data 不是 CloudEvents 属性,数据请放在请求正文里')
    try {
      fields.set(attribute, decodeURIComponent(value))
    } catch {
      return refuse(`请求头 ${name.slice(0, 40)} 不是百分号编码的 UTF-8,“%” 应写成 “%25”`)
    }
  }
  // The signature covers webhook-id and the body, not the ce- headers: this ties at least the identity to it.
  if (fields.get('id') !== headers['webhook-id'])
    return refuse('请求头 ce-id 与 webhook-id 不同,二进制模式下两者应为同一个值')
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
    if (name === 'data_base64') return refuse('不接受属性 data_base64,数据请以 JSON 放在 data 里')
    if (!attributes.has(name)) return refuse(`报文含未约定的属性 ${name.slice(0, 40)},请删除`)
  }
  if (fields.get('specversion') !== '1.0')
    return refuse('属性 specversion 应为 "1.0",请按 CloudEvents 1.0 报送')
  const type = fields.get('type')
  if (typeof type !== 'string' || !type.startsWith(typePrefix))
    return refuse(`属性 type 应以 "${typePrefix}" 开头,后接事件类型,如 ${typePrefix}points.awarded`)
  const content = fields.get('datacontenttype')
  if (
    content !== undefined &&
    (typeof content !== 'string' || !/^application\/json\s*(;.*)?$/i.test(content))
  )
    return refuse('属性 datacontenttype 应为 application/json,数据请以 JSON 报送')
  const source = fields.get('source')
  if (typeof source !== 'string' || !speaksFor(source, platform))
    return refuse(`属性 source 应为 "${platform}" 或以 "${platform}/" 开头,平台只能代表自己报送`)
  const kind = type.slice(typePrefix.length)
  if (kind === 'source.reported' && fields.get('subject') !== platform)
    return refuse(`source.reported 的属性 subject 应为 "${platform}",平台只能报送自己的数据`)
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
