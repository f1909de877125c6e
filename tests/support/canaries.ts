/** Events of every kind in which each text is one of a kind, so that it is seen wherever it gets to. */
import { eventData, type EventKind } from '../../protocol/events.ts'

interface Schema {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
}

export interface Canaries {
  /** `kind.field` of each canary that was put anywhere. */
  readonly fields: ReadonlyMap<string, string>
  /** A new canary for something that is no field of an event. */
  put(field: string): string
  dataOf(kind: EventKind, given?: Readonly<Record<string, unknown>>): Record<string, unknown>
  /** The fields whose canaries occur in a text. */
  in(text: string): readonly string[]
}

const mask = '柰*柰'

export function createCanaries(): Canaries {
  const fields = new Map<string, string>()
  const canary = /[柰z]\d{4}[柰z]|柰\*柰/g

  function put(field: string, isId = false): string {
    const number = String(fields.size).padStart(4, '0')
    const word = isId ? `z${number}z` : `柰${number}柰`
    fields.set(word, field)
    return word
  }

  function valueOf(schema: Schema, field: string): unknown {
    if (schema.enum !== undefined) return schema.enum[0]
    if (schema.anyOf !== undefined) return valueOf(schema.anyOf[0] ?? {}, field)
    switch (schema.type) {
      case 'string':
        return textOf(schema, field)
      case 'integer':
      case 'number':
        return Math.min(schema.maximum ?? 7, Math.max(schema.minimum ?? 0, 7))
      case 'boolean':
        return true
      case 'array':
        return [valueOf(schema.items ?? {}, field)]
      case 'object':
        return Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, inner]) => [
            name,
            valueOf(inner, `${field}.${name}`),
          ]),
        )
      default:
        throw new Error(`no canary for ${field}: ${JSON.stringify(schema)}`)
    }
  }

  /** Of the right form where there is one; the forms are few, and an unknown one has to be taught here. */
  function textOf({ pattern }: Schema, field: string): string {
    if (pattern === undefined) return put(field)
    const fitting = [
      '2020-07-01',
      '2026-01-09T09:00:00+08:00',
      '2026-01',
      '09:30',
      '431128',
      '431128105',
      '431128105001',
    ].find((text) => new RegExp(pattern).test(text) && !new RegExp(pattern).test('z0000z'))
    if (fitting !== undefined) return fitting
    if (new RegExp(pattern).test('z0000z')) return put(field, true)
    // A masked name has no room for a number: only one field may have one.
    if (new RegExp(pattern).test(mask) && !fields.has(mask)) {
      fields.set(mask, field)
      return mask
    }
    throw new Error(`no canary of the form ${pattern} for ${field}`)
  }

  return {
    fields,
    put,
    dataOf: (kind, given = {}) => ({
      ...(valueOf(eventData[kind] as Schema, kind) as Record<string, unknown>),
      ...given,
    }),
    in: (text) => [
      ...new Set([...text.matchAll(canary)].flatMap(([word]) => fields.get(word) ?? [])),
    ],
  }
}
