/** Where the pictures behind a gateway are. */
import type { Origin } from '../registry/streams-file.ts'
import { createSrs } from './srs.ts'
import { createWvp } from './wvp.ts'
import { createZlmediakit } from './zlmediakit.ts'

type OfGateway = Extract<Origin, { readonly kind: 'gateway' }>

/** Throws `OriginError`. */
export function createGateways(): (origin: OfGateway, signal: AbortSignal) => Promise<string> {
  const [wvp, zlmediakit, srs] = [createWvp(), createZlmediakit(), createSrs()]
  return async function addressOf({ gateway, ...wanted }, signal) {
    switch (gateway.kind) {
      case 'wvp':
        return await wvp(gateway, { ...wanted, signal })
      case 'zlmediakit':
        return await zlmediakit(gateway, { ...wanted, signal })
      case 'srs':
        return await srs(gateway, { ...wanted, signal })
    }
  }
}
