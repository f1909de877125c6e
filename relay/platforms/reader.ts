/** The table at the heart of a dialect: the platform's word for a message → how its payload is read. */
import type { Envelope, Event, EventData, EventKind } from '../../protocol/events.ts'
import { refuseStrangers, type Fields } from './fields.ts'

/** The fields that one type of message may carry, and what they become. */
interface Reader<K extends EventKind> {
  readonly kind: K
  readonly fields: ReadonlySet<string>
  readonly data: (payload: Fields) => EventData<K>
}
export type Readers = Readonly<Record<string, { [K in EventKind]: Reader<K> }[EventKind]>>

/** `dropped`: personal data, amounts and texts that the platform may send with any message and that go no further. */
export function readerWith(dropped: readonly string[]) {
  return <K extends EventKind>(
    kind: K,
    fields: readonly string[],
    data: (payload: Fields) => EventData<K>,
  ): Reader<K> => ({ kind, fields: new Set([...fields, ...dropped]), data })
}

/** Throws `Refusal`: the payload holds a stranger or a wrong value. */
export function eventOf(envelope: Envelope, reader: Readers[string], payload: Fields): Event {
  refuseStrangers(payload, reader.fields)
  // `reader` pairs a kind with the reader of exactly that kind; the compiler cannot follow the pair through a union.
  return { ...envelope, kind: reader.kind, data: reader.data(payload) } as Event
}
