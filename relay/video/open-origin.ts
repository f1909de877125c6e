/** From where a camera is registered to what ffmpeg reads: what a gateway has to be asked for is asked here. */
import type { Input } from './pull.ts'
import { refuseUrl } from './pull.ts'
import type { Origin } from './registry/streams-file.ts'
import { socketFeed } from './socket-feed.ts'

export interface Opened {
  readonly input: Input
  /** Milliseconds for which the address may be used. */
  readonly forMs?: number
}

/** Why there is nothing to read, in one sentence without addresses. */
export class OriginError extends Error {
  override readonly name = 'OriginError'
}

/** Throws `OriginError`. */
export type OpenOrigin = (origin: Origin, signal: AbortSignal) => Promise<Opened>

function addressInput(url: string): Input {
  const refusal = refuseUrl(url)
  if (refusal !== undefined) throw new OriginError(refusal)
  return { kind: 'address', url }
}

export function createOpener(): OpenOrigin {
  return async function open(origin) {
    switch (origin.kind) {
      case 'file':
        return { input: { kind: 'file', path: origin.path } }
      case 'address':
        return { input: addressInput(origin.url) }
      case 'socket':
        return { input: { kind: 'feed', format: origin.format, feed: socketFeed(origin.url) } }
      case 'push':
      case 'gateway':
      case 'whep':
        throw new OriginError('此信号源的接入方式尚未启用')
    }
  }
}
