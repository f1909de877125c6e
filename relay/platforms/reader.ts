/** What all dialects share: a body of messages, and a table from the platform's word for a message to how it is read. */
import type { Envelope, Event, EventData, EventKind } from '../../protocol/events.ts'
import type { ReadItem, ReadResult } from './adapter.ts'
import {
  isFields,
  own,
  refuse,
  Refusal,
  refuseStrangers,
  shown,
  within,
  type Fields,
} from './fields.ts'

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

/** Fields that an operator may see in a refused message: what the readers and `others` name, less what is dropped. */
export function showing(
  readers: Readers,
  dropped: readonly string[],
  ...others: readonly Iterable<string>[]
): ReadonlySet<string> {
  const named = [...Object.values(readers).map(({ fields }) => fields), ...others]
  return new Set(named.flatMap((names) => [...names].filter((name) => !dropped.includes(name))))
}

/** Throws `Refusal` on a wrong value. The payload's strangers are refused by whoever opened it with `reader.fields`. */
export function eventOf(envelope: Envelope, reader: Readers[string], payload: Fields): Event {
  // `reader` pairs a kind with the reader of exactly that kind; the compiler cannot follow the pair through a union.
  return { ...envelope, kind: reader.kind, data: reader.data(payload) } as Event
}

/** A body that is no batch at all. */
const refused = (reason: string): ReadResult => ({ items: [{ ok: false, reason }] })

/** A body that should be an object of the known fields; what is wrong with it as a whole is one refused item. */
export function readBody(
  body: unknown,
  known: ReadonlySet<string>,
  read: (fields: Fields) => ReadResult,
): ReadResult {
  if (!isFields(body))
    return refused(`报文应为含 ${[...known].join('、')} 的对象,收到 ${shown(body)}`)
  try {
    refuseStrangers(body, known)
    return read(body)
  } catch (error) {
    if (error instanceof Refusal) return refused(error.message)
    throw error
  }
}

/** The messages of a body, each with its own events or its own refusal. */
export function readList(
  fields: Fields,
  name: string,
  read: (message: Fields) => readonly Event[],
): ReadResult {
  return readEach(
    fields,
    name,
    (message) => message,
    (message) =>
      isFields(message) ? read(message) : refuse(name, message, '由消息对象组成的数组'),
  )
}

/** The rows of a table, as fields by the names of its columns. */
export function readRows(
  fields: Fields,
  name: string,
  columns: readonly string[],
  read: (row: Fields) => readonly Event[],
): ReadResult {
  const fits = (row: unknown): row is readonly unknown[] =>
    Array.isArray(row) && row.length === columns.length
  const named = (row: readonly unknown[]): Fields =>
    Object.fromEntries(columns.map((column, at) => [column, row[at]]))
  return readEach(
    fields,
    name,
    (row) => (fits(row) ? named(row) : row),
    (row, i, message) =>
      fits(row) && isFields(message)
        ? within(`${name}[${i}]`, () => read(message))
        : refuse(`${name}[${i}]`, row, `与列名一一对应的 ${columns.length} 项数组`),
  )
}

/** `messageOf`: an item with its values by the names of their fields. */
function readEach(
  fields: Fields,
  name: string,
  messageOf: (each: unknown) => unknown,
  read: (each: unknown, i: number, message: unknown) => readonly Event[],
): ReadResult {
  const all = own(fields, name)
  if (!Array.isArray(all) || all.length === 0) return refuse(name, all, '非空的消息数组')
  return {
    items: all.map((each: unknown, i): ReadItem => {
      const message = messageOf(each)
      try {
        return { ok: true, events: read(each, i, message), message }
      } catch (error) {
        if (error instanceof Refusal) return { ok: false, reason: error.message, message }
        throw error
      }
    }),
  }
}
