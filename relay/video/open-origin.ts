/** From where a camera is registered to what ffmpeg reads: what a gateway has to be asked for is asked here. */
import { addressLimit } from './gateways/address-limit.ts'
import { createGateways } from './gateways/gateway.ts'
import { OriginError } from './origin-error.ts'
import { refuseUrl, type Feed, type Input } from './pull.ts'
import { isWhep, type Origin } from './registry/streams-file.ts'
import { socketFeed } from './socket-feed.ts'

export interface Opened {
  readonly input: Input
  /** Milliseconds for which the address may be used. */
  readonly forMs?: number
}

export interface Opener {
  /** Throws `OriginError`. */
  open: (origin: Origin, signal: AbortSignal) => Promise<Opened>
  /** Where an offer goes. Throws `OriginError`. */
  whepOf: (origin: Origin, signal: AbortSignal) => Promise<WhepPlace>
}

interface WhepPlace {
  readonly url: string
  readonly token: string | undefined
}

interface Options {
  /** Epoch milliseconds: addresses tell their end by it. */
  readonly now: () => number
  /** What a phone pushes with a stream key. Throws `OriginError` where none does. */
  readonly pushed: (key: string) => Feed
}

function addressInput(url: string): Input {
  const refusal = refuseUrl(url)
  if (refusal !== undefined) throw new OriginError(refusal)
  return { kind: 'address', url }
}

const socketInput = (url: string, format: 'flv' | 'mp4'): Input => ({
  kind: 'feed',
  format,
  feed: socketFeed(url),
})

export function createOpener({ now, pushed }: Options): Opener {
  const addressOf = createGateways()

  async function openGateway(
    origin: Extract<Origin, { readonly kind: 'gateway' }>,
    signal: AbortSignal,
  ): Promise<Opened> {
    const { gateway, via } = origin
    const url = await addressOf(origin, signal)
    const input =
      via === 'ws-flv' || via === 'ws-fmp4'
        ? socketInput(url, via === 'ws-flv' ? 'flv' : 'mp4')
        : addressInput(url)
    const limits = [
      addressLimit(url, now()),
      gateway.addressSeconds === undefined ? undefined : gateway.addressSeconds * 1_000,
    ].filter((ms) => ms !== undefined)
    return limits.length === 0 ? { input } : { input, forMs: Math.min(...limits) }
  }

  return {
    async open(origin, signal) {
      switch (origin.kind) {
        case 'file':
          return { input: { kind: 'file', path: origin.path } }
        case 'address':
          return { input: addressInput(origin.url) }
        case 'socket':
          return { input: socketInput(origin.url, origin.format) }
        case 'gateway':
          return await openGateway(origin, signal)
        case 'push':
          return { input: { kind: 'feed', format: 'flv', feed: pushed(origin.key) } }
        case 'whep':
          throw new OriginError('此信号由浏览器直接播放')
      }
    },
    async whepOf(origin, signal) {
      if (origin.kind === 'whep') return { url: origin.url, token: origin.token }
      if (origin.kind !== 'gateway' || !isWhep(origin))
        throw new OriginError('此信号不经 WHEP 播放')
      return { url: await addressOf(origin, signal), token: undefined }
    },
  }
}
