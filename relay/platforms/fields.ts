/** Reads the fields of native messages. What a field should have been is refused in a Chinese sentence that names it. */
import { toInstant } from '../../protocol/time.ts'
import { parseJsonText } from '../http/parse.ts'
import { Problem } from '../http/problem.ts'

/** Thrown by the readers below and caught in reader.ts: one message is refused, the others of its batch pass. */
export class Refusal extends Error {
  readonly path: string
  readonly complaint: string

  /** `complaint` follows the field's name: "应为…,收到 …". */
  constructor(path: string, complaint: string, options?: ErrorOptions) {
    super(`字段 ${path} ${complaint}`, options)
    this.path = path
    this.complaint = complaint
  }
}

export type Fields = Readonly<Record<string, unknown>>
type Codes<T> = Readonly<Record<string, T>>

const idPattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/
const localTimePattern =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/
const datePattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/
const monthPattern = /^\d{4}-(?:0[1-9]|1[0-2])$/
const integerPattern = /^-?\d{1,9}$/
const decimalPattern = /^-?\d{1,7}(?:\.\d{1,9})?$/
const yuanPattern = /^\d{1,9}(?:\.\d{1,2})?$/
const countMost = 10_000_000
const shownMost = 40
/** 2000-01-01 and 2100-01-01: a time in milliseconds, or a day number, is far outside. */
const secondsLeast = 946_684_800
const secondsMost = 4_102_444_800

/** What was sent, short enough for a sentence. A long text is only measured: it may be what someone said. */
export function shown(value: unknown): string {
  if (value === undefined) return '缺失'
  if (typeof value === 'string')
    return value.length > shownMost ? `${value.length} 字的文本` : `"${value}"`
  if (typeof value === 'number' || typeof value === 'boolean' || value === null)
    return String(value)
  return Array.isArray(value) ? '数组' : '对象'
}

export const refuse = (name: string, value: unknown, wanted: string): never => {
  throw new Refusal(
    name,
    value === undefined ? `缺失,应为${wanted}` : `应为${wanted},收到 ${shown(value)}`,
  )
}

/** Without what came: it may be what somebody earns, or a name that stands in the wrong place. */
const refuseUnseen = (name: string, value: unknown, wanted: string): never => {
  throw new Refusal(name, `${value === undefined ? '缺失,' : ''}应为${wanted}`)
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const own = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined

/** Whether an optional field says anything: absent, null and '' do not. */
export const has = (fields: Fields, name: string): boolean => {
  const value = own(fields, name)
  return value !== undefined && value !== null && value !== ''
}

/** Reads what is inside `name`; a refusal from there names the way to it. */
export function within<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(`${name}.${error.path}`, error.complaint)
    throw error
  }
}

/** An object of the known fields inside `name`. */
export function part<T>(
  fields: Fields,
  name: string,
  known: ReadonlySet<string>,
  read: (inner: Fields) => T,
): T {
  const value = own(fields, name)
  return isFields(value)
    ? within(name, () => strictly(value, known, read))
    : refuse(name, value, '对象')
}

/** Items of `most` at the most, each an object of the known fields. */
export function list<T>(
  fields: Fields,
  name: string,
  most: number,
  known: ReadonlySet<string>,
  read: (item: Fields) => T,
): T[] {
  const value = own(fields, name)
  if (!Array.isArray(value) || value.length > most)
    return refuse(name, value, `不超过 ${most} 项的数组`)
  return value.map((item: unknown, i) =>
    isFields(item)
      ? within(`${name}[${i}]`, () => strictly(item, known, read))
      : refuseUnseen(`${name}[${i}]`, item, '对象'),
  )
}

function strictly<T>(fields: Fields, known: ReadonlySet<string>, read: (inner: Fields) => T): T {
  refuseStrangers(fields, known)
  return read(fields)
}

export function matched(fields: Fields, name: string, pattern: RegExp, wanted: string): string {
  const value = own(fields, name)
  return typeof value === 'string' && pattern.test(value) ? value : refuse(name, value, wanted)
}

export const id = (fields: Fields, name: string) =>
  matched(fields, name, idPattern, '1–64 位编码(字母、数字、._:-)')
export const date = (fields: Fields, name: string) =>
  realDay(name, matched(fields, name, datePattern, '日期 YYYY-MM-DD'))
export const month = (fields: Fields, name: string) =>
  matched(fields, name, monthPattern, '月份 YYYY-MM')

export function realDay(name: string, value: string): string {
  // Only the 29th to the 31st can be missing from a month: the common case costs one comparison.
  if (value.slice(8, 10) > '28') {
    const day = value.slice(0, 10)
    const ms = Date.parse(`${day}T00:00:00Z`)
    if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day)
      refuse(name, value, '真实存在的日期')
  }
  return value
}

/** `2026-06-18 09:41:26` → `2026-06-18T09:41:26+08:00`. */
export function localTime(fields: Fields, name: string): string {
  const value = realDay(
    name,
    matched(fields, name, localTimePattern, '北京时间 YYYY-MM-DD HH:MM:SS(不带时区)'),
  )
  return `${value.slice(0, 10)}T${value.slice(11)}+08:00`
}

/** Seconds since 1970, a JSON number. */
export function epochSeconds(fields: Fields, name: string): string {
  const value = own(fields, name)
  return typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= secondsLeast &&
    value < secondsMost
    ? toInstant(value * 1000)
    : refuse(name, value, '自 1970 年起的秒数(10 位整数,不是毫秒)')
}

export function text(fields: Fields, name: string, maxLength: number): string {
  const value = own(fields, name)
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength
    ? value
    : refuse(name, value, `1–${maxLength} 字的文本`)
}

/** JSON that travels as text, held to the rules of the door. Where it breaks is told, never what stands there. */
export function json(fields: Fields, name: string): unknown {
  const value = own(fields, name)
  if (typeof value !== 'string') return refuse(name, value, 'JSON 文本')
  try {
    return parseJsonText(value)
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause
    const [, line, column] = /line (\d+), column (\d+)/.exec(cause.message) ?? []
    const place = line === undefined ? '' : `,第 ${line} 行第 ${column} 列附近有误`
    throw new Refusal(name, `应为完整的 JSON 文本(嵌套不超过 32 层,同一对象内键名不重复)${place}`, {
      cause,
    })
  }
}

/** A JSON number. */
export function integer(fields: Fields, name: string, least: number, most: number): number {
  const value = own(fields, name)
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
    ? value
    : refuse(name, value, `${least} 至 ${most} 的整数`)
}
export const count = (fields: Fields, name: string) => integer(fields, name, 0, countMost)

export function decimal(fields: Fields, name: string, least: number, most: number): number {
  const value = own(fields, name)
  return typeof value === 'number' && value >= least && value <= most
    ? value
    : refuse(name, value, `${least} 至 ${most} 的数`)
}

/** A number that travels as a string. */
export function integerText(fields: Fields, name: string, least: number, most: number): number {
  const number = numberIn(own(fields, name), integerPattern)
  return number >= least && number <= most
    ? number
    : refuse(name, own(fields, name), `${least} 至 ${most} 的整数(字符串)`)
}
export const countText = (fields: Fields, name: string) => integerText(fields, name, 0, countMost)

export function decimalText(fields: Fields, name: string, least: number, most: number): number {
  const number = numberIn(own(fields, name), decimalPattern)
  return number >= least && number <= most
    ? number
    : refuse(name, own(fields, name), `${least} 至 ${most} 的小数(字符串)`)
}

/** Yuan in a JSON number, as whole fen. */
export function fen(fields: Fields, name: string): number {
  const value = own(fields, name)
  return typeof value === 'number' && yuanPattern.test(String(value))
    ? Math.round(value * 100)
    : refuseUnseen(name, value, '金额(元,不小于 0,最多两位小数)')
}

/** Yuan that travel as a string, as whole fen. */
export function fenText(fields: Fields, name: string): number {
  const yuan = numberIn(own(fields, name), yuanPattern)
  return Number.isNaN(yuan)
    ? refuseUnseen(name, own(fields, name), '金额(元,字符串,不小于 0,最多两位小数)')
    : Math.round(yuan * 100)
}

/** NaN, which no range holds, where the value is not of the form. */
const numberIn = (value: unknown, pattern: RegExp): number =>
  typeof value === 'string' && pattern.test(value) ? Number(value) : NaN

/** One of the platform's own code words (or numbers, where it sends numbers), as what it means. */
export function code<T>(fields: Fields, name: string, codes: Codes<T>): T {
  const value = own(fields, name)
  const meaning =
    (typeof value === 'string' || typeof value === 'number') && Object.hasOwn(codes, value)
      ? codes[value]
      : undefined
  return meaning ?? refuse(name, value, `代码 ${Object.keys(codes).join('/')} 之一`)
}

export function flag(fields: Fields, name: string): boolean {
  const value = own(fields, name)
  return typeof value === 'boolean' ? value : refuse(name, value, ' true 或 false')
}

/** 黄小平 → 黄*平; an already masked name stays. */
export function masked(name: string): string {
  const letters = [...name]
  const first = letters[0] ?? '*'
  return letters.length < 3
    ? `${first}*`
    : `${first}${'*'.repeat(letters.length - 2)}${letters.at(-1) ?? ''}`
}

export function refuseStrangers(fields: Fields, known: ReadonlySet<string>): void {
  for (const name of Object.keys(fields)) {
    if (!known.has(name))
      throw new Refusal(`"${name.slice(0, 40)}"`, '未在接口中约定,请删除或先登记接口变更')
  }
}
