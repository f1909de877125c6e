import { Compile } from 'typebox/compile'
import type { TSchema } from 'typebox'
import { eventData, type Event, type EventKind } from '../../protocol/events.ts'
import { Instant, PlainDate } from '../../protocol/fields.ts'
import { eventSchema, sentKinds } from '../../protocol/schema.ts'
import { isRealDate } from '../../protocol/time.ts'
import { parseInstant } from '../core/dates.ts'
import { isIdentityNumber } from './identity-number.ts'
import { cleanText } from './text.ts'

const aheadMostMs = 600_000
const datePattern = patternOf(PlainDate)
const instantPattern = patternOf(Instant)

/** An event that may be wrong in any way. */
export interface Candidate {
  readonly kind: unknown
  readonly source: unknown
  readonly id: unknown
  readonly rev: unknown
  readonly retracts?: unknown
  readonly subject: unknown
  readonly county: unknown
  readonly time: unknown
  readonly data: unknown
}
export type Checked =
  { readonly ok: true; readonly event: Event } | { readonly ok: false; readonly reason: string }

/** What to do with a field beyond its schema; lists are walked with the plan of their items. */
type Plan = readonly (readonly [field: string, what: 'text' | 'date' | 'instant' | Plan])[]

/** How one kind of event is checked. */
interface Check {
  readonly schema: ReturnType<typeof compiled>
  readonly plan: Plan
  readonly hasText: boolean
}
const checks: ReadonlyMap<unknown, Check> = new Map(
  sentKinds.map((kind): [EventKind, Check] => {
    const plan = planOf(eventData[kind])
    const hasText = plan.some(([, what]) => what === 'text' || typeof what === 'object')
    return [kind, { schema: compiled(kind), plan, hasText }]
  }),
)

/** Instants that lie in the past by their meaning, so a wrong clock cannot keep a branch awake for ever. */
const past: ReadonlySet<string> = new Set(['heldAt'])

/** Cleans the text of an event, then holds it against the schema of its kind, the calendar and the clock. */
export function checkEvent(candidate: Candidate, nowMs: number): Checked {
  const { kind } = candidate
  const check = checks.get(kind)
  if (check === undefined) {
    const known =
      kind === 'day.began'
        ? 'only the relay itself says when a day begins'
        : 'this kind is not known'
    return refuse(`kind: ${known}; send one of ${sentKinds.join(', ')}`)
  }
  const { schema, plan, hasText } = check
  const data = hasText ? clean(candidate.data, plan) : candidate.data
  const event: Candidate = data === candidate.data ? candidate : { ...candidate, data }
  if (!schema.Check(event)) return refuse(explain(schema.Errors(event)))
  const wrong =
    identityNumber(event) ??
    wrongInstant('time', event.time, nowMs + aheadMostMs) ??
    wrongDate(event.data, plan, 'data', nowMs)
  return wrong === undefined ? { ok: true, event: event as Event } : refuse(wrong)
}

/** A platform that numbers its records by its members' identity numbers would have them in the log for ever. */
function identityNumber({ id, subject, data }: Candidate): string | undefined {
  if (isIdentityNumber(id)) return personalId('id')
  if (isIdentityNumber(subject)) return personalId('subject')
  if (!isRecord(data)) return undefined
  const field = Object.keys(data).find((name) => isIdentityNumber(data[name]))
  return field === undefined ? undefined : personalId(`data.${field}`)
}

const personalId = (field: string): string =>
  `${field}: this is a citizen's identity number; send the platform's own number of the record`

function refuse(reason: string): Checked {
  return { ok: false, reason }
}

function compiled(kind: EventKind) {
  return Compile(eventSchema(kind))
}

function patternOf(schema: TSchema): unknown {
  return 'pattern' in schema ? schema.pattern : undefined
}

function planOf(schema: TSchema): Plan {
  const { properties = {} } = schema as { properties?: Record<string, TSchema> }
  return Object.entries(properties).flatMap(
    ([field, inner]): [string, 'text' | 'date' | 'instant' | Plan][] => {
      const { type, pattern, maxLength, items } = inner as {
        type?: string
        pattern?: string
        maxLength?: number
        items?: TSchema
      }
      if (pattern === datePattern) return [[field, 'date']]
      if (pattern === instantPattern) return [[field, 'instant']]
      if (type === 'string' && maxLength !== undefined) return [[field, 'text']]
      if (type === 'array' && items !== undefined) return [[field, planOf(items)]]
      return []
    },
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The same object where nothing had to be cleaned. */
function clean(data: unknown, plan: Plan): unknown {
  if (!isRecord(data)) return data
  let next: Record<string, unknown> | undefined
  for (const [field, what] of plan) {
    const value = data[field]
    const cleaned =
      what === 'text' && typeof value === 'string'
        ? cleanText(value)
        : typeof what === 'object' && Array.isArray(value)
          ? cleanList(value, what)
          : value
    if (cleaned !== value) (next ??= { ...data })[field] = cleaned
  }
  return next ?? data
}

function cleanList(list: readonly unknown[], plan: Plan): readonly unknown[] {
  const next = list.map((item) => clean(item, plan))
  return next.some((item, index) => item !== list[index]) ? next : list
}

function wrongDate(data: unknown, plan: Plan, path: string, nowMs: number): string | undefined {
  if (!isRecord(data)) return undefined
  for (const [field, what] of plan) {
    const value = data[field]
    if (value === undefined) continue
    const name = `${path}.${field}`
    const wrong =
      what === 'date'
        ? isRealDate(String(value))
          ? undefined
          : `${name}: ${String(value)} is not a day of the calendar; send a real date`
        : what === 'instant'
          ? wrongInstant(name, value, past.has(field) ? nowMs + aheadMostMs : Infinity)
          : undefined
    if (wrong !== undefined) return wrong
  }
  return undefined
}

/** `value` has the form of an instant already. */
function wrongInstant(name: string, value: unknown, latestMs: number): string | undefined {
  const text = String(value)
  if (!isRealDate(text.slice(0, 10)))
    return `${name}: ${text.slice(0, 10)} is not a day of the calendar; send a real date`
  const hasOffset = !text.endsWith('Z')
  if (
    twoDigits(text, 11) > 23 ||
    twoDigits(text, 14) > 59 ||
    twoDigits(text, 17) > 59 ||
    (hasOffset && (twoDigits(text, text.length - 5) > 14 || twoDigits(text, text.length - 2) > 59))
  )
    return `${name}: ${text} is not a time of day; hours go to 23, minutes and seconds to 59, offsets to 14:00`
  if (parseInstant(text) > latestMs)
    return `${name}: ${text} is more than ${aheadMostMs / 60_000} minutes in the future; check the sender's clock and its offset (+08:00)`
  return undefined
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
}

interface Complaint {
  readonly keyword: string
  readonly instancePath: string
  readonly params: object
  readonly message: string
}

/** The first complaint, as: which field, what is wrong, what to do. */
function explain(complaints: readonly Complaint[]): string {
  // `boolean` only says again that an unknown field is unknown.
  const first =
    complaints.find(({ keyword }) => keyword === 'additionalProperties') ??
    complaints.find(({ keyword }) => keyword !== 'boolean')
  if (first === undefined)
    return 'the event does not have the form of its kind; compare it with /openapi.json'
  const field = fieldName(first.instancePath)
  const params = first.params as {
    additionalProperties?: readonly string[]
    requiredProperties?: readonly string[]
    allowedValues?: readonly unknown[]
    type?: string
    limit?: number
  }
  const list = (names: readonly unknown[] = []) =>
    names
      .slice(0, 10)
      .map((name) => String(name).slice(0, 40))
      .join(', ')
  const at = field === '' ? 'the event' : field
  switch (first.keyword) {
    case 'additionalProperties':
      return `${at}: unknown field ${list(params.additionalProperties)}; remove it`
    case 'required':
      return `${at}: lacks ${params.requiredProperties
        ?.slice(0, 10)
        .map((name) => wireNames[name] ?? name)
        .join(', ')}; add it`
    case 'enum':
      return `${at}: not one of the accepted values; send one of ${list(params.allowedValues)}`
    case 'type':
      return `${at}: must be ${params.type}; send it as that type`
    case 'pattern':
      return `${at}: ${forms[field.split('.').at(-1) ?? ''] ?? 'does not have the accepted form; see /openapi.json'}`
    case 'minLength':
      return `${at}: empty once invisible characters are removed; send a text`
    case 'maxLength':
      return `${at}: longer than ${params.limit} characters; shorten it`
    default:
      return `${at}: ${first.message}; correct the value`
  }
}

const wireNames: Readonly<Record<string, string>> = { county: 'partitionkey', kind: 'type' }
const date = 'must be a date such as 2026-06-18; send it in that form'
const instant =
  'must be an instant with an offset such as 2026-06-18T09:41:26+08:00; send it in that form'
const forms: Readonly<Record<string, string>> = {
  time: instant,
  startsAt: instant,
  heldAt: instant,
  foundedOn: date,
  termEndsOn: date,
  electedOn: date,
  termPostponedTo: date,
  month: 'must be a month such as 2026-06; send it in that form',
  partitionkey: 'must be the six-digit code of a county; send it as a string of digits',
  township: 'must be the nine-digit code of a township; send it as a string of digits',
  village: 'must be the twelve-digit code of a village; send it as a string of digits',
  subject:
    'must be 1 to 128 of A-Z a-z 0-9 . _ : / - and begin with a letter or digit; send the id of the organisation',
  id: 'must be 1 to 128 visible ASCII characters; send the platform’s own id of the message',
}

function fieldName(path: string): string {
  const [first = '', ...rest] = path
    .slice(1)
    .split('/')
    .map((part) => part.slice(0, 40))
  return [wireNames[first] ?? first, ...rest].join('.')
}
