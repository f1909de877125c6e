/** Requests that no platform should send, from a seed. Each is bytes for a raw socket or a delivery for HTTP. */
import { createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { branchA, cloudEvent } from '../support/events.ts'

export interface BadRequest {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

type Random = () => number
const pick = <T>(random: Random, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T
const bytesOf = (random: Random, most: number): Buffer =>
  Buffer.from(Array.from({ length: Math.floor(random() * most) }, () => Math.floor(random() * 256)))

const structured = 'application/cloudevents+json'
const batched = 'application/cloudevents-batch+json'
const bomb = gzipSync(Buffer.alloc(20_000_000))
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

/** Texts that stand where a value should: raw JSON, so that what no value can say is among them. */
const oddValues: readonly string[] = [
  'null',
  'true',
  '-1',
  '-0',
  '1.5',
  '1e400',
  '9007199254740993',
  '00',
  'NaN',
  'undefined',
  "'single'",
  '""',
  '" "',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u202e54321"',
  `"${'长'.repeat(5_000)}"`,
  `"a${'\u0301'.repeat(500)}"`,
  '"<img src=x onerror=alert(1)>"',
  '"\'; DROP TABLE entries; --"',
  '"__proto__"',
  '"constructor"',
  '"../../etc/passwd"',
  '{}',
  '[]',
  '{"toString":1}',
  '{"__proto__":{"admin":true}}',
  nested(33),
  nested(20_000),
]
const oddTimes: readonly string[] = [
  '2026-02-30T09:00:00+08:00',
  '2026-13-01T09:00:00+08:00',
  '2025-02-29T09:00:00+08:00',
  '2026-06-18T24:00:00+08:00',
  '2026-06-18T09:60:00+08:00',
  '2026-06-18T23:59:60Z',
  '2026-06-18T09:00:00',
  '2026-06-18 09:00:00',
  '2026-06-18T09:00:00+99:99',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '-271821-04-20T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '1970-01-01T00:00:00Z',
  '1e9',
  '٢٠٢٦-٠٦-١٨T09:00:00Z',
]
const oddTypes: readonly string[] = [
  '',
  'text/csv',
  'application/json',
  'application/json; charset=gbk',
  `${structured}; charset="utf-16"`,
  `${structured};;;=;`,
  'application/cloudevents+avro',
  'multipart/form-data; boundary=x',
  `application/${'x'.repeat(3_000)}`,
]
const oddPlatforms: readonly string[] = [
  'nobody',
  '__proto__',
  'constructor',
  '%00',
  '%ff',
  '%E4%B8%AD',
  '..%2F..%2Fetc',
  'x'.repeat(2_000),
]
const oddTimestamps: readonly string[] = [
  '0',
  '-1',
  '1e9',
  '9999999999',
  '17500000000',
  '1750000000.0',
  '0x68529d00',
  'now',
]
const oddPaths: readonly string[] = [
  '/v1/figures/431128?at=2026-02-30T00:00:00Z',
  '/v1/figures/431128?at[]=1&at[]=2',
  '/v1/figures/431128?at=%00',
  '/v1/figures/__proto__',
  '/v1/past/431128?from=2026-06-18T00:00:00Z&to=2026-06-17T00:00:00Z&step=-1',
  '/v1/past/431128?from[]=1&step=1e9',
  '/v1/snapshot/%F0%9F',
  '/v1/snapshot/..%2f..%2f',
  '/v1/refusals?before=x',
  '/v1/refusals?limit=-1&limit=2',
  '/v1/roster/43112',
  '/geo/..%2f..%2f..%2fetc%2fpasswd',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/%c0%ae%c0%ae/',
  '//evil.example/',
  '/socket.io/?EIO=4&transport=polling',
  '/socket.io/?EIO=3&transport=websocket',
  '/socket.io/?EIO=4&transport=websocket&sid=__proto__',
  '/v1/video',
  `/${'a'.repeat(9_000)}`,
]

function goodEvent(random: Random, id: string): Record<string, unknown> {
  const kinds = [
    () => cloudEvent('points.awarded', branchA, { points: 5, reason: 'study' }),
    () => cloudEvent('study.logged', branchA, { learners: 3, minutes: 40 }),
    () =>
      cloudEvent('activity.submitted', branchA, {
        activity: 'a-1',
        form: 'theme-day',
        title: '主题党日',
        heldAt: '2026-01-09T09:00:00+08:00',
        present: 9,
        expected: 10,
        photos: 2,
      }),
  ]
  return { ...pick(random, kinds)(), id }
}

/** One field, anywhere in the event, becomes something else, disappears, comes twice or gets a neighbour. */
function mutated(random: Random, event: Record<string, unknown>): string {
  const data = event['data'] as Record<string, unknown>
  const inData = random() < 0.5
  const target = inData ? data : event
  const name = pick(random, Object.keys(target))
  const marker = '"@@"'
  const write = (value: unknown): string =>
    JSON.stringify(
      inData ? { ...event, data: { ...data, [name]: value } } : { ...event, [name]: value },
    )
  const way = random()
  if (way < 0.6) return write('@@').replace(marker, () => pick(random, oddValues))
  if (way < 0.75) return write(pick(random, oddTimes))
  if (way < 0.85) return write(undefined)
  const key = pick(random, ['__proto__', 'constructor', 'x', '', name, 'data_base64', '\u202e'])
  return write('@@').replace(marker, () => `1,${JSON.stringify(key)}:${pick(random, oddValues)}`)
}

function oddBody(random: Random, id: string): readonly [name: string, body: Buffer] {
  const event = goodEvent(random, id)
  const text = JSON.stringify(event)
  const way = Math.floor(random() * 20)
  switch (way) {
    case 0:
      return ['random bytes', bytesOf(random, 600)]
    case 1:
      return ['cut JSON', Buffer.from(text.slice(0, Math.floor(random() * text.length)))]
    case 2:
      return ['UTF-16', Buffer.from(text, 'utf16le')]
    case 3:
      return ['a byte order mark', Buffer.from(`\ufeff${text}`)]
    case 4: {
      const bytes = Buffer.from(text)
      bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
      return ['a flipped byte', bytes]
    }
    case 5:
      return ['depth', Buffer.from(nested(30 + Math.floor(random() ** 4 * 50_000)))]
    case 6:
      return ['an empty body', Buffer.alloc(0)]
    case 7:
      return ['an array where one event should be', Buffer.from(`[${text},${text},1,null]`)]
    case 8:
      return random() < 0.1
        ? ['too large', Buffer.alloc(300_000 + Math.floor(random() * 900_000), 0x20)]
        : ['two documents', Buffer.from(text + text)]
    default:
      return ['a wrong field', Buffer.from(mutated(random, event))]
  }
}

/** `secret`: the platform's key, so that most of these get behind the signature. */
export function badRequest(
  random: Random,
  index: number,
  secret: Uint8Array,
  nowMs: number,
): BadRequest {
  const id = `bad-${index}`
  if (random() < 0.06) {
    const method = pick(random, ['GET', 'GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'])
    const path = random() < 0.2 ? '/v1/platforms/xintian/events' : pick(random, oddPaths)
    return { name: 'an odd address', method, path, headers: {}, body: Buffer.alloc(0) }
  }
  const [name, body] = oddBody(random, id)
  const timestamp =
    random() < 0.04 ? pick(random, oddTimestamps) : String(Math.floor(nowMs / 1_000))
  const mac = createHmac('sha256', secret)
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest('base64')
  const signature = pick(random, [
    ...Array.from({ length: 40 }, () => `v1,${mac}`),
    `v1,${mac.slice(0, -4)}AAA=`,
    `v1a,${mac}`,
    mac,
    `${'v1,AAAA '.repeat(300)}v1,${mac}`,
    'v1,',
    '\u00ff\u00fe',
  ])
  const headers: Record<string, string> = {
    'content-type':
      random() < 0.06
        ? pick(random, oddTypes)
        : pick(random, [structured, structured, batched, 'application/json']),
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
  }
  if (random() < 0.03) delete headers[pick(random, Object.keys(headers))]
  if (random() < 0.02) headers['x-large'] = 'x'.repeat(Math.floor(random() * 40_000))
  if (random() < 0.02) for (let n = 0; n < 150; n++) headers[`x-many-${n}`] = String(n)
  if (random() < 0.03)
    Object.assign(headers, {
      'ce-id': pick(random, [id, '%', '%ff', '']),
      'ce-specversion': pick(random, ['1.0', '0.3', '%zz']),
      'ce-type': 'cn.flagwall.points.awarded',
      'ce-source': pick(random, ['xintian', 'grid', '__proto__']),
      'ce-time': encodeURIComponent(pick(random, oddTimes)),
    })
  const platform = random() < 0.03 ? pick(random, oddPlatforms) : 'xintian'
  const sent = { name, method: 'POST', path: `/v1/platforms/${platform}/events`, headers }
  const packing = random()
  if (packing > 0.05) return { ...sent, body }
  headers['content-encoding'] = pick(random, ['gzip', 'gzip', 'gzip', 'br', 'gzip, gzip'])
  if (packing < 0.002) return { ...sent, name: 'a gzip bomb', body: bomb }
  const packed = gzipSync(body)
  return {
    ...sent,
    name: `${name}, packed`,
    body: packing < 0.02 ? packed.subarray(0, Math.floor(random() * packed.length)) : packed,
  }
}

/** What `fetch` and `http.request` refuse to send. */
export const rawRequests: readonly string[] = [
  'GET\r\n\r\n',
  'GET / HTTP/9.9\r\n\r\n',
  'POST /v1/platforms/xintian/events HTTP/1.1\r\n\r\n',
  'POST /v1/platforms/xintian/events HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n{}',
  'POST /v1/platforms/xintian/events HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
  'POST /v1/platforms/xintian/events HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /v1/platforms/xintian/events HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n',
  'POST /v1/platforms/xintian/events HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nX: \u0000\r\n\r\n',
  'GET / HTTP/1.1\r\n : a\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\u0016\u0003\u0001\u0002\u0000\u0001\u0000',
  `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n\u00ff\u00ff\u00ff\u00ff',
  'GET /v1/video HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n\u0081\u0005junk',
  'GET /elsewhere HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
]
