/**
 * Addresses by number, for a program that cannot look names up: the ffmpeg inside the package is linked statically and crashes
 * at every name, `localhost` included. What the server has to hear of the name is told apart.
 */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { OriginError } from './origin-error.ts'

export interface NumericAddress {
  readonly url: string
  /** What ffmpeg has to be told before `-i`, so that the server still hears its name. */
  readonly options: readonly string[]
}

/** Throws where there is no such name. */
export type Lookup = (name: string) => Promise<string>

const byTheMachine: Lookup = async (name) => (await lookup(name)).address

const parts = /^([a-z][a-z0-9+.-]+):\/\/([^/?#]*@)?(\[[^\]]*\]|[^:/?#]*)(:\d*)?([^]*)$/i

/** Throws `OriginError` where the name is unknown, or where the server's certificate would have to be asked for by it. */
export async function byNumber(url: string, find: Lookup = byTheMachine): Promise<NumericAddress> {
  const [, scheme = '', user = '', host = '', port = '', rest = ''] = parts.exec(url) ?? []
  if (host === '' || host.startsWith('[') || isIP(host) !== 0) return { url, options: [] }
  const kind = scheme.toLowerCase()
  if (kind === 'https' || kind === 'rtsps' || kind === 'rtmps')
    throw new OriginError(`自带的 ffmpeg 不能用主机名连接 ${kind}，请安装系统的 ffmpeg`)
  const found = await find(host).catch(() => {
    throw new OriginError('信号源的主机名无法解析')
  })
  const number = isIP(found) === 6 ? `[${found}]` : found
  return {
    url: `${scheme}://${user}${number}${port}${rest}`,
    options: optionsOf(kind, `${host}${port}`, rest),
  }
}

function optionsOf(kind: string, place: string, rest: string): readonly string[] {
  if (kind === 'http') return ['-headers', `Host: ${place}\r\n`]
  if (kind !== 'rtmp') return []
  // What ffmpeg takes for the application: all but the last of at most three parts.
  const [first = '', ...others] = rest
    .replace(/[?#].*$/s, '')
    .slice(1)
    .split('/')
  const app = others.length > 1 ? `${first}/${others[0] ?? ''}` : first
  return ['-rtmp_tcurl', `rtmp://${place}/${app}`]
}
