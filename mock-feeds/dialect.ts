/** The table at the heart of a writer: an event's kind → the platform's word for it and its payload. */
import type { Event, EventKind, EventOf } from '../protocol/events.ts'

export type Native = Readonly<Record<string, unknown>>
export type Writers<K extends EventKind> = {
  readonly [Each in K]: readonly [word: string, payload: (event: EventOf<Each>) => Native]
}

/** Throws `TypeError` on a kind that the dialect cannot say. */
export function worded<K extends EventKind>(
  writers: Writers<K>,
  event: Event,
): readonly [word: string, payload: Native] {
  if (!Object.hasOwn(writers, event.kind))
    throw new TypeError(`${event.kind} is not in the dialect of ${event.source}`)
  // The table pairs each kind with its own writer; a union index loses the pair.
  const [word, payload] = writers[event.kind as K] as unknown as readonly [
    string,
    (event: Event) => Native,
  ]
  return [word, payload(event)]
}

export const kindsOf = <K extends EventKind>(writers: Writers<K>): readonly K[] =>
  Object.keys(writers) as K[]
