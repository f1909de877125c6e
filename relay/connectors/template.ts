import { parseJsonText } from '../http/parse.ts'
import { redacted } from '../http/redact.ts'
import { shown } from '../platforms/fields.ts'

/** A row of a table or sheet. Absent, null and empty text all mean "no value". */
export type Row = Readonly<Record<string, unknown>>

export type Filled =
  | { readonly ok: true; readonly body: unknown }
  /** In Chinese: it is read by those who keep the table. */
  | { readonly ok: false; readonly reason: string }

const reference = /\{([^{}|]+)(?:\|([^{}|]*))?\}/g
const whole = /^\{([^{}|]+)(?:\|([^{}|]*))?\}$/

class Unfit extends Error {}

/** How a value is written into the message; text unless told. */
const forms: Readonly<Record<string, (column: string, value: unknown) => unknown>> = {
  text: (_column, value) => textOf(value),
  number(column, value) {
    const text = textOf(value).trim()
    const number = Number(text)
    if (text === '' || !Number.isFinite(number))
      throw new Unfit(`列 ${column} 应为数字,收到 ${shown(text)}`)
    return number
  },
  json(column, value) {
    if (typeof value === 'object') return value
    try {
      return parseJsonText(textOf(value))
    } catch (cause) {
      throw new Unfit(`列 ${column} 不是合法的 JSON,请检查引号、括号与嵌套层数`, { cause })
    }
  },
  /** `2026-06-18T09:41:26.123+08:00` → `2026-06-18 09:41:26`: the local time that most dialects send. */
  time(column, value) {
    const text = textOf(value)
    const match =
      /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?:\+08(?::?00)?)?)?$/.exec(
        text,
      )
    if (match === null)
      throw new Unfit(`列 ${column} 应为北京时间 YYYY-MM-DD HH:MM:SS,收到 ${shown(text)}`)
    const time = match[2] ?? '00:00:00'
    return `${match[1]} ${time.length === 5 ? `${time}:00` : time}`
  },
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === ''

/** What an operator has to mend in a template, and where. */
export function templateFault(
  template: unknown,
  at: readonly (string | number)[] = [],
): { readonly at: readonly (string | number)[]; readonly sentence: string } | undefined {
  if (typeof template === 'string') {
    for (const [, , form] of template.matchAll(reference))
      if (form !== undefined && !Object.hasOwn(forms, form))
        return {
          at,
          sentence: `"|${form}" is not known; write {column}, or {column|…} with one of ${Object.keys(forms).join(', ')}`,
        }
    return undefined
  }
  if (typeof template !== 'object' || template === null) return undefined
  for (const [key, value] of Object.entries(template)) {
    const fault = templateFault(value, [...at, Array.isArray(template) ? Number(key) : key])
    if (fault !== undefined) return fault
  }
  return undefined
}

/** A row that became no message, as it is kept with its refusal: names alone, since nobody agreed on its columns. */
export const rowKept = (row: unknown): string => redacted(row, new Set())

/** The columns that a template names. */
export function columnsOf(template: unknown): ReadonlySet<string> {
  if (typeof template === 'string')
    return new Set([...template.matchAll(reference)].map(([, column = '']) => column))
  if (typeof template !== 'object' || template === null) return new Set()
  return new Set(Object.values(template).flatMap((value) => [...columnsOf(value)]))
}

/** The column that a refusal is about: the one that it names, or the one that fills the field that it names. */
export function columnAt(template: unknown, reason: string): string | undefined {
  const [, what, name = ''] = /^(列|字段) (.+?) (?:应为|不是|未在|缺失)/.exec(reason) ?? []
  if (what === undefined) return undefined
  if (what === '列' || template === undefined) return name.replaceAll('"', '')
  const field = name.replaceAll(/\[\d+\]/g, '').split('.')
  const filling = fieldsOf(template).filter(
    ({ path }) => path.slice(-field.length).join('.') === field.join('.'),
  )
  const columns = new Set(filling.flatMap(({ text }) => [...columnsOf(text)]))
  return columns.size === 1 ? [...columns][0] : undefined
}

/** The texts of a template, each with the names on the way to it. */
function fieldsOf(
  template: unknown,
  path: readonly string[] = [],
): readonly { readonly path: readonly string[]; readonly text: string }[] {
  if (typeof template === 'string') return [{ path, text: template }]
  if (typeof template !== 'object' || template === null) return []
  return Object.entries(template).flatMap(([key, value]) =>
    fieldsOf(value, Array.isArray(template) ? path : [...path, key]),
  )
}

/**
 * The message of a row. A text that is one reference becomes the value, and where the value is empty its
 * field is left out; references within a text are written into it. Without a template the row itself is the message.
 */
export function fill(template: unknown, row: Row): Filled {
  try {
    return { ok: true, body: template === undefined ? row : filled(template, row) }
  } catch (error) {
    if (error instanceof Unfit) return { ok: false, reason: error.message }
    throw error
  }
}

function filled(template: unknown, row: Row): unknown {
  if (typeof template === 'string') {
    const [, column, form = 'text'] = whole.exec(template) ?? []
    if (column !== undefined) return isEmpty(row[column]) ? undefined : written(row, column, form)
    return template.replaceAll(reference, (_match, column: string, form = 'text') =>
      isEmpty(row[column]) ? '' : textOf(written(row, column, form as string)),
    )
  }
  if (Array.isArray(template))
    return template.map((item) => filled(item, row)).filter((item) => item !== undefined)
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(
    Object.entries(template)
      .map(([key, value]) => [key, filled(value, row)] as const)
      .filter(([, value]) => value !== undefined),
  )
}

function written(row: Row, column: string, form: string): unknown {
  return forms[form]?.(column, row[column])
}
