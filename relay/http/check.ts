import { Compile } from 'typebox/compile'
import type { TSchema } from 'typebox'
import { eventData, type Event, type EventKind } from '../../protocol/events.ts'
import { Id, Instant, Month, PlainDate, TownshipCode, VillageCode } from '../../protocol/fields.ts'
import { envelope, eventSchema, sentKinds } from '../../protocol/schema.ts'
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
    const wrong = kind === 'day.began' ? '为 day.began,只由汇聚中心自己报送' : '不是已知的事件类型'
    return refuse(`字段 type ${wrong},请改为 ${sentKinds.join('、')} 之一`)
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
  `字段 ${field} 是居民身份证号,请改报平台自己的记录编号`

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
          : noSuchDay(name, String(value))
        : what === 'instant'
          ? wrongInstant(name, value, past.has(field) ? nowMs + aheadMostMs : Infinity)
          : undefined
    if (wrong !== undefined) return wrong
  }
  return undefined
}

const noSuchDay = (name: string, day: string): string =>
  `字段 ${name} 为 ${day},日历上没有这一天,请改为真实存在的日期`

/** `value` has the form of an instant already. */
function wrongInstant(name: string, value: unknown, latestMs: number): string | undefined {
  const text = String(value)
  if (!isRealDate(text.slice(0, 10))) return noSuchDay(name, text.slice(0, 10))
  const hasOffset = !text.endsWith('Z')
  if (
    twoDigits(text, 11) > 23 ||
    twoDigits(text, 14) > 59 ||
    twoDigits(text, 17) > 59 ||
    (hasOffset && (twoDigits(text, text.length - 5) > 14 || twoDigits(text, text.length - 2) > 59))
  )
    return `字段 ${name} 为 ${text},没有这个时刻,请改正:时不超过 23,分、秒不超过 59,时差不超过 14:00`
  if (parseInstant(text) > latestMs)
    return `字段 ${name} 为 ${text},比现在晚 ${aheadMostMs / 60_000} 分钟以上,请检查发送方的时钟和时差(+08:00)`
  return undefined
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
}

interface Complaint {
  readonly keyword: string
  readonly instancePath: string
  readonly params: object
}

/** The first complaint, as the adapters say it: which field, what is wrong, what to do. */
function explain(complaints: readonly Complaint[]): string {
  // `boolean` only says again that an unknown field is unknown.
  const first =
    complaints.find(({ keyword }) => keyword === 'additionalProperties') ??
    complaints.find(({ keyword }) => keyword !== 'boolean')
  const field = fieldName(first?.instancePath ?? '')
  const at = field === '' ? '报文' : `字段 ${field} `
  const params = (first?.params ?? {}) as {
    additionalProperties?: readonly string[]
    requiredProperties?: readonly string[]
    allowedValues?: readonly unknown[]
    type?: string
    limit?: number
    pattern?: unknown
  }
  const list = (names: readonly unknown[] = []) =>
    names
      .slice(0, 10)
      .map((name) => String(name).slice(0, 40))
      .join('、')
  switch (first?.keyword) {
    case 'additionalProperties':
      return `${at}含未约定的字段 ${list(params.additionalProperties)},请删除`
    case 'required':
      return `${at}缺少 ${list(params.requiredProperties?.map((name) => wireNames[name] ?? name))},请补上`
    case 'enum':
      return `${at}不在取值范围内,应为 ${list(params.allowedValues)} 之一`
    case 'type':
      return `${at}类型不对,应为${types[params.type ?? ''] ?? params.type}`
    case 'pattern':
      return `${at}${forms.get(params.pattern) ?? '格式不对,请与 /openapi.json 对照'}`
    case 'minLength':
      return `${at}去掉不可见字符后为空,请填写文本`
    case 'maxLength':
      return `${at}超过 ${params.limit} 个字符,请缩短`
    case 'minimum':
      return `${at}小于 ${params.limit},请改正`
    case 'maximum':
      return `${at}大于 ${params.limit},请改正`
    case 'maxItems':
      return `${at}超过 ${params.limit} 项,请减少`
    default:
      return `${at}与该类事件的格式不符,请与 /openapi.json 对照`
  }
}

const wireNames: Readonly<Record<string, string>> = { county: 'partitionkey', kind: 'type' }
const types: Readonly<Record<string, string>> = {
  string: '文本',
  integer: '整数',
  number: '数',
  boolean: ' true 或 false',
  array: '数组',
  object: '对象',
}
/** By pattern. */
const forms: ReadonlyMap<unknown, string> = new Map(
  (
    [
      [Instant, '应为带时差的时刻,如 2026-06-18T09:41:26+08:00'],
      [PlainDate, '应为日期,如 2026-06-18'],
      [Month, '应为月份,如 2026-06'],
      [Id, '应为 1–64 位编码(字母、数字、._:-,以字母或数字开头)'],
      [TownshipCode, '应为九位乡镇区划代码,以文本报送'],
      [VillageCode, '应为十二位村(社区)区划代码,以文本报送'],
      [envelope.county, '应为六位区划代码,以文本报送'],
      [envelope.subject, '应为 1–128 位编码(字母、数字、._:/-,以字母或数字开头),请填党组织编码'],
      [envelope.id, '应为 1–128 位可见的 ASCII 字符,请填平台自己的编号'],
    ] as const
  ).map(([schema, form]) => [patternOf(schema), form]),
)

function fieldName(path: string): string {
  const [first = '', ...rest] = path
    .slice(1)
    .split('/')
    .map((part) => part.slice(0, 40))
  return [wireNames[first] ?? first, ...rest].join('.')
}
