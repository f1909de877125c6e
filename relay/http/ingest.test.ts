import { createSecretKey } from 'node:crypto'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { CloudEvent, HTTP } from 'cloudevents'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Event } from '../../protocol/events.ts'
import { createDelivery, type DeliveryParts } from './deliver.ts'
import { createIngest, type IngestParts } from './ingest.ts'
import { createLimiter } from './limiter.ts'
import { listRefusals, type Refusal } from './refusals.ts'

// The standardwebhooks library verifies nothing here, so the relay's clock can stand still.
const now = Date.parse('2026-06-18T09:41:26+08:00')
const bytes = Buffer.alloc(32, 7)
const wh = new Webhook(`whsec_${bytes.toString('base64')}`)
const old = new Webhook(`whsec_${Buffer.alloc(32, 9).toString('base64')}`)

let server: Server
let base = ''
let accepted: Event[] = []
let refused: Refusal[] = []
let logged: string[] = []
const stopped: Error[] = []

type Parts = DeliveryParts & Omit<IngestParts, 'delivery'>
async function start(more: Partial<Parts> = {}): Promise<void> {
  accepted = []
  refused = []
  logged = []
  stopped.length = 0
  const seen = new Map<string, number>()
  const parts: Parts = {
    hub: {
      accept: (events) => {
        const [stop] = stopped
        if (stop !== undefined) return Promise.reject(stop)
        return Promise.resolve(
          events.map((event) => {
            const name = `${event.source} ${event.id} ${event.rev}`
            const known = seen.get(name)
            if (known !== undefined) return { status: 'duplicate' as const, ordinal: known }
            accepted.push(event)
            seen.set(name, seen.size + 1)
            return { status: 'accepted' as const, ordinal: seen.size }
          }),
        )
      },
    },
    keys: {
      valid: (platform) =>
        ['xintian', 'grid'].includes(platform)
          ? [{ id: 'k1', secret: createSecretKey(bytes), counties: ['431128'] }]
          : undefined,
    },
    adapters: new Map(),
    refusals: { add: (refusal) => refused.push(refusal) },
    now: () => now,
    log: {
      warn: (_fields, message) => logged.push(message),
      error: (_fields, message) => logged.push(message),
    },
    limiter: createLimiter({ perSecond: 1e9, clock: () => 0 }),
    ...more,
  }
  const ingest = createIngest({ ...parts, delivery: createDelivery(parts) })
  server = createServer(
    (req, res) => void ingest(req, res, decodeURIComponent((req.url ?? '').split('/')[3] ?? '')),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/platforms`
}
async function stop(): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
beforeEach(() => start())
afterEach(stop)

const event = (more: object = {}) => ({
  specversion: '1.0',
  type: 'cn.flagwall.points.awarded',
  source: 'xintian',
  id: 'm1',
  subject: 'org-1',
  partitionkey: '431128',
  time: '2026-06-18T09:41:20+08:00',
  data: { points: 5, reason: 'study' },
  ...more,
})
const structured = 'application/cloudevents+json'
const batched = 'application/cloudevents-batch+json'

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: {
    detail?: string
    title?: string
    type?: string
    accepted?: number
    duplicate?: number
    rejected?: number
    items?: { index: number; status: string; ordinal?: number; reason?: string }[]
  }
}
async function post(
  content: unknown,
  {
    type = structured,
    headers = {},
    platform = 'xintian',
    encode = (raw: Buffer) => raw,
    hook = wh,
    id = 'd1',
    atMs = now,
  } = {} as {
    type?: string
    headers?: Record<string, string>
    platform?: string
    encode?: (raw: Buffer) => Buffer
    hook?: Webhook
    id?: string
    atMs?: number
  },
): Promise<Answer> {
  const raw = Buffer.isBuffer(content)
    ? content
    : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
  const signed = raw.toString('utf8')
  // The library signs text; bytes that are not UTF-8 are signed by latin-1 elsewhere.
  const signature = hook.sign(
    id,
    new Date(atMs),
    Buffer.from(signed).equals(raw) ? signed : raw.toString('utf8'),
  )
  const response = await fetch(`${base}/${platform}/events`, {
    method: 'POST',
    headers: {
      'content-type': type,
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(atMs / 1000)),
      'webhook-signature': signature,
      ...headers,
    },
    body: new Uint8Array(encode(raw)),
  })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer['body'],
  }
}

test('a signed event is accepted once, however often it comes', async () => {
  const first = await post(event())
  expect(first).toMatchObject({
    status: 202,
    body: {
      accepted: 1,
      duplicate: 0,
      rejected: 0,
      items: [{ index: 0, status: 'accepted', ordinal: 1 }],
    },
  })
  expect((await post(event())).body).toMatchObject({
    accepted: 0,
    duplicate: 1,
    items: [{ status: 'duplicate', ordinal: 1 }],
  })
  expect(accepted).toEqual([
    {
      kind: 'points.awarded',
      source: 'xintian',
      id: 'm1',
      rev: 1,
      subject: 'org-1',
      county: '431128',
      time: '2026-06-18T09:41:20+08:00',
      data: { points: 5, reason: 'study' },
    },
  ])
})

test('the CloudEvents SDK is understood in structured, binary and batch mode', async () => {
  const made = (id: string) =>
    new CloudEvent({ ...event({ id }), rev: 2, time: '2026-06-18T01:41:20.123Z' })
  const full = HTTP.structured(made('s'))
  expect((await post(full.body, { type: String(full.headers['content-type']) })).status).toBe(202)
  const split = HTTP.binary(made('b'))
  const headers = Object.fromEntries(
    Object.entries(split.headers).map(([name, value]) => [name, String(value)]),
  )
  expect(
    await post(split.body, { type: String(split.headers['content-type']), headers, id: 'b' }),
  ).toMatchObject({ status: 202 })
  expect(
    (await post([made('x').toJSON(), made('y').toJSON()], { type: batched })).body,
  ).toMatchObject({ accepted: 2 })
  expect(accepted.map(({ id, rev }) => [id, rev])).toEqual([
    ['s', 2],
    ['b', 2],
    ['x', 2],
    ['y', 2],
  ])
})

test('a bad event of a batch is named and kept, and the others are accepted', async () => {
  const answer = await post(
    [
      event({ id: 'a' }),
      event({ id: 'b', data: { points: '5', reason: 'study' } }),
      event({ id: 'c' }),
    ],
    { type: batched },
  )
  expect(answer).toMatchObject({ status: 202, body: { accepted: 2, rejected: 1 } })
  expect(answer.body.items?.[1]?.reason).toMatch(/^item 1: 字段 data\.points 类型不对,应为整数$/)
  expect(refused).toHaveLength(1)
  expect(JSON.parse(refused[0]?.body ?? '')).toMatchObject({ id: 'b' })
})

const bad: readonly (readonly [string, object, RegExp])[] = [
  [
    'an unknown field',
    { data: { points: 5, reason: 'study', name: 'x' } },
    /^字段 data 含未约定的字段 name,请删除$/,
  ],
  ['an unknown attribute', { colour: 'red' }, /^报文含未约定的属性 colour,请删除$/],
  ['a missing field', { data: { points: 5 } }, /^字段 data 缺少 reason,请补上$/],
  ['a number as id', { id: 7 }, /^字段 id 类型不对,应为文本$/],
  [
    'an unknown kind',
    { type: 'cn.flagwall.points.stolen' },
    /^字段 type 不是已知的事件类型,请改为 organization\.recorded、.* 之一$/,
  ],
  [
    'a kind without its prefix',
    { type: 'points.awarded' },
    /^属性 type 应以 "cn\.flagwall\." 开头/,
  ],
  [
    'a day that only the relay begins',
    { type: 'cn.flagwall.day.began', data: { day: '2026-06-18' } },
    /只由汇聚中心自己报送/,
  ],
  [
    'the 30th of February',
    { time: '2026-02-30T09:00:00+08:00' },
    /^字段 time 为 2026-02-30,日历上没有这一天/,
  ],
  ['hour 25', { time: '2026-06-18T25:00:00+08:00' }, /没有这个时刻,请改正/],
  [
    'a time without an offset',
    { time: '2026-06-18T09:00:00' },
    /^字段 time 应为带时差的时刻,如 2026-06-18T09:41:26\+08:00$/,
  ],
  [
    'eleven minutes in the future',
    { time: '2026-06-18T09:52:27+08:00' },
    /比现在晚 10 分钟以上,请检查发送方的时钟/,
  ],
  [
    'an identity number as the id of a member',
    {
      type: 'cn.flagwall.floating.returned',
      data: { member: '11010519491231002X' },
    },
    /^字段 data\.member 是居民身份证号,请改报平台自己的记录编号$/,
  ],
  [
    'another county',
    { partitionkey: '431129' },
    /^字段 partitionkey 为 431129,本密钥无权代表该区划报送/,
  ],
  ['another platform', { source: 'zhifa' }, /平台只能代表自己报送$/],
  [
    'a title of invisible characters',
    { type: 'cn.flagwall.stream.up', data: { stream: 's', title: '\u200b\u202e' } },
    /^字段 data\.title 去掉不可见字符后为空/,
  ],
  [
    'a founding day that never was',
    {
      type: 'cn.flagwall.organization.recorded',
      data: { name: '支部', kind: 'branch', group: 'territory', foundedOn: '2025-02-29' },
    },
    /^字段 data\.foundedOn 为 2025-02-29,日历上没有这一天/,
  ],
  [
    'more points than there are',
    { data: { points: 5_000, reason: 'study' } },
    /^字段 data\.points 大于 1000,请改正$/,
  ],
  [
    'a reason that there is not',
    { data: { points: 5, reason: 'love' } },
    /^字段 data\.reason 不在取值范围内,应为 sign-in、dues、.* 之一$/,
  ],
  [
    'a month without a month',
    { type: 'cn.flagwall.dues.paid', data: { month: '2026-13', members: 3 } },
    /^字段 data\.month 应为月份,如 2026-06$/,
  ],
  [
    'a number of no form within a list',
    {
      type: 'cn.flagwall.members.counted',
      data: { members: 3, away: [{ city: '东莞', members: -1 }] },
    },
    /^字段 data\.away\.0\.members 小于 0,请改正$/,
  ],
  [
    'a title that never ends',
    { type: 'cn.flagwall.stream.up', data: { stream: 's', title: '长'.repeat(61) } },
    /^字段 data\.title 超过 60 个字符,请缩短$/,
  ],
  ['an organisation of blanks', { subject: 'a b' }, /^字段 subject 应为 1–128 位编码/],
]
test.each(bad)('%s is refused with what to do, and kept', async (_name, more, reason) => {
  const answer = await post(event(more))
  expect(answer.status).toBe(422)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.body.detail).toMatch(reason)
  expect(accepted).toEqual([])
  expect(refused).toHaveLength(1)
})

test('a key of a province speaks for its counties and for no other province', async () => {
  await stop()
  await start({
    keys: { valid: () => [{ id: 'k1', secret: createSecretKey(bytes), counties: ['530000'] }] },
  })
  expect((await post(event({ id: 'm1', partitionkey: '530102' }))).status).toBe(202)
  expect((await post(event({ id: 'm2', partitionkey: '530000' }))).status).toBe(202)
  expect((await post(event({ id: 'm3', partitionkey: '431128' }))).status).toBe(422)
})

test('titles are cleaned at the door', async () => {
  await post(
    event({ type: 'cn.flagwall.stream.up', data: { stream: 's', title: '主题\u202e党日' } }),
  )
  expect(accepted[0]?.data).toEqual({ stream: 's', title: '主题党日' })
})

test('a delivery without a good signature is told how to sign', async () => {
  expect(await post(event(), { hook: old })).toMatchObject({
    status: 401,
    body: { detail: expect.stringMatching(/present secret/) as string },
  })
  expect((await post(event(), { atMs: now - 301_000 })).body.detail).toMatch(
    /behind the relay's clock/,
  )
  expect((await post(event(), { headers: { 'webhook-timestamp': '1e9' } })).body.detail).toMatch(
    /ten digits/,
  )
  expect((await post(event(), { headers: { 'webhook-signature': '' } })).body.detail).toMatch(
    /webhook-signature is missing/,
  )
  expect((await post(event(), { headers: { 'webhook-id': 'other' } })).status).toBe(401)
  expect(accepted).toEqual([])
})

test('one good signature among several is enough, as while keys rotate', async () => {
  const text = JSON.stringify(event())
  const at = new Date(now)
  const both = `${old.sign('d1', at, text)} v2,xx ${wh.sign('d1', at, text)}`
  expect((await post(text, { headers: { 'webhook-signature': both } })).status).toBe(202)
})

test('gzip is undone and a gzip bomb is refused', async () => {
  const headers = { 'content-encoding': 'gzip' }
  expect((await post(event(), { headers, encode: (raw) => gzipSync(raw) })).status).toBe(202)
  expect(
    (await post(event(), { headers, encode: () => gzipSync(Buffer.alloc(50_000_000)) })).status,
  ).toBe(413)
  expect((await post(event(), { headers })).status).toBe(400)
  expect((await post(event(), { headers: { 'content-encoding': 'br' } })).status).toBe(415)
})

test('each wrong way to knock has its own status', async () => {
  expect((await post(event(), { platform: 'nobody' })).status).toBe(404)
  expect((await post(event(), { type: 'text/csv' })).status).toBe(415)
  expect((await post(event(), { type: `${structured}; charset=gbk` })).status).toBe(415)
  expect((await post(event(), { type: 'application/json' })).status).toBe(415)
  expect((await post('{"a":', {})).status).toBe(400)
  expect((await post({}, { type: batched })).status).toBe(400)
  expect((await post(' '.repeat(300_000))).status).toBe(413)
  const got = await fetch(`${base}/xintian/events`)
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST'])
})

test('a full disk answers 503 and the same events are welcome later', async () => {
  stopped.push(Object.assign(new Error('disk'), { name: 'JournalFull' }))
  const answer = await post(event())
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
  expect(answer.body.detail).toMatch(/disk is full/)
  stopped.length = 0
  expect((await post(event())).body.accepted).toBe(1)
})

test('a platform at a hundred times its share waits, and another is answered all the while', async () => {
  await stop()
  let clock = 0
  await start({ limiter: createLimiter({ perSecond: 10, burst: 10, clock: () => clock }) })
  const flood = (index: number) =>
    post([event({ id: `${index}a` }), event({ id: `${index}b` })], { type: batched })
  const calm = (index: number) =>
    post(event({ source: 'grid', id: `calm-${index}` }), { platform: 'grid' })
  let passed = 0
  // A second of the flood, 2 × 500 events where 10 are its share; the other platform sends its own 10.
  for (let index = 0; index < 500; index++) {
    const answer = await flood(index)
    if (answer.status === 202) passed += 2
    else {
      expect(answer.status).toBe(429)
      expect(answer.headers.get('retry-after')).toBe('1')
      expect(answer.body.detail).toMatch(/wait 1 s/)
    }
    if (index % 50 === 0) expect((await calm(index)).status).toBe(202)
    clock += 2
  }
  expect(passed).toBeGreaterThanOrEqual(10)
  expect(passed).toBeLessThanOrEqual(20)
  // Whoever waits as long as Retry-After says is welcome.
  clock += 1_000
  expect((await flood(500)).status).toBe(202)
})

test('a forger does not empty the bucket of the platform that he names', async () => {
  await stop()
  await start({ limiter: createLimiter({ perSecond: 2, burst: 2, clock: () => 0 }) })
  for (let index = 0; index < 5; index++)
    expect((await post(event(), { hook: old })).status).toBe(401)
  expect((await post(event())).status).toBe(202)
})

test('deliveries above what the relay can queue get 503', async () => {
  await stop()
  let free: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (free = resolve))
  let arrived: () => void = () => undefined
  const inside = new Promise<void>((resolve) => (arrived = resolve))
  await start({
    queuedMost: 1,
    hub: {
      accept: async (events) => {
        arrived()
        await gate
        return events.map(() => ({ status: 'accepted', ordinal: 1 }))
      },
    },
  })
  const first = post(event())
  await inside
  const second = await post(event({ id: 'm2' }))
  expect([second.status, second.headers.get('retry-after')]).toEqual([503, '1'])
  free()
  expect((await first).status).toBe(202)
})

test('a native message goes through the platform’s adapter, whose failures are refusals', async () => {
  await stop()
  const good: Event = {
    kind: 'branch.online',
    source: 'xintian',
    id: 'n1',
    rev: 1,
    subject: 'org-1',
    county: '431128',
    time: '2026-06-18T09:41:20+08:00',
    data: {},
  }
  await start({
    adapters: new Map([
      [
        'xintian',
        {
          shows: new Set(['orgCode']),
          read: (body: unknown) => {
            if (Array.isArray(body))
              return {
                items: [
                  { ok: true as const, events: [good] },
                  {
                    ok: false as const,
                    reason: 'no orgId; send one',
                    message: { orgCode: 'org-1', lxdh: '13800138000', more: { orgCode: 'x' } },
                  },
                ],
              }
            throw new TypeError('adapter bug')
          },
        },
      ],
    ]),
  })
  expect(await post([1, 2], { type: 'application/json' })).toMatchObject({
    status: 202,
    body: {
      accepted: 1,
      rejected: 1,
      items: [{ status: 'accepted' }, { reason: 'item 1: no orgId; send one' }],
    },
  })
  expect((await post({}, { type: 'application/json' })).status).toBe(422)
  expect(refused.map(({ body }) => body)).toEqual([
    '{"orgCode":"org-1","lxdh":"•••","more":"•••"}',
    '{}',
  ])
})

test('a dialect that says so is taken as a form, and then as nothing else', async () => {
  await stop()
  await start({
    adapters: new Map([
      [
        'xintian',
        {
          accepts: ['application/x-www-form-urlencoded'] as const,
          shows: new Set<string>(),
          read: (body: unknown) => ({
            items: [{ ok: false as const, reason: `fields ${JSON.stringify(body)}` }],
          }),
        },
      ],
    ]),
  })
  const type = 'application/x-www-form-urlencoded'
  expect((await post('biz=%7B%7D&sign=a+b', { type })).body.detail).toBe(
    'fields {"biz":"{}","sign":"a b"}',
  )
  expect((await post('biz=1&biz=2', { type })).status).toBe(400)
  const json = await post({}, { type: 'application/json' })
  expect([json.status, json.body.detail]).toEqual([
    415,
    expect.stringMatching(/native format is application\/x-www-form-urlencoded/),
  ])
})

test('operators see refusals cut to 2 KB, with identity and phone numbers masked', () => {
  const body = `431128199001011234 13800138000 ${'党'.repeat(3000)}`
  const list = {
    list: () => [{ number: 9, platform: 'xintian', receivedAt: '', status: 422, reason: '', body }],
  }
  const page = listRefusals(list, { limit: '1' })
  expect(page.next).toBe(9)
  expect(Buffer.byteLength(page.refusals[0]?.body ?? '')).toBeLessThanOrEqual(2048)
  expect(page.refusals[0]?.body).not.toMatch(/\d{11}/)
  expect(() => listRefusals(list, { before: 'x' })).toThrow(/whole number/)
})

test('a sender that hangs up halfway does no harm', async () => {
  await new Promise<void>((resolve) => {
    const req = request(`${base}/xintian/events`, {
      method: 'POST',
      headers: { 'content-type': structured, 'content-length': 1000 },
    })
    req.on('error', () => resolve())
    req.write('{')
    setTimeout(() => req.destroy(), 20)
  })
  expect((await post(event())).status).toBe(202)
  expect(logged).toEqual([])
})

/** BODIES=10000 for the long run. */
const bodies = Number(process.env['BODIES'] ?? 1_500)

test(
  'bad bodies never get an answer of 5xx, each says what to do, and none is accepted',
  { timeout: 240_000 },
  async () => {
    let state = 20_260_618
    const random = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    const pick = <T>(values: readonly T[]): T => values[random(values.length)] as T
    const junk = (): unknown =>
      pick<() => unknown>([
        () => null,
        () => -1,
        () => 1e308,
        () => '',
        () => '\ud800',
        () => [[[]]],
        () => ({ constructor: { prototype: 1 } }),
        () => 'x'.repeat(200 + random(3000)),
        () => true,
      ])()
    const badBody = (): string | Buffer => {
      const text = JSON.stringify(event())
      switch (random(6)) {
        case 0:
          return text.slice(0, random(text.length))
        case 1:
          return text.slice(0, -1) + pick([',"id":"m1"}', ',"__proto__":{}}', ',}', '}}'])
        case 2:
          return JSON.stringify(
            event({
              [pick([
                'type',
                'id',
                'time',
                'data',
                'subject',
                'partitionkey',
                'specversion',
                'source',
              ])]: junk(),
            }),
          )
        case 3:
          return JSON.stringify(event({ data: { points: junk(), reason: junk() } }))
        case 4:
          return '['.repeat(random(2000) + 1)
        default:
          return Buffer.from(Array.from({ length: random(200) }, () => random(256)))
      }
    }
    const statuses = new Map<number, number>()
    const worker = async () => {
      for (let i = 0; i < bodies / 20; i++) {
        const type = pick([structured, structured, batched, 'application/json'])
        const headers: Record<string, string> =
          type === 'application/json'
            ? {
                'ce-specversion': '1.0',
                'ce-id': 'd1',
                'ce-type': pick(['x', 'cn.flagwall.points.awarded']),
              }
            : {}
        const body = badBody()
        const answer = await post(
          type === batched && typeof body === 'string' ? `[${body}]` : body,
          { type, headers },
        )
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
        if ((answer.body.detail ?? answer.body.items?.[0]?.reason ?? '').length < 10)
          throw new Error(`no help in ${JSON.stringify(answer.body)}`)
      }
    }
    await Promise.all(Array.from({ length: 20 }, worker))
    expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([])
    expect(accepted).toEqual([])
    expect(logged).toEqual([])
    expect(statuses.get(422)).toBeGreaterThan(bodies / 10)
  },
)
