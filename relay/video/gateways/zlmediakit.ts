/**
 * ZLMediaKit: `/index/api/getMediaList` says whether it has a stream, `addStreamProxy` lets it fetch one. Where its
 * pictures are follows from app and stream.
 */
import { OriginError } from '../origin-error.ts'
import type { Gateway } from '../registry/streams-file.ts'
import { besides, hostOf, onSocket, withQuery } from './address.ts'
import { askJson, type Ask } from './ask.ts'

type Zlmediakit = Extract<Gateway, { readonly kind: 'zlmediakit' }>

export function createZlmediakit(): Ask<Zlmediakit> {
  return async function ask(gateway, { group, name, via, proxy, signal }) {
    const { secret, vhost } = gateway
    const api = async (method: string, query: Readonly<Record<string, string>>) => {
      const answer = await askJson({
        url: `${gateway.url}/index/api/${method}`,
        query: { secret, vhost, app: group, stream: name, ...query },
        signal,
      })
      if (answer['code'] === -100) throw new OriginError('视频平台的密钥不对')
      if (answer['code'] !== 0)
        throw new OriginError(`视频平台打不开这路信号（${Number(answer['code'])}）`)
      return answer['data']
    }
    const media = await api('getMediaList', {})
    if (!Array.isArray(media) || media.length === 0) {
      if (proxy === undefined) throw new OriginError('视频平台上没有这路信号')
      await api('addStreamProxy', { url: proxy })
    }

    const path = `/${group}/${name}`
    const http = gateway.http ?? gateway.url
    const address = {
      rtsp: `${gateway.rtsp ?? `rtsp://${hostOf(gateway.url)}:554`}${path}`,
      rtmp: `${gateway.rtmp ?? `rtmp://${hostOf(gateway.url)}:1935`}${path}`,
      hls: `${http}${path}/hls.m3u8`,
      'http-flv': `${http}${path}.live.flv`,
      'http-ts': `${http}${path}.live.ts`,
      'http-fmp4': `${http}${path}.live.mp4`,
      'ws-flv': `${onSocket(http)}${path}.live.flv`,
      'ws-fmp4': `${onSocket(http)}${path}.live.mp4`,
      whep: `${gateway.url}/index/api/whep?${besides({ app: group, stream: name })}`,
    }[via]
    const ofHost = vhost === '__defaultVhost__' ? undefined : besides({ vhost })
    return withQuery(withQuery(address, ofHost), gateway.query)
  }
}
