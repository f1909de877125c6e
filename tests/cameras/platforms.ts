/**
 * Media platforms as counties have them, by the words of their own APIs: WVP-PRO, ZLMediaKit and SRS in front of one
 * film, and a camera that speaks WHEP. What they hand out is checked at the door of the pictures.
 */
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Film } from './film.ts'
import { startHttpCamera } from './http-camera.ts'

export interface Platforms {
  /** Under `gateways` in `streams.yaml`. */
  readonly gateways: Readonly<Record<'wvp' | 'zlm' | 'srs', Readonly<Record<string, unknown>>>>
  /** Where a WHEP camera takes offers, and the token that it wants. */
  readonly whep: { readonly url: string; readonly token: string }
  /** Methods and paths that were asked for, in their order. */
  readonly asked: readonly string[]
  set(trouble: Trouble): void
  /** A WVP that was restarted knows nobody. */
  forgetLogins(): void
  /** Readers of pictures now. */
  readers(): number
  stop(): Promise<void>
}

/** Whatever is not named is well. */
interface Trouble {
  /** The camera behind it is not registered, not published, or does not answer. */
  readonly isOffline?: boolean
  /** What it was told is no longer right: passwords, keys, signatures. */
  readonly refusesSecrets?: boolean
  /** Addresses of WVP end after so long, and whoever reads by them is cut off. */
  readonly addressMs?: number
}

const user = 'flagwall'
const password = 'hunter2-of-the-platform'
const secret = '035c73f7-bb6b-4889-a715-d9eb2d1925cc'
const sign = '41db35390ddad33f83944f44b8b75ded'
const bearer = 'token-of-the-whep-camera'
const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

/** An answer of a peer that takes part and sends nothing. */
const answerSdp = 'v=0\r\no=- 2 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n'

type Answer = readonly [status: number, body: unknown]

export async function startPlatforms(film: Film): Promise<Platforms> {
  let trouble: Trouble = {}
  const logins = new Set<string>()
  const asked: string[] = []
  const media = await startHttpCamera({
    film,
    port: 0,
    admits({ searchParams }) {
      const expires = searchParams.get('expires')
      if (expires !== null && Number(expires) < Date.now()) return 403
      return trouble.refusesSecrets === true || searchParams.get('sign') !== sign ? 401 : 200
    },
  })
  const pictures = `127.0.0.1:${media.port}`

  function wvp({ pathname, searchParams }: URL, { headers }: IncomingMessage): Answer {
    if (pathname === '/api/user/login') {
      const isRight =
        trouble.refusesSecrets !== true &&
        searchParams.get('username') === user &&
        searchParams.get('password') === md5(password)
      if (!isRight) return [200, { code: 100, msg: '用户名或密码错误', data: null }]
      const accessToken = randomBytes(16).toString('hex')
      logins.add(accessToken)
      return [200, { code: 0, msg: '成功', data: { username: user, accessToken } }]
    }
    if (!logins.has(String(headers['access-token'])))
      return [401, { code: 401, msg: '请登录后重新请求', data: null }]
    if (trouble.isOffline === true) return [200, { code: 100, msg: '设备不在线', data: null }]
    const limit =
      trouble.addressMs === undefined ? '' : `&expires=${Date.now() + trouble.addressMs}`
    const at = (scheme: string, ending: string) =>
      `${scheme}://${pictures}/rtp/34020000001320000001${ending}?sign=${sign}${limit}`
    const data = {
      app: 'rtp',
      stream: '34020000001320000001',
      flv: at('http', '.live.flv'),
      ws_flv: at('ws', '.live.flv'),
      ts: at('http', '.live.ts'),
      ws_fmp4: at('ws', '.live.mp4'),
      hls: null,
      rtc: `${base}/index/api/webrtc?app=rtp&stream=34020000001320000001&type=play`,
      mediaServerId: 'zlmediakit-local',
    }
    return [200, { code: 0, msg: '成功', data }]
  }

  function zlmediakit({ pathname, searchParams }: URL): Answer {
    if (trouble.refusesSecrets === true || searchParams.get('secret') !== secret)
      return [200, { code: -100, msg: 'Incorrect secret' }]
    const [app, stream] = [searchParams.get('app'), searchParams.get('stream')]
    if (pathname === '/index/api/getMediaList')
      return [
        200,
        trouble.isOffline === true
          ? { code: 0 }
          : { code: 0, data: [{ app, stream, schema: 'rtsp', vhost: '__defaultVhost__' }] },
      ]
    return [404, { code: -500, msg: 'Not Found' }]
  }

  function srs(): Answer {
    const active = trouble.isOffline !== true
    const stream = {
      id: 'vid-1',
      name: 'square',
      app: 'live',
      tcUrl: 'rtmp://127.0.0.1/live',
      publish: { active, cid: 'cid-1' },
      video: { codec: 'H264', profile: 'Baseline', width: 640, height: 360 },
    }
    return [200, { code: 0, server: 'vid-1', streams: active ? [stream] : [] }]
  }

  function whep(request: IncomingMessage, response: ServerResponse): void {
    const isRight = request.headers.authorization === `Bearer ${bearer}`
    // Platforms let in by their address, the camera by its token.
    const wantsToken = request.url?.startsWith('/whep/') === true
    if (wantsToken && (!isRight || trouble.refusesSecrets === true)) response.writeHead(401).end()
    else if (request.method === 'DELETE') response.writeHead(200).end()
    else if (trouble.isOffline === true) response.writeHead(404).end()
    else
      response
        .writeHead(201, { 'content-type': 'application/sdp', location: '/whep/session/1' })
        .end(answerSdp)
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://platform')
    asked.push(`${request.method} ${url.pathname}`)
    if (url.pathname.includes('/whep')) {
      whep(request, response)
      return
    }
    const [status, body] = url.pathname.startsWith('/index/api/')
      ? zlmediakit(url)
      : url.pathname === '/api/v1/streams/'
        ? srs()
        : wvp(url, request)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  const base = `http://127.0.0.1:${address.port}`
  const http = `http://${pictures}`

  return {
    gateways: {
      wvp: { kind: 'wvp', url: base, user, password },
      zlm: { kind: 'zlmediakit', url: base, secret, http, query: `sign=${sign}` },
      srs: { kind: 'srs', url: base, http, query: 'sign={secret}', secret: sign },
    },
    whep: { url: `${base}/whep/camera`, token: bearer },
    asked,
    set(next) {
      trouble = next
    },
    forgetLogins: () => logins.clear(),
    readers: media.readers,
    async stop() {
      server.close()
      server.closeAllConnections()
      await media.stop()
    },
  }
}
