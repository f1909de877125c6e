import type { Event } from '../../protocol/events.ts'

export type ReadItem =
  | { readonly ok: true; readonly events: readonly Event[] }
  /** A sentence, in Chinese, that the platform's engineer can act on. */
  | { readonly ok: false; readonly reason: string }

export interface ReadResult {
  /** One item a native message, in the order of the body. A body that is no batch at all is one refused item. */
  readonly items: readonly ReadItem[]
}

/** One platform's native dialect → canonical events. Pure and total: it never throws. */
export interface Adapter {
  readonly platform: string
  read(body: unknown): ReadResult
}
