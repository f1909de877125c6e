/** SRS: `/api/v1/streams/` lists what is published; where its pictures are follows from app and stream. */
import { OriginError } from '../origin-error.ts'
import type { Gateway } from '../registry/streams-file.ts'
import type { Via } from '../registry/streams-schema.ts'
import { besides, hostOf, withQuery } from './address.ts'
import { askJson, isRecord, type Ask } from './ask.ts'

type Srs = Extract<Gateway, { readonly kind: 'srs' }>

/** It lists ten where it is not told otherwise. */
const LISTED = '10000'

export function createSrs(): Ask<Srs> {
  return async function ask(gateway, { group, name, via, signal }) {
    const { url, user, password = '' } = gateway
    const basic =
      user === undefined ? undefined : Buffer.from(`${user}:${password}`).toString('base64')
    const { code, streams } = await askJson({
      url: `${url}/api/v1/streams/`,
      query: { start: '0', count: LISTED },
      ...(basic !== undefined && { headers: { authorization: `Basic ${basic}` } }),
      signal,
    })
    if (code === 401) throw new OriginError('视频平台要求登录或口令不对')
    const isOn =
      Array.isArray(streams) &&
      streams.some(
        (each: unknown) =>
          isRecord(each) &&
          each['app'] === group &&
          each['name'] === name &&
          isRecord(each['publish']) &&
          each['publish']['active'] === true,
      )
    if (!isOn) throw new OriginError('视频平台上没有这路信号')

    const path = `/${group}/${name}`
    const http = gateway.http ?? `http://${hostOf(url)}:8080`
    const offered: Partial<Record<Via, string>> = {
      rtmp: `${gateway.rtmp ?? `rtmp://${hostOf(url)}:1935`}${path}`,
      hls: `${http}${path}.m3u8`,
      'http-flv': `${http}${path}.flv`,
      'http-ts': `${http}${path}.ts`,
      whep: `${url}/rtc/v1/whep/?${besides({ app: group, stream: name })}`,
      ...(gateway.rtsp !== undefined && { rtsp: `${gateway.rtsp}${path}` }),
    }
    const address = offered[via]
    if (address === undefined) throw new OriginError(`视频平台不以 ${via} 提供这路信号`)
    return withQuery(address, gateway.query)
  }
}
