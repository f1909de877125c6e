import type { Event } from '../../protocol/events.ts'

/** What one message of a body became. */
export type ReadItem = (
  | { readonly ok: true; readonly events: readonly Event[] }
  /** A sentence, in Chinese, that the platform's engineer can act on. */
  | { readonly ok: false; readonly reason: string }
) & {
  /** The message, its values by the names of their fields; the whole body where none can be told apart. */
  readonly message?: unknown
}

export interface ReadResult {
  /** One item a native message, in the order of the body. A body that is no batch at all is one refused item. */
  readonly items: readonly ReadItem[]
}

/** How a platform labels its own bodies. */
export type NativeType = 'application/json' | 'application/x-www-form-urlencoded'

/** One platform's native dialect → canonical events. Pure and total: it never throws. */
export interface Adapter {
  readonly platform: string
  /** What it speaks for: its first key covers these divisions, and they have a board before its first event. */
  readonly divisions: readonly string[]
  /** Content types of this dialect; JSON alone unless told. */
  readonly accepts?: readonly NativeType[]
  /** Fields whose values an operator may see in a refused message: all that were agreed on and are not dropped here. */
  readonly shows: ReadonlySet<string>
  /**
   * `body` is the decoded message: the JSON value, or a form's fields as `Record<string, string>`.
   * JSON inside a form field goes through `json` of `fields.ts`, as strict as the door.
   */
  read(body: unknown): ReadResult
}
