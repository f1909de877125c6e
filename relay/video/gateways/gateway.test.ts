import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { hash } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { OriginError } from '../origin-error.ts'
import type { Gateway } from '../registry/streams-file.ts'
import type { Via } from '../registry/streams-schema.ts'
import { addressLimit } from './address-limit.ts'
import { createGateways } from './gateway.ts'

let server: Server
let base = ''
let asked: URL[]
/** What the platform answers: its status and a body. */
let answer: (url: URL, request: IncomingMessage) => readonly [number, unknown]

beforeEach(async () => {
  asked = []
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '', base)
    asked.push(url)
    const [status, body] = answer(url, request)
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  base = `http://127.0.0.1:${address.port}`
})
afterEach(() => void server.close())

const addressOf = createGateways()
const find = (gateway: object, via: Via, rest: object = {}) =>
  addressOf(
    {
      kind: 'gateway',
      gateway: { name: 'g', url: base, addressSeconds: undefined, ...gateway } as Gateway,
      via,
      group: 'live',
      name: 'cam',
      ...rest,
    },
    AbortSignal.timeout(5_000),
  )
const why = async (address: Promise<string>): Promise<string> =>
  await address.then(
    () => 'none',
    (error: unknown) => {
      if (error instanceof OriginError) return error.message
      throw error
    },
  )

it('signs in to a WVP once, and again where its token has ended', async () => {
  const wvp = { kind: 'wvp', user: 'admin', password: 'hunter2' }
  let token = 'first'
  answer = (url, { headers }) => {
    if (url.pathname === '/api/user/login')
      return url.searchParams.get('password') === hash('md5', 'hunter2')
        ? [200, { code: 0, data: { accessToken: token } }]
        : [200, { code: 100, msg: '用户名或密码错误' }]
    if (headers['access-token'] !== token) return [401, { code: 401, msg: '请登录后重新请求' }]
    const data = {
      flv: 'http://media/rtp/1.live.flv',
      rtc: 'http://media/index/api/webrtc?app=rtp',
    }
    return [200, { code: 0, data }]
  }
  expect(await find(wvp, 'http-flv')).toBe('http://media/rtp/1.live.flv')
  expect(asked.map(({ pathname }) => pathname)).toEqual([
    '/api/user/login',
    '/api/play/start/live/cam',
  ])
  token = 'second'
  asked = []
  expect(await find(wvp, 'whep')).toBe('http://media/index/api/whep?app=rtp')
  expect(asked.map(({ pathname }) => pathname)).toEqual([
    '/api/play/start/live/cam',
    '/api/user/login',
    '/api/play/start/live/cam',
  ])
  expect(await why(find(wvp, 'rtsp'))).toBe('视频平台不以 rtsp 提供这路信号')
  expect(await why(find({ ...wvp, user: 'other', password: 'no' }, 'http-flv'))).toMatch(/口令不对/)
})

it('lets a ZLMediaKit fetch what it does not have yet, and follows its addresses', async () => {
  const zlm = { kind: 'zlmediakit', secret: 's3cret', vhost: '__defaultVhost__', query: 'sign=1' }
  const has = new Set<string>()
  answer = ({ pathname, searchParams }) => {
    if (searchParams.get('secret') !== 's3cret')
      return [200, { code: -100, msg: 'Incorrect secret' }]
    const stream = searchParams.get('stream') ?? ''
    if (pathname === '/index/api/addStreamProxy') has.add(stream)
    return [200, has.has(stream) ? { code: 0, data: [{ stream }] } : { code: 0 }]
  }
  expect(await why(find(zlm, 'rtsp'))).toBe('视频平台上没有这路信号')
  const proxy = 'rtsp://u:p@10.0.0.7/1'
  expect(await find(zlm, 'ws-fmp4', { proxy })).toBe(
    `${base.replace('http', 'ws')}/live/cam.live.mp4?sign=1`,
  )
  expect(asked.at(-1)?.searchParams.get('url')).toBe(proxy)
  expect(await find(zlm, 'rtsp')).toBe('rtsp://127.0.0.1:554/live/cam?sign=1')
  expect(await find({ ...zlm, rtsp: 'rtsp://media:10554' }, 'rtsp')).toBe(
    'rtsp://media:10554/live/cam?sign=1',
  )
  expect(await why(find({ ...zlm, secret: 'wrong' }, 'rtsp'))).toBe('视频平台的密钥不对')
})

it('reads from an SRS what is being published', async () => {
  const srs = { kind: 'srs', user: 'admin', password: 'pass' }
  let active = true
  answer = (_url, { headers }) =>
    headers.authorization === `Basic ${Buffer.from('admin:pass').toString('base64')}`
      ? [200, { code: 0, streams: [{ app: 'live', name: 'cam', publish: { active } }] }]
      : [401, '']
  expect(await find(srs, 'http-flv')).toBe('http://127.0.0.1:8080/live/cam.flv')
  expect(await find(srs, 'whep')).toBe(`${base}/rtc/v1/whep/?app=live&stream=cam`)
  expect(await why(find(srs, 'ws-flv'))).toMatch(/ws-flv/)
  active = false
  expect(await why(find(srs, 'http-flv'))).toBe('视频平台上没有这路信号')
  expect(await why(find({ ...srs, password: 'no' }, 'http-flv'))).toMatch(/口令不对/)
})

it('says in a sentence what is wrong with a platform, and never where it is nor its secret', async () => {
  const zlm = { kind: 'zlmediakit', secret: 's3cret', vhost: '__defaultVhost__' }
  const sentences: string[] = []
  for (const wrong of [
    [500, 's3cret'],
    [403, ''],
    [200, '<html>s3cret</html>'],
    [200, '[]'],
    [200, { code: 's3cret' }],
    [302, ''],
  ] as const) {
    answer = () => wrong
    sentences.push(await why(find(zlm, 'rtsp')))
  }
  server.close()
  server.closeAllConnections()
  sentences.push(await why(find(zlm, 'rtsp')))
  expect(sentences.filter((sentence) => !sentence.startsWith('视频平台'))).toEqual([])
  expect(sentences.join()).not.toMatch(/s3cret|127\.0\.0\.1|http/)
})

it('reads from an address how long it holds', () => {
  const now = Date.parse('2026-06-18T09:00:00Z')
  const end = now / 1_000 + 300
  const left = (query: string) => addressLimit(`https://media/live/cam.flv?${query}`, now)
  expect(left(`expires=${end}`)).toBe(300_000)
  expect(left(`expire=${end * 1_000}`)).toBe(300_000)
  expect(left(`txSecret=1&txTime=${end.toString(16).toUpperCase()}`)).toBe(300_000)
  expect(left(`auth_key=${end}-0-0-abcdef`)).toBe(300_000)
  expect(left(`e=${end}&token=x`)).toBe(300_000)
  for (const none of ['token=x', 'expires=1234567890', `expires=${end + 8 * 86_400}`, 'e=12'])
    expect(left(none)).toBeUndefined()
})
