/**
 * WVP-PRO, a GB/T 28181 platform: `/api/user/login` gives a token, `/api/play/start/DEVICE/CHANNEL` wakes the camera and
 * says where its pictures are. The platform lets the camera sleep again when nobody reads.
 */
import { hash } from 'node:crypto'
import { OriginError } from '../origin-error.ts'
import type { Gateway } from '../registry/streams-file.ts'
import type { Via } from '../registry/streams-schema.ts'
import { askJson, isRecord, type Ask } from './ask.ts'

type Wvp = Extract<Gateway, { readonly kind: 'wvp' }>

/** What it calls an address; over TLS where it offers no other. */
const fields: Readonly<Record<Via, readonly string[]>> = {
  rtsp: ['rtsp', 'rtsps'],
  rtmp: ['rtmp', 'rtmps'],
  hls: ['hls', 'https_hls'],
  'http-flv': ['flv', 'https_flv'],
  'http-ts': ['ts', 'https_ts'],
  'http-fmp4': ['fmp4', 'https_fmp4'],
  'ws-flv': ['ws_flv', 'wss_flv'],
  'ws-fmp4': ['ws_fmp4', 'wss_fmp4'],
  whep: ['rtc', 'rtcs'],
}
/** A camera that sleeps is invited by SIP first. */
const WAKING_MS = 20_000

export function createWvp(): Ask<Wvp> {
  /** By address and user. */
  const tokens = new Map<string, string>()

  async function login({ url, user, password }: Wvp, signal: AbortSignal): Promise<string> {
    const query = { username: user, password: hash('md5', password) }
    const answer = await askJson({ url: `${url}/api/user/login`, query, signal })
    const token = isRecord(answer['data']) ? answer['data']['accessToken'] : undefined
    if (typeof token !== 'string' || token === '')
      throw new OriginError('视频平台要求登录或口令不对')
    return token
  }

  return async function ask(gateway, { group, name, via, signal }) {
    const key = `${gateway.url} ${gateway.user}`
    const play = (token: string) =>
      askJson({
        url: `${gateway.url}/api/play/start/${group}/${name}`,
        headers: { 'access-token': token },
        signal,
        patienceMs: WAKING_MS,
      })
    const known = tokens.get(key)
    let answer = known === undefined ? undefined : await play(known)
    if (answer === undefined || answer['code'] === 401) {
      const token = await login(gateway, signal)
      tokens.set(key, token)
      answer = await play(token)
    }
    const { code, data } = answer
    if (code !== 0) {
      tokens.delete(key)
      throw new OriginError(`视频平台打不开这路信号（${Number(code)}）`)
    }
    const found = fields[via].map((field) => (isRecord(data) ? data[field] : undefined))
    const address = found.find((value) => typeof value === 'string' && value !== '')
    if (typeof address !== 'string') throw new OriginError(`视频平台不以 ${via} 提供这路信号`)
    // What it offers for WebRTC is ZLMediaKit's own way; WHEP stands beside it.
    return via === 'whep' ? address.replace('/index/api/webrtc', '/index/api/whep') : address
  }
}
